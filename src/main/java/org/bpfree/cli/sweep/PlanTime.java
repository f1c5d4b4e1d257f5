package org.bpfree.cli.sweep;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bpfree.cli.console.Durations;
import org.bpfree.experiment.Experiment;
import org.bpfree.experiment.ModelCheck;
import org.bpfree.run.TrainingEstimate;
import org.bpfree.run.Workbench;

/**
 * How long some experiments will take one after another, from training steps on random images on this machine; data, tests and starting left
 * out.
 *
 * @param total of all
 * @param threads of each
 * @param measured how many experiments were measured before the time for it was over; the others are taken to be like them
 * @param all how many there are
 */
public record PlanTime(Duration total, int threads, int measured, int all) {
    private static final double SECONDS = 0.2;
    private static final Duration BUDGET = Duration.ofSeconds(30);

    /**
     * Measures.
     *
     * @param threads that the backend was started with
     */
    public static PlanTime measure(List<Experiment> experiments, int threads) {
        long deadline = System.nanoTime() + BUDGET.toNanos();
        // Seeds do not change how long a step takes.
        Map<Experiment, Duration> measured = new HashMap<>();
        Duration total = Duration.ZERO;
        int counted = 0;
        for (Experiment experiment : experiments) {
            Experiment seedless = experiment.withSeed(0);
            if (!measured.containsKey(seedless) && System.nanoTime() < deadline) {
                measured.put(seedless, measure(experiment));
            }
            if (measured.containsKey(seedless)) {
                total = total.plus(measured.get(seedless));
                counted++;
            }
        }
        Duration all = Duration.ofMillis(total.toMillis() * experiments.size() / Math.max(1, counted));
        return new PlanTime(all, threads, counted, experiments.size());
    }

    private static Duration measure(Experiment experiment) {
        Duration alone = TrainingEstimate.measure(experiment, Workbench.of(experiment), SECONDS)
                .total();
        return experiment.training().twin() ? alone.plus(measure(ModelCheck.twin(experiment))) : alone;
    }

    /** For people. */
    public String text() {
        String rest = measured == all
                ? ""
                : "; only " + measured + " cells were measured within " + BUDGET.toSeconds()
                        + " s, the others are taken to be like them";
        return "about " + Durations.format(total) + " in all, one cell at a time with " + threads
                + (threads == 1 ? " thread" : " threads")
                + " (training steps on random images on this machine; data, tests and starting left out" + rest + ")";
    }

    /** Processors times hours. */
    public double coreHours() {
        return total.toMillis() / 3.6e6 * threads;
    }
}
