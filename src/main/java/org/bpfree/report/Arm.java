package org.bpfree.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import org.bpfree.run.RunRecord;

/**
 * One of the things that are compared: runs that differ in their seed only.
 *
 * @param label short name that tells it from the other arms
 * @param runs by task: what is classified by which network for how long, such as {@code cifar-10}; at least one run a task. Arms are compared
 *     within a task, seed by seed
 */
public record Arm(String label, Map<String, List<RunRecord>> runs) {
    /** Keeps the order of the tasks. */
    public Arm {
        Map<String, List<RunRecord>> copy = new LinkedHashMap<>();
        runs.forEach((task, each) -> copy.put(task, List.copyOf(each)));
        runs = Collections.unmodifiableMap(copy);
    }

    /** The runs at a task, repeats among them; none where there are none. */
    List<RunRecord> at(String task) {
        return runs.getOrDefault(task, List.of());
    }

    /** One run a seed at a task: the first that is finished, else the first, so that a run made twice counts once. */
    Map<Long, RunRecord> seeds(String task) {
        Map<Long, RunRecord> seeds = new TreeMap<>();
        for (RunRecord run : at(task)) {
            seeds.merge(seed(run), run, (first, next) -> first.result().isPresent() ? first : next);
        }
        return seeds;
    }

    /** A figure by seed at a task, of the runs that have it. */
    Map<Long, Double> figures(String task, Function<RunRecord, OptionalDouble> figure) {
        Map<Long, Double> figures = new TreeMap<>();
        seeds(task).forEach((seed, run) -> figure.apply(run).ifPresent(value -> figures.put(seed, value)));
        return figures;
    }

    private static long seed(RunRecord run) {
        try {
            return Long.parseLong(run.setting("seed"));
        } catch (NumberFormatException unknown) {
            return 0; // that which runs of versions without a seed had
        }
    }
}
