package org.bpfree.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCommandTest {
    private static final String SMALLEST = """
            name: small
            data: {dataset: mnist}
            model: {architecture: {type: lenet}}
            learner: {type: backprop}
            optimizer: {type: adam}
            training: {epochs: 1}
            """;

    @TempDir
    private Path folder;

    private String file;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("small.yaml").toString();
        Files.writeString(Path.of(file), SMALLEST);
    }

    @Test
    void aSoundFilePasses() {
        assertThat(CliRun.bpfree("config", "check", file)).isEqualTo(new CliRun(0, file + ": ok\n", ""));
        assertThat(CliRun.bpfree("config", "check", "--config", file)).isEqualTo(new CliRun(0, file + ": ok\n", ""));
    }

    @Test
    void allProblemsGoToStderr() {
        CliRun run = CliRun.bpfree("config", "check", file, "--set", "training.epochs=0", "--set", "sed=1");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isEqualTo("""
                bpfree: error: 2 problems in %s
                --set training.epochs: 0 is out of range, expected a whole number, at least 1.
                    training.epochs=0
                                    ^
                --set sed: unknown key. Known here: name, seed, data, model, loss, learner, optimizer, training, probes, orthogonality. Did you mean 'seed'?
                    sed=1
                    ^
                """.formatted(file));
    }

    @Test
    void theFileIsNamedOnce() {
        assertThat(CliRun.bpfree("config", "check").err())
                .contains("Missing required argument (specify one of these): (-c=FILE [-c=FILE]... | FILE...)");
        assertThat(CliRun.bpfree("config", "check").exitCode()).isEqualTo(2);
        assertThat(CliRun.bpfree("config", "check", file, "--config", file).exitCode())
                .isEqualTo(2);
    }

    @Test
    void showPrintsAFileThatCanBeUsed() throws IOException {
        CliRun run = CliRun.bpfree("config", "show", "-c", file, "--set", "seed=7");
        Path shown = folder.resolve("shown.yaml");
        Files.writeString(shown, run.out());

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("# small.yaml:1\n", "# --set\n", "# default\n");
        assertThat(CliRun.bpfree("config", "show", "--plain", shown.toString()).out())
                .doesNotContain("#")
                .isEqualTo(CliRun.bpfree("config", "show", "--plain", file, "--set=seed=7")
                        .out());
    }

    @Test
    void valuesMayHoldEqualsSigns() {
        assertThat(CliRun.bpfree("config", "check", file, "--set", "name=a=b").err())
                .contains("name: 'a=b' cannot be the name of a folder");
    }

    @Test
    void schemaIsJson() {
        CliRun run = CliRun.bpfree("config", "schema");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .startsWith("{")
                .contains("\"$schema\"", "\"learner\"")
                .endsWith("}\n");
    }

    @Test
    void schemaOfSweepsIsAnother() {
        CliRun run = CliRun.bpfree("config", "schema", "--sweep");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("\"bpfree sweep\"", "\"grid\"").doesNotContain("\"learner\"");
    }
}
