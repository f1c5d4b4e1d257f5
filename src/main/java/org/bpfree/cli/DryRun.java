package org.bpfree.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bpfree.cli.console.Durations;
import org.bpfree.experiment.Experiment;
import org.bpfree.graph.Node;
import org.bpfree.graph.Parameter;
import org.bpfree.learn.Trained;
import org.bpfree.run.InitialWeights;
import org.bpfree.run.TrainingEstimate;
import org.bpfree.run.Workbench;

/** What a run would be: layers, memory, and the time of a step measured on random images. No data is read. */
final class DryRun {
    private static final double SECONDS = 0.5;
    private static final double MEBIBYTE = 1 << 20;

    private final Experiment experiment;
    private final Optional<InitialWeights> init;

    DryRun(Experiment experiment, Optional<InitialWeights> init) {
        this.experiment = experiment;
        this.init = init;
    }

    void print(PrintWriter out) {
        Workbench bench = Workbench.of(experiment, init);
        Map<String, Long> feedback = feedbackByNode(bench);
        out.printf(
                Locale.ROOT,
                "%-18s %-16s %-14s %12s %12s %10s%n",
                "layer",
                "type",
                "output",
                "parameters",
                "feedback",
                "memory");
        int batch = experiment.training().batchSize();
        for (Node node : bench.graph().nodes()) {
            long parameters = node.parameters().stream()
                    .filter(Parameter::trainable)
                    .mapToLong(parameter -> parameter.spec().shape().size())
                    .sum();
            double bytes = (double) node.shape().size()
                    * batch
                    * experiment.training().precision().bytes();
            out.printf(
                    Locale.ROOT,
                    "%-18s %-16s %-14s %,12d %,12d %6.1f MiB%n",
                    node.name(),
                    node.op().kind(),
                    node.shape(),
                    parameters,
                    feedback.getOrDefault(node.name(), 0L),
                    bytes / MEBIBYTE);
        }
        TrainingEstimate time = TrainingEstimate.measure(experiment, bench, SECONDS);
        out.printf(
                Locale.ROOT,
                "total: %,d parameters, %,d feedback parameters; %.1f million multiply-adds an image%n",
                bench.graph().parameterCount(),
                bench.feedbackParameters(),
                bench.graph().multiplyAdds() / 1e6);
        out.printf(
                Locale.ROOT,
                "memory: %.0f MiB for activations, errors and scratch at batch %d%n",
                bench.learner().scratchBytes() / MEBIBYTE,
                batch);
        printTime(out, time, batch);
    }

    private Map<String, Long> feedbackByNode(Workbench bench) {
        Map<String, Long> sizes = new LinkedHashMap<>();
        for (Trained trained : bench.learner().trained()) {
            if (trained.own()) {
                add(sizes, trained.name(), trained.value().size());
            }
        }
        bench.learner().state().forEach((name, tensor) -> add(sizes, name, tensor.size()));
        return sizes;
    }

    /** Names end with {@code node/tensor}. */
    private static void add(Map<String, Long> sizes, String name, long size) {
        String[] parts = name.split("/");
        sizes.merge(parts[Math.max(0, parts.length - 2)], size, Long::sum);
    }

    private void printTime(PrintWriter out, TrainingEstimate time, int batch) {
        out.printf(
                Locale.ROOT,
                "time: %.1f ms a step of %d random images (%.0f images/s); %,d steps in %d epochs, about %s%n",
                time.stepSeconds() * 1e3,
                batch,
                batch / time.stepSeconds(),
                time.steps(),
                experiment.training().epochs(),
                Durations.format(time.total()));
    }
}
