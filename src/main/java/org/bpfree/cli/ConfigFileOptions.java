package org.bpfree.cli;

import java.nio.file.Path;
import java.util.List;
import org.bpfree.config.ExperimentLoader;
import org.bpfree.config.LoadedExperiment;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of {@code bpfree config}: as {@link ExperimentOptions}, but the file may stand alone. */
final class ConfigFileOptions {
    /** The file, with or without the option. */
    private static final class File {
        @Option(
                names = {"-c", "--config"},
                paramLabel = "FILE",
                required = true,
                description = "The experiment file.")
        private Path option;

        @Parameters(paramLabel = "FILE", arity = "1", description = "The same, without the option.")
        private Path parameter;
    }

    @ArgGroup(exclusive = true, multiplicity = "1")
    private File file;

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description =
                    "Overrides a setting; repeatable. VALUE is YAML: a single value, a [list] or a {block: of settings}.")
    private List<String> overrides = List.of();

    /** Reads and checks the experiment; fails with all problems at once. */
    LoadedExperiment load() {
        Path config = file.option != null ? file.option : file.parameter;
        return ExperimentLoader.installed().load(config, overrides);
    }
}
