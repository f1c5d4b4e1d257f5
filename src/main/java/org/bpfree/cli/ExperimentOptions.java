package org.bpfree.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bpfree.config.ExperimentLoader;
import org.bpfree.config.LoadedExperiment;
import picocli.CommandLine.Option;

/** The options of every command that works on an experiment; add them with {@code @Mixin}. */
final class ExperimentOptions {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            required = true,
            description = "The experiment file.")
    private Path config;

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description =
                    "Overrides a setting; repeatable. VALUE is YAML: a single value, a [list] or a {block: of settings}.")
    private List<String> overrides = List.of();

    /** Reads and checks the experiment; fails with all problems at once. */
    LoadedExperiment load() {
        return loadWith(List.of());
    }

    /** The experiment with more settings overridden after those of the command line. */
    LoadedExperiment loadWith(List<String> more) {
        List<String> all = new ArrayList<>(overrides);
        all.addAll(more);
        return ExperimentLoader.installed().load(config, all);
    }

    /** The experiment file. */
    Path config() {
        return config;
    }

    /** The overrides in their order. */
    List<String> overrides() {
        return overrides;
    }
}
