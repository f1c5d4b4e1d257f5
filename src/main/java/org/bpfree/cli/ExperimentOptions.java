package org.bpfree.cli;

import java.nio.file.Path;
import java.util.List;
import org.bpfree.cli.console.ShippedNames;
import org.bpfree.experiment.LoadedExperiment;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command that works on an experiment; add them with {@code @Mixin}. */
final class ExperimentOptions {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            completionCandidates = ShippedNames.class,
            required = true,
            description = "The experiment file, or the name of a shipped one (bpfree list configs).")
    private Path config;

    @Mixin
    private ConfigOptions changes;

    /** Reads and checks the experiment; fails with all problems at once. */
    LoadedExperiment load() {
        return loadWith(List.of());
    }

    /** The experiment with more settings overridden after those of the command line. */
    LoadedExperiment loadWith(List<String> more) {
        return changes.load(config, more);
    }

    /** The experiment file. */
    Path config() {
        return config;
    }

    /** The overrides in their order. */
    List<String> overrides() {
        return changes.overrides();
    }
}
