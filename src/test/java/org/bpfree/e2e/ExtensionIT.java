package org.bpfree.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The worked example of an extension in a JAR of its own, compiled against the packaged program and found by it. */
@DisplayName("A learner, an optimizer, a layer and a dataset in a JAR of their own")
class ExtensionIT {
    private static final Path SOURCES = Path.of("src", "it", "extension");

    @TempDir
    static Path folder;

    private static Bpfree program;

    @BeforeAll
    static void buildExtension() throws IOException {
        Path classes = Files.createDirectory(folder.resolve("classes"));
        compile(List.of(SOURCES.resolve("org")), List.of(Bpfree.JAR), classes);
        Path services = Path.of("META-INF", "services");
        Files.createDirectories(classes.resolve(services));
        for (String announcement : List.of("org.bpfree.learn.LearnerProvider", "org.bpfree.settings.Extension")) {
            Files.copy(
                    SOURCES.resolve(services).resolve(announcement),
                    classes.resolve(services).resolve(announcement));
        }
        Path plugin = folder.resolve("my-extension.jar");
        pack(classes, plugin);
        program = Bpfree.in(folder).withPlugin(plugin);
    }

    private static void compile(List<Path> sources, List<Path> classPath, Path to) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("-parameters", "-Werror", "-cp", joined(classPath), "-d", to.toString()));
        for (Path each : sources) {
            try (Stream<Path> files = Files.walk(each)) {
                files.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(arguments::add);
            }
        }
        int result = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        assertThat(result).as("javac").isZero();
    }

    private static String joined(List<Path> classPath) {
        return classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private static void pack(Path classes, Path jar) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes).filter(Files::isRegularFile)) {
            for (Path file : files.toList()) {
                out.putNextEntry(
                        new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
                out.write(Files.readAllBytes(file));
            }
        }
    }

    private static String experiment() {
        return program.file("all.yaml", """
                name: all
                seed: 1
                data: {dataset: bars, validation: 100}
                model:
                  layers:
                    - {type: conv, filters: 4, kernel: 3}
                    - {type: softsign, steepness: 2, name: squashed}
                    - {type: flatten}
                    - {type: dense, units: 16, name: hidden}
                    - {type: activation, function: tanh}
                    - {type: dense, units: 2}
                loss: cross-entropy
                learner: {type: noisy-feedback, noise: 0.2}
                optimizer: {type: sign-descent, learningRate: 0.002}
                training: {epochs: 6, batchSize: 20}
                """);
    }

    private static Outcome train(String run) {
        return program.run("train", "--config", experiment(), "--threads", "1", "--run-dir", run);
    }

    @BeforeAll
    static void trainOnce() {
        train("whole").exits(0);
    }

    @Test
    @DisplayName("are listed beside the others, and not without the JAR")
    void listed() {
        Map.of(
                        "list learners", "noisy-feedback",
                        "list optimizers", "sign-descent",
                        "list datasets", "bars",
                        "data list", "bars",
                        "config schema", "softsign")
                .forEach((command, name) -> {
                    assertThat(program.run(command.split(" ")).exits(0).out()).contains(name);
                    assertThat(Bpfree.in(folder)
                                    .run(command.split(" "))
                                    .exits(0)
                                    .out())
                            .doesNotContain(name);
                });
        assertThat(program.run("data", "list").exits(0).out()).containsPattern("bars +8x8x1 +2 +1000 +200 +built-in");
    }

    @Test
    @DisplayName("are explained with their settings")
    void explained() {
        assertThat(program.run("explain", "noisy-feedback").exits(0).out())
                .contains("(learner)", "noise:", "default 0.1");
        assertThat(program.run("explain", "sign-descent").exits(0).out())
                .contains("(optimizer)", "momentum:", "weightDecay:");
        assertThat(program.run("explain", "softsign").exits(0).out()).contains("(layer)", "steepness:");
        assertThat(program.run("explain", "data.dataset").exits(0).out())
                .contains("bars: 8x8x1 bars that lie or stand.");
    }

    @Test
    @DisplayName("learn together what a bar is, and are evaluated, reported and shown")
    void trained() throws IOException {
        RunFiles run = new RunFiles(folder.resolve("whole"));
        assertThat(run.result().get("learner").asText()).isEqualTo("noisy-feedback");
        assertThat(run.result().get("dataset").asText()).isEqualTo("bars");
        assertThat(run.result().get("testAccuracy").asDouble()).isGreaterThan(0.9); // guessing has 0.5
        assertThat(run.text("config.resolved.yaml"))
                .contains("dataset: bars\n", "type: sign-descent", "type: softsign", "momentum: 0.9");

        assertThat(program.run("eval", "whole", "--threads", "1").exits(0).out())
                .contains("lying", "standing");
        program.run("report", "whole", "-o", "report").exits(0);
        program.run("features", "whole", "--threads", "1", "--image", "0", "-o", "features")
                .exits(0);
        assertThat(folder.resolve("features/test-00000.png")).isRegularFile();
        assertThat(program.run("predict", "whole", bar(), "--threads", "1")
                        .exits(0)
                        .out())
                .contains("standing 9");
    }

    /** A picture of a standing bar. */
    private static String bar() throws IOException {
        BufferedImage picture = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 64; i++) {
            int grey = i % 8 == 3 ? 200 : 60;
            picture.getRaster().setSample(i % 8, i / 8, 0, grey);
        }
        ImageIO.write(picture, "png", folder.resolve("bar.png").toFile());
        return "bar.png";
    }

    @Test
    @DisplayName("go on after an interruption to the same bytes")
    @DisabledOnOs(OS.WINDOWS)
    void resumed() {
        RunningProgram program =
                ExtensionIT.program.start("train", "--config", experiment(), "--threads", "1", "--run-dir", "stopped");
        program.await("the second epoch", () -> program.err().contains("epoch 2/"));
        program.signal("INT");
        program.end().exits(130);
        RunFiles stopped = new RunFiles(folder.resolve("stopped"));
        assertThat(stopped.status()).isEqualTo("interrupted");
        ExtensionIT.program.run("train", "--resume", "stopped").exits(0);
        stopped.hasSameBytesAs(new RunFiles(folder.resolve("whole")), "checkpoints/last", "checkpoints/best");
    }

    @Test
    @DisplayName("have their settings checked as all others")
    void checked() {
        for (String override : List.of("learner.noise=-1", "optimizer.momentum=1", "model.layers.1.steepness=0")) {
            program.run("config", "check", experiment(), "--set", override)
                    .failsWith(2, override.substring(0, override.indexOf('=')), "is out of range");
        }
        program.run("config", "check", experiment(), "--set", "data.dataset=barz")
                .failsWith(2, "data.dataset: 'barz' is not allowed", "synthetic, bars.", "Did you mean 'bars'?");
    }

    @Test
    @DisplayName("have nothing to download or to verify where the images need no files")
    void nothingToFetch() {
        assertThat(program.run("data", "get", "bars").exits(0).out())
                .contains("'bars' is generated; there is nothing to fetch.");
        program.run("data", "verify", "bars").failsWith(2, "'bars' is generated and has no files to verify");
    }

    @Test
    @DisplayName("are told to be missing where their JAR is, and so by eval of a run that needs them")
    void missing() {
        Bpfree without = Bpfree.in(folder).withPlugin(folder.resolve("gone.jar"));
        assertThat(without.run("list", "learners").exits(0).err())
                .contains("warning: there is no " + folder.resolve("gone.jar"), "BPFREE_PLUGINS");
        without.run("eval", "whole")
                .failsWith(
                        2,
                        "'bars' is not allowed",
                        "'softsign' is unknown",
                        "'noisy-feedback' is unknown",
                        "'sign-descent' is unknown",
                        "BPFREE_PLUGINS=FILE.jar");
    }

    @Test
    @DisplayName("are tried by the conformance suite, from the JAR of tests and without any other test of bpfree")
    void conforms() throws IOException {
        String tested = tested("org.example.extension.NoisyFeedbackTest", "test-classes");
        assertThat(tested).containsPattern("\\b[1-9][0-9] tests successful").contains(" 0 tests failed");
        // One case each, and the only assumption is of files.
        assertThat(tested("org.example.extension.BarsTest", "data-test-classes"))
                .contains(" 6 tests successful", " 0 tests failed");
    }

    private String tested(String test, String classes) throws IOException {
        List<Path> libraries = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(file ->
                        file.getFileName().toString().matches("(junit|assertj|opentest4j|apiguardian|byte-buddy).*"))
                .toList();
        List<Path> classPath = new ArrayList<>(libraries);
        classPath.addAll(List.of(
                Bpfree.JAR, Bpfree.JAR.resolveSibling("bpfree-conformance.jar"), folder.resolve("my-extension.jar")));
        Path tests = Files.createDirectory(folder.resolve(classes));
        Path runner = Path.of("src", "test", "java", "org", "bpfree", "e2e", "RunTests.java");
        compile(List.of(SOURCES.resolve("test"), runner), classPath, tests);
        classPath.add(tests);
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Outcome outcome = RunningProgram.start(
                        folder,
                        Map.of("OMP_NUM_THREADS", "1"),
                        List.of(java, "-cp", joined(classPath), RunTests.class.getName(), test))
                .end();
        return outcome.exits(0).out();
    }

    @Test
    @DisplayName("keep their promises: with noise 0 the learner is backpropagation, and with noise it promises less")
    void verified() {
        assertThat(verify("learner.noise=0").exits(0).out())
                .contains("noisy-feedback: holds", "hidden", "no formula is known here of layers of type softsign");
        assertThat(verify("learner.noise=0", "model.layers.1={type: activation, function: tanh}")
                        .exits(0)
                        .out())
                .contains("noisy-feedback: holds", "hidden", "no formula of this learner on this network");
        assertThat(verify("learner.noise=2").exits(0).out())
                .contains("output layer")
                .doesNotContainPattern("(holds|BROKEN) +hidden");
    }

    private static Outcome verify(String... overrides) {
        List<String> command =
                new ArrayList<>(List.of("verify", "--config", experiment(), "--threads", "1", "--batches", "2"));
        List.of(overrides).forEach(override -> command.addAll(List.of("--set", override)));
        return program.run(command.toArray(String[]::new));
    }
}
