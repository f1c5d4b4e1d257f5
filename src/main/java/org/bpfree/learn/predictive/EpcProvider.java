package org.bpfree.learn.predictive;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Node;
import org.bpfree.graph.Parameter;
import org.bpfree.learn.Findings;
import org.bpfree.learn.Promise;
import org.bpfree.learn.Promises;
import org.bpfree.learn.StepView;
import org.bpfree.learn.TypedProvider;
import org.bpfree.learn.Vectors;
import org.bpfree.learn.backprop.BackpropProvider;
import org.bpfree.learn.predictive.EpcSettings.WeightUpdate;
import org.bpfree.tensor.Precision;

/** Announces error-based predictive coding. */
public final class EpcProvider extends TypedProvider<EpcSettings> {
    /** Rounds that cost more than 20 steps of backpropagation. */
    private static final int DEAR = 29;

    /** For {@link java.util.ServiceLoader}. */
    public EpcProvider() {
        super(
                EpcSettings.class,
                "Predictive coding in which the errors move and the states follow, so that every layer is reached at once.",
                "Goemaere, Oliviers, Bogacz, Demeester: ePC: Fast and Deep Predictive Coding in Digital Simulation, arXiv 2505.20137, 2025",
                EpcLearner::new);
    }

    @Override
    public void check(EpcSettings settings, Setup setup, Findings findings) {
        BackpropProvider.requireDerivatives(setup.graph(), "epc", findings);
        List<Node> states = settings.states().inOrder(setup.graph());
        int given = settings.precision().size();
        if (given > 1 && given != states.size()) {
            findings.misfit(
                    "precision",
                    "has " + given + " numbers, but needs one each for "
                            + states.stream().map(Node::name).collect(Collectors.joining(", ")) + ": " + states.size()
                            + ". Give as many, one for all, or [] for 1 everywhere.");
        }
        if (settings.rounds() > DEAR) {
            findings.warning(settings.rounds() + " rounds cost more than 20 steps of backpropagation a batch.");
        }
        if (settings.errorRate() > 1) {
            findings.warning("learner.errorRate is " + settings.errorRate()
                    + ", and above 1 errors overshoot the least energy and may grow from round to round.");
        }
    }

    /** With one round {@code -pi e} is {@code lambda} times backpropagation's error, and what reads images alone has not moved. */
    @Override
    public List<Promise> promises(EpcSettings settings, Graph graph, Precision precision) {
        List<Promise> promises = new ArrayList<>();
        if (settings.rounds() > 1 || !settings.rescale()) {
            return promises;
        }
        Set<Node> states = settings.states().of(graph);
        List<String> ofImages = graph.nodes().stream()
                .filter(node -> dependsOnImagesAlone(graph, node, states))
                .flatMap(node -> node.parameters().stream())
                .map(Parameter::key)
                .toList();
        Predicate<StepView.Layer> weights =
                layer -> layer.update() != null && layer.key().endsWith("/weights");
        boolean all = settings.weightUpdate() == WeightUpdate.FORWARD;
        promises.add(Promises.perLayer(
                all ? "update equals backpropagation's" : "update of the first blocks equals backpropagation's",
                weights.and(layer -> all || ofImages.contains(layer.key())),
                layer -> Vectors.relativeDifference(layer.update(), layer.gradient()),
                Promises.rounding(precision),
                true));
        return promises;
    }

    /** Whether the errors of the states right above a node reach it through nodes none of which reads a state. */
    private static boolean dependsOnImagesAlone(Graph graph, Node node, Set<Node> states) {
        if (node.inputs().stream().anyMatch(input -> moves(input, states)) || node == graph.output()) {
            return false;
        }
        return states.contains(node)
                || graph.consumers(node).stream().allMatch(reader -> dependsOnImagesAlone(graph, reader, states));
    }

    private static boolean moves(Node node, Set<Node> states) {
        return states.contains(node) || node.inputs().stream().anyMatch(input -> moves(input, states));
    }
}
