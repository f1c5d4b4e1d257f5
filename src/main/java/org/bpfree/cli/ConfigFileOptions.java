package org.bpfree.cli;

import java.nio.file.Path;
import java.util.List;
import org.bpfree.cli.console.ShippedNames;
import org.bpfree.experiment.LoadedExperiment;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of {@code bpfree config}: as {@link ExperimentOptions}, but the file may stand alone. */
final class ConfigFileOptions {
    /** The file, with or without the option. */
    private static final class File {
        @Option(
                names = {"-c", "--config"},
                paramLabel = "FILE",
                completionCandidates = ShippedNames.class,
                required = true,
                description = "The experiment file, or the name of a shipped one (bpfree list configs).")
        private Path option;

        @Parameters(
                paramLabel = "FILE",
                arity = "1",
                completionCandidates = ShippedNames.class,
                description = "The same, without the option.")
        private Path parameter;
    }

    @ArgGroup(exclusive = true, multiplicity = "1")
    private File file;

    @Mixin
    private ConfigOptions changes;

    /** Reads and checks the experiment; fails with all problems at once. */
    LoadedExperiment load() {
        Path config = file.option != null ? file.option : file.parameter;
        return changes.load(config, List.of());
    }
}
