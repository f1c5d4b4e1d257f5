package org.bpfree.run;

import java.time.Duration;
import org.bpfree.data.DataSettings;
import org.bpfree.experiment.Experiment;
import org.bpfree.measure.StepBenchmark;

/**
 * How long an experiment would train, estimated from steps on random images: data, validation, tests and the start of Java are not
 * in it.
 *
 * @param stepSeconds of one step
 * @param steps in all epochs
 */
public record TrainingEstimate(double stepSeconds, long steps) {
    private static final int WARM_UP = 2;

    /** Measures steps for some seconds, at least one. */
    public static TrainingEstimate measure(Experiment experiment, Workbench bench, double seconds) {
        try (StepBenchmark benchmark = bench.benchmark()) {
            return new TrainingEstimate(benchmark.run(WARM_UP, seconds).stepMillis() / 1e3, steps(experiment));
        }
    }

    private static long steps(Experiment experiment) {
        DataSettings data = experiment.data();
        int images = data.description().trainImages() - data.validation();
        images = data.trainLimit().of(images);
        int batch = experiment.training().batchSize();
        return (images + batch - 1L) / batch * experiment.training().epochs();
    }

    /** The time of all steps. */
    public Duration total() {
        return Duration.ofMillis((long) (steps * stepSeconds * 1e3));
    }
}
