package org.bpfree.learn.predictive;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Node;
import org.bpfree.learn.Findings;
import org.bpfree.learn.TypedProvider;
import org.bpfree.learn.backprop.BackpropProvider;
import org.bpfree.learn.predictive.PredictiveCodingSettings.Learning;
import org.bpfree.learn.predictive.PredictiveCodingSettings.Predictions;
import org.bpfree.tensor.Precision;

/** Announces predictive coding. */
public final class PredictiveCodingProvider extends TypedProvider<PredictiveCodingSettings> {
    /** Errors of this size beside the output's are multiplied by derivatives and sums below the least normal number, 1e-38. */
    private static final double LEAST_SHARE = 1e-34;

    /** For {@link java.util.ServiceLoader}. */
    public PredictiveCodingProvider() {
        super(
                PredictiveCodingSettings.class,
                "States settle in rounds of inference, then weights learn from the prediction errors that are left.",
                "Whittington, Bogacz: An Approximation of the Error Backpropagation Algorithm in a Predictive Coding Network, 2017; Pinchetti et al.: Benchmarking Predictive Coding Networks, arXiv 2407.01163, 2024",
                PredictiveCodingLearner::new);
    }

    @Override
    public void check(PredictiveCodingSettings settings, Setup setup, Findings findings) {
        Graph graph = setup.graph();
        BackpropProvider.requireDerivatives(graph, "predictive-coding", findings);
        if (settings.predictions() == Predictions.FIXED && settings.learning() != Learning.SETTLED) {
            findings.misfit(
                    "learning",
                    "with fixed predictions all activations are those of the forward pass, and errors before the last move are"
                            + " those of one round fewer. Set learning: settled, and lower rounds by 1.");
        }
        if (settings.precision() != PrecisionSchedule.CONSTANT
                && (settings.predictions() == Predictions.FIXED
                        || settings.learning() != Learning.SETTLED
                        || !settings.clamped())) {
            findings.misfit(
                    "precision",
                    "a schedule of precisions needs an output that is held at the target and predictions that move, and"
                            + " weights learn once all states have moved. Set beta: 1, nudging: positive, predictions:"
                            + " moving and learning: settled, or precision: constant.");
        }
        List<Node> states = settings.states().inOrder(graph);
        int variances = settings.variances().size();
        if (variances > 0 && variances != states.size() + 1) {
            findings.misfit(
                    "variances",
                    "has " + variances + " numbers, but needs one each for "
                            + states.stream().map(Node::name).collect(Collectors.joining(", ")) + " and the output: "
                            + (states.size() + 1) + ". Give as many, or [] for 1 everywhere.");
        }
        int lastRound = settings.rounds() - (settings.learning() == Learning.SETTLED ? 0 : 1);
        unreached(settings, graph, lastRound, findings);
        faint(settings, graph, setup.precision(), findings);
    }

    /** An error that has crossed {@code l} states has about {@code gamma^l C(T, l)} of its size (z-il.md, section 8). */
    private static void faint(PredictiveCodingSettings settings, Graph graph, Precision precision, Findings findings) {
        Activity activity = Activity.of(graph, settings.states().of(graph));
        double rate = settings.inferenceRate() / (1 - settings.inferenceMomentum());
        List<String> lost = new ArrayList<>();
        double smallest = 1;
        for (Node node : graph.nodes()) {
            double share = 1;
            for (int l = 1; node.trainable() && l <= activity.firstRound(node) && l <= settings.rounds(); l++) {
                share *= rate * (settings.rounds() - l + 1) / l;
            }
            if (precision == Precision.FLOAT32 && share < LEAST_SHARE && activity.hasError(node, settings.rounds())) {
                lost.add(node.name());
                smallest = Math.min(smallest, share);
            }
        }
        if (!lost.isEmpty()) {
            findings.warning(String.format(
                    Locale.ROOT,
                    "of the error of the output about %.0e reaches %s, too little for float32, so they hardly learn. Raise"
                            + " learner.inferenceRate or learner.rounds, or set training.precision: float64.",
                    smallest,
                    String.join(", ", lost)));
        }
    }

    /** Warns of layers that no error reaches within the rounds of a batch. */
    static void unreached(InferenceSettings settings, Graph graph, int lastRound, Findings findings) {
        Activity activity = Activity.of(graph, settings.states().of(graph));
        List<String> names = graph.nodes().stream()
                .filter(node -> node.trainable() && !activity.hasError(node, lastRound))
                .map(Node::name)
                .toList();
        if (!names.isEmpty()) {
            findings.warning("no error reaches " + String.join(", ", names) + " within " + settings.rounds()
                    + " rounds, so they do not learn. Raise learner.rounds.");
        }
    }
}
