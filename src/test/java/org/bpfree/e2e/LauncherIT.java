package org.bpfree.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code scripts/bpfree}, in a copy of the project's layout with a stand-in for Maven that only notes that it was called. */
@DisabledOnOs(OS.WINDOWS)
class LauncherIT {
    private static final Path LAUNCHER = Path.of("scripts/bpfree").toAbsolutePath();
    private static final Path JAVA_BIN = Path.of(System.getProperty("java.home"), "bin");

    private static final String MAVEN_VERSION = "[ \"$1\" != --version ] || { echo 'Apache Maven 3.8.7'; exit 0; }";

    @TempDir
    private Path folder;

    private Path project;
    private Path tools;

    @BeforeEach
    void layOut() throws IOException {
        project = Files.createDirectories(folder.resolve("my project"));
        for (String each : List.of("scripts", "src/main/java", "configs", "datasets", ".mvn", "target")) {
            Files.createDirectories(project.resolve(each));
        }
        for (Path script : List.of(LAUNCHER, LAUNCHER.resolveSibling("mvnw"))) {
            Files.copy(
                    script,
                    project.resolve("scripts").resolve(script.getFileName()),
                    StandardCopyOption.COPY_ATTRIBUTES);
        }
        for (String each : List.of("pom.xml", "LICENSE", "src/main/java/Main.java")) {
            Files.createFile(project.resolve(each));
        }
        tools = Files.createDirectories(folder.resolve("tools"));
        tool(
                "mvn",
                MAVEN_VERSION,
                "echo \"$PWD $*\" >>" + folder.resolve("builds.txt"),
                "sleep 1",
                "ln -sf " + Bpfree.JAR + " target/bpfree.jar",
                "echo 'Downloading from central: https://repo.example/org/some/thing/1.0/thing-1.0.jar'",
                "echo 'Downloaded from central: https://repo.example/org/some/thing/1.0/thing-1.0.jar (1 kB)'",
                "echo '[INFO] --- maven-compiler-plugin:3.1:compile (default-compile) @ bpfree ---'",
                "echo '[INFO] --- shade:3.6:shade (default) @ bpfree ---'",
                "echo noise of Maven");
    }

    private void tool(String name, String... lines) throws IOException {
        Path file = tools.resolve(name);
        Files.writeString(file, "#!/bin/sh\nset -e\n" + String.join("\n", lines) + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private RunningProgram start(Map<String, String> environment, String... command) {
        String path = tools + ":" + JAVA_BIN + ":/usr/bin:/bin";
        Map<String, String> all = new java.util.TreeMap<>(Map.of("PATH", path, "JAVA_HOME", "", "JAVA_OPTS", ""));
        all.putAll(environment);
        return RunningProgram.start(folder, all, List.of(command));
    }

    private Outcome launch(String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = project.resolve("scripts/bpfree").toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return start(Map.of(), command).end();
    }

    private long builds() throws IOException {
        Path log = folder.resolve("builds.txt");
        return Files.exists(log) ? Files.readAllLines(log).size() : 0;
    }

    private void age(String file, int secondsFromNow) throws IOException {
        Files.setLastModifiedTime(
                project.resolve(file), FileTime.from(Instant.now().plusSeconds(secondsFromNow)));
    }

    @Test
    void buildsWhenTheJarIsMissingOrOlderThanASourceAndOnlyThen() throws IOException {
        Outcome first = launch("list", "learners").exits(0);
        assertThat(first.err())
                .contains("building", "takes about a minute", "\n  fetching file 1: thing-1.0.jar\n  compiling\n")
                .contains("\n  packing the JAR\nbpfree: built\n")
                .as("a log, which is no terminal")
                .doesNotContain("\r", "\u001b", "noise of Maven");
        assertThat(project.resolve("target/bpfree-build.log")).content().contains("noise of Maven");
        assertThat(first.out()).as("results only").contains("backprop").doesNotContain("fetching", "noise of Maven");
        assertThat(Files.readString(folder.resolve("builds.txt")))
                .startsWith(project.toRealPath() + " ")
                .contains("package");

        assertThat(launch("list", "learners").exits(0).err()).isEmpty();
        assertThat(builds()).isEqualTo(1);

        age("src/main/java/Main.java", 60);
        launch("list", "learners").exits(0);
        assertThat(builds()).as("builds after a source changed").isEqualTo(2);
    }

    @Test
    void pathsHaveAllLettersWhereTheMachineHasNoLocale() {
        String withLetter = "file=$(printf '\\303\\251').yaml; : >\"$file\"; exec \"$0\" config check \"$file\"";
        Outcome outcome = start(
                        Map.of("LC_ALL", "", "LC_CTYPE", "", "LANG", ""),
                        "sh",
                        "-c",
                        withLetter,
                        project.resolve("scripts/bpfree").toString())
                .end();
        outcome.failsWith(2, "é.yaml");
        assertThat(outcome.err()).doesNotContain("cannot be a path");
    }

    @Test
    void twoAtOnceBuildOnce() throws IOException {
        String launcher = project.resolve("scripts/bpfree").toString();
        RunningProgram one = start(Map.of(), launcher, "--version");
        RunningProgram two = start(Map.of(), launcher, "--version");

        String err = one.end().exits(0).err() + two.end().exits(0).err();

        assertThat(builds()).isEqualTo(1);
        assertThat(err).contains("waiting for process");
        assertThat(project.resolve("target/bpfree.lock")).doesNotExist();
    }

    @Test
    void theLockOfADeadProcessIsTakenOver() throws IOException {
        Files.createDirectories(project.resolve("target/bpfree.lock"));
        Files.writeString(project.resolve("target/bpfree.lock/pid"), "99999999\n");

        launch("--version").exits(0);

        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void aFailedBuildIsAnError() throws IOException {
        tool("mvn", MAVEN_VERSION, "echo '[ERROR] no such symbol'", "exit 1");

        launch("--version").failsWith(1, "the build failed", "\n[ERROR] no such symbol\n", "bpfree-build.log");
        assertThat(project.resolve("target/bpfree.lock")).doesNotExist();
    }

    @Test
    void worksThroughALinkWithBlanksInArgumentsAndJavaOptions() throws IOException {
        Files.createSymbolicLink(project.resolve("target/bpfree.jar"), Bpfree.JAR);
        Path inner = Files.createDirectories(folder.resolve("bin")).resolve("inner");
        Files.createSymbolicLink(inner, Path.of("../my project/scripts/bpfree"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("bin/inner"));
        Files.writeString(folder.resolve("an experiment.yaml"), Experiments.tiny());

        Outcome outcome = start(
                        Map.of("JAVA_OPTS", "-Xmx300m -XX:+PrintCommandLineFlags"),
                        link.toString(),
                        "config",
                        "check",
                        "an experiment.yaml")
                .end()
                .exits(0);

        assertThat(outcome.out()).contains("an experiment.yaml: ok", "-XX:MaxHeapSize=314572800", "UseSerialGC");
        assertThat(builds()).isZero();
    }

    @Test
    void aTerminalShowsOneLineThatChanges() {
        String launcher = project.resolve("scripts/bpfree").toString().replace(" ", "\\ ");
        Outcome outcome = start(
                        Map.of("TERM", "xterm"),
                        "script",
                        "--quiet",
                        "--return",
                        "--command",
                        "stty cols 40; " + launcher + " --version",
                        "/dev/null")
                .end()
                .exits(0);

        assertThat(outcome.out()).containsPattern("\r  fetching file 1: thing-1.0.jar {7}\r  compiling {28}\r");
        assertThat(outcome.out()).doesNotContain("\u001b");
    }

    /** A PATH with the tools that the scripts need, and neither Java nor Maven nor what fetches. */
    private String bareTools() throws IOException {
        Path bare = Files.createDirectories(folder.resolve("bare"));
        for (String name :
                ("sh sed dirname readlink find head mkdir rm mv cat sleep stty mktemp uname tar gzip sha512sum"
                                + " grep touch ln ls expr id")
                        .split(" ")) {
            for (String place : List.of("/usr/bin/", "/bin/")) {
                if (Files.exists(Path.of(place + name)) && !Files.exists(bare.resolve(name))) {
                    Files.createSymbolicLink(bare.resolve(name), Path.of(place + name));
                }
            }
        }
        return bare.toString();
    }

    private Outcome launchWith(Map<String, String> environment) {
        return start(environment, project.resolve("scripts/bpfree").toString(), "--version")
                .end();
    }

    @Test
    void saysHowToInstallAJdkWhereThereIsNone() throws IOException {
        launchWith(Map.of("PATH", bareTools()))
                .failsWith(
                        1,
                        "there is no Java",
                        "Install a JDK, 17 or later",
                        "apt install",
                        "adoptium.net",
                        "JAVA_HOME");
        assertThat(builds()).isZero();
    }

    @Test
    void aJavaWithoutACompilerRunsWhatIsBuiltButCannotBuild() throws IOException {
        tool(
                "java",
                "[ \"$1\" != --list-modules ] || { echo java.base@17; exit 0; }",
                "exec '" + JAVA_BIN.resolve("java") + "' \"$@\"");
        launch("--version").failsWith(1, "without a compiler (a JRE)", "Install a JDK, 17 or later");
        assertThat(builds()).isZero();

        Files.createSymbolicLink(project.resolve("target/bpfree.jar"), Bpfree.JAR);
        launch("--version").exits(0);
    }

    /** What serves an archive of Maven in place of the real one; the script knows its checksum. */
    private Path mirrorOfMaven(boolean knownChecksum) throws IOException, InterruptedException {
        Path script = project.resolve("scripts/mvnw");
        String text = Files.readString(script);
        String version = text.replaceFirst("(?s).*\nversion=(\\S+).*", "$1");
        Path content = folder.resolve("content");
        Path bin = Files.createDirectories(content.resolve("apache-maven-" + version + "/bin"));
        Files.copy(tools.resolve("mvn"), bin.resolve("mvn"), StandardCopyOption.COPY_ATTRIBUTES);
        Path mirror = folder.resolve("mirror");
        Path place = Files.createDirectories(mirror.resolve("org/apache/maven/apache-maven/" + version));
        Path archive = place.resolve("apache-maven-" + version + "-bin.tar.gz");
        Process tar = new ProcessBuilder(
                        "tar", "-czf", archive.toString(), "-C", content.toString(), "apache-maven-" + version)
                .start();
        assertThat(tar.waitFor()).isZero();
        if (knownChecksum) {
            try {
                byte[] sum = MessageDigest.getInstance("SHA-512").digest(Files.readAllBytes(archive));
                String hex = HexFormat.of().formatHex(sum);
                Files.writeString(script, text.replaceFirst("\nsha512=\\S+", "\nsha512=" + hex));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
        return mirror;
    }

    private Map<String, String> withoutMaven(Path mirror) throws IOException {
        Files.deleteIfExists(Path.of(bareTools(), "java"));
        Files.createSymbolicLink(Path.of(bareTools(), "java"), JAVA_BIN.resolve("java"));
        return Map.of(
                "PATH", bareTools(),
                "MVNW_REPOURL", mirror.toUri().toString(),
                "MAVEN_USER_HOME", folder.resolve("home").toString());
    }

    @Test
    void noMavenIsNeeded() throws IOException, InterruptedException {
        Map<String, String> environment = withoutMaven(mirrorOfMaven(true));

        Outcome first = launchWith(environment).exits(0);
        assertThat(first.err()).contains("mvnw: fetching Maven", "bpfree: built");
        assertThat(builds()).isEqualTo(1);

        age("src/main/java/Main.java", 60);
        assertThat(launchWith(environment).exits(0).err()).contains("building").doesNotContain("fetching Maven");
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void aMavenThatIsTooOldIsNotUsed() throws IOException, InterruptedException {
        Map<String, String> environment = new java.util.TreeMap<>(withoutMaven(mirrorOfMaven(true)));
        tool("mvn", "echo 'Apache Maven 3.6.2'", "echo old >>" + folder.resolve("builds.txt"));
        environment.put("PATH", tools + ":" + environment.get("PATH"));

        assertThat(launchWith(environment).exits(0).err()).contains("mvnw: fetching Maven");
        assertThat(Files.readString(folder.resolve("builds.txt")))
                .contains(" package")
                .contains("old");
    }

    @Test
    void whatIsNotTheArchiveOfMavenIsNotRun() throws IOException, InterruptedException {
        launchWith(withoutMaven(mirrorOfMaven(false)))
                .failsWith(1, "mvnw: error: what file:", "SHA-512", "Nothing was kept", "the build failed");
        assertThat(builds()).isZero();
        launchWith(withoutMaven(folder.resolve("nowhere"))).failsWith(1, "mvnw: error: cannot fetch", "MVNW_REPOURL");
    }

    @Test
    void saysWhichJavaItNeeds() throws IOException {
        tool("java", "echo 'openjdk version \"11.0.2\" 2019-01-15' >&2");
        launch("--help").failsWith(1, "is Java 11; bpfree needs 17 or later");

        tool("java", "echo 'java version \"1.8.0_392\"' >&2");
        launch("--help").failsWith(1, "is Java 8; bpfree needs 17 or later");

        start(Map.of("JAVA_HOME", "/nowhere"), project.resolve("scripts/bpfree").toString(), "--help")
                .end()
                .failsWith(1, "there is no Java in JAVA_HOME (/nowhere)");
    }

    @Test
    void signalsReachTheProgram() {
        String launcher = LAUNCHER.toString();
        RunningProgram training = start(
                Map.of(),
                launcher,
                "train",
                "--config",
                write("stateful.yaml", Experiments.stateful("backprop")),
                "--threads",
                "1",
                "--run-dir",
                "run");
        training.await("the second epoch", () -> training.err().contains("epoch 2/"));

        training.signal("TERM");

        training.end().exits(143);
        assertThat(new RunFiles(folder.resolve("run")).status()).isEqualTo("interrupted");
    }

    private String write(String name, String content) {
        return Bpfree.in(folder).file(name, content);
    }
}
