package org.bpfree.cli.sweep;

import java.util.List;
import java.util.Optional;
import org.bpfree.cli.console.ThreadsOption;
import org.bpfree.experiment.Experiment;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The option {@code --no-estimate} of commands that plan, and the threads that are measured with. */
public final class EstimateOption {
    @Option(
            names = "--estimate",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Whether training steps on random images are measured to estimate the time. Default: yes.")
    private boolean estimate;

    @Mixin
    private ThreadsOption threads;

    /** How long some experiments will take; nothing where nobody wants to know. */
    public Optional<PlanTime> measure(List<Experiment> experiments) {
        return estimate ? Optional.of(PlanTime.measure(experiments, threads.startBackend())) : Optional.empty();
    }
}
