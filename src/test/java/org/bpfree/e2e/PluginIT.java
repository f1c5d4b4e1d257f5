package org.bpfree.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The worked example of a learner in a JAR of its own, compiled against the packaged program and found by it. */
@DisplayName("A learner in a JAR of its own")
class PluginIT {
    private static final Path SOURCES = Path.of("src", "it", "plugin-learner");

    @TempDir
    static Path folder;

    private static Bpfree program;

    @BeforeAll
    static void buildPlugin() throws IOException {
        Path classes = Files.createDirectory(folder.resolve("classes"));
        List<String> arguments = new ArrayList<>(
                List.of("-parameters", "-Werror", "-cp", Bpfree.JAR.toString(), "-d", classes.toString()));
        try (Stream<Path> files = Files.walk(SOURCES)) {
            files.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(arguments::add);
        }
        int result = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        assertThat(result).as("javac").isZero();
        Path services = classes.resolve("META-INF/services");
        Files.createDirectories(services);
        String announcement = "org.bpfree.learn.LearnerProvider";
        Files.copy(SOURCES.resolve("META-INF/services").resolve(announcement), services.resolve(announcement));
        Path plugin = folder.resolve("noisy-feedback.jar");
        pack(classes, plugin);
        program = Bpfree.in(folder).withPlugin(plugin);
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
        return program.file("noisy.yaml", """
                name: noisy
                seed: 1
                data: {dataset: synthetic, synthetic: {size: 8, train: 200, test: 100}}
                model:
                  layers:
                    - {type: flatten}
                    - {type: dense, units: 16, name: hidden}
                    - {type: activation, function: tanh}
                    - {type: dense, units: 10}
                loss: cross-entropy
                learner: {type: noisy-feedback, noise: 0.5}
                optimizer: {type: sgd, learningRate: 0.1}
                training: {epochs: 1, batchSize: 20}
                """);
    }

    @Test
    @DisplayName("is listed beside the others")
    void listed() {
        assertThat(program.run("list", "learners").exits(0).out()).contains("noisy-feedback", "frsf");
        assertThat(Bpfree.in(folder).run("list", "learners").exits(0).out()).doesNotContain("noisy-feedback");
    }

    @Test
    @DisplayName("trains, and its settings are checked like all others")
    void trains() {
        Outcome trained = program.run("train", "--config", experiment(), "--threads", "1");
        assertThat(trained.exits(0).out()).contains("noisy-feedback on synthetic");

        program.run("config", "check", experiment(), "--set", "learner.noise=-1")
                .failsWith(2, "learner.noise", "-1");
    }

    @Test
    @DisplayName("is told to be missing where its JAR is, and so is it by eval of a run that needs it")
    void missing() {
        program.run("train", "--config", experiment(), "--threads", "1", "--run-dir", "needs-plugin")
                .exits(0);
        Bpfree without = Bpfree.in(folder).withPlugin(folder.resolve("gone.jar"));
        assertThat(without.run("list", "learners").exits(0).err())
                .contains("warning: there is no " + folder.resolve("gone.jar"), "BPFREE_PLUGINS");
        without.run("eval", "needs-plugin").failsWith(2, "'noisy-feedback' is unknown", "BPFREE_PLUGINS=FILE.jar");
    }

    @Test
    @DisplayName("keeps its promises: with noise 0 it is backpropagation, and with noise it promises less")
    void verified() {
        assertThat(verify("learner.noise=0").exits(0).out())
                .contains("noisy-feedback: holds", "hidden", "no formula of this learner on this network");
        assertThat(verify("learner.noise=2").exits(0).out())
                .contains("output layer")
                .doesNotContainPattern("(holds|BROKEN) +hidden");
    }

    private static Outcome verify(String override) {
        return program.run("verify", "--config", experiment(), "--threads", "1", "--batches", "2", "--set", override);
    }
}
