package org.bpfree.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
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

    @TempDir
    private Path folder;

    private Path project;
    private Path tools;

    @BeforeEach
    void layOut() throws IOException {
        project = Files.createDirectories(folder.resolve("my project"));
        for (String each : List.of("scripts", "src/main/java", "datasets", ".mvn", "target")) {
            Files.createDirectories(project.resolve(each));
        }
        Files.copy(LAUNCHER, project.resolve("scripts/bpfree"), java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        for (String each : List.of("pom.xml", "LICENSE", "src/main/java/Main.java")) {
            Files.createFile(project.resolve(each));
        }
        tools = Files.createDirectories(folder.resolve("tools"));
        tool(
                "mvn",
                "echo \"$PWD $*\" >>" + folder.resolve("builds.txt"),
                "sleep 1",
                "ln -sf " + Bpfree.JAR + " target/bpfree.jar",
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
        assertThat(first.err()).contains("building").contains("noise of Maven");
        assertThat(first.out()).as("results only").contains("backprop").doesNotContain("noise of Maven");
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
        tool("mvn", "echo '[ERROR] no such symbol'", "exit 1");

        launch("--version").failsWith(1, "the build failed", "no such symbol");
        assertThat(project.resolve("target/bpfree.lock")).doesNotExist();
    }

    @Test
    void worksThroughALinkWithBlanksInArgumentsAndJavaOptions() throws IOException {
        Files.createSymbolicLink(project.resolve("target/bpfree.jar"), Bpfree.JAR);
        Path link = Files.createSymbolicLink(folder.resolve("link"), project.resolve("scripts/bpfree"));
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
