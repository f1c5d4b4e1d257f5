package org.bpfree.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class ExperimentOptionsTest {
    /** A command as train, verify and bench are. */
    @Command(name = "any")
    private static final class AnyCommand {
        @Mixin
        private ExperimentOptions experiment;
    }

    @TempDir
    private Path folder;

    @Test
    void loadsTheFileWithItsOverrides() throws IOException {
        Path file = folder.resolve("small.yaml");
        Files.writeString(file, """
                name: small
                data: {dataset: mnist}
                model: {architecture: {type: lenet}}
                learner: {type: backprop}
                optimizer: {type: adam}
                training: {epochs: 1}
                """);

        ExperimentOptions options =
                parse("--set", "seed=4", "--config", file.toString(), "--set", "training={epochs: 2}");

        assertThat(options.config()).isEqualTo(file);
        assertThat(options.overrides()).containsExactly("seed=4", "training={epochs: 2}");
        assertThat(options.load().experiment().seed()).isEqualTo(4);
        assertThat(options.load().experiment().training().epochs()).isEqualTo(2);
    }

    @Test
    void theFileIsRequired() {
        assertThatThrownBy(() -> parse("--set", "seed=4")).hasMessage("Missing required option: '--config=FILE'");
    }

    private static ExperimentOptions parse(String... arguments) {
        AnyCommand command = new AnyCommand();
        new CommandLine(command).parseArgs(arguments);
        return command.experiment;
    }
}
