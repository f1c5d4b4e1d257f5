package org.bpfree.learn.backprop;

import java.util.function.Consumer;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Node;
import org.bpfree.learn.Learner;
import org.bpfree.learn.LearnerContext;
import org.bpfree.learn.LearnerProvider;
import org.bpfree.learn.LearnerSettings;
import org.bpfree.tensor.ActivationFunction;

/** Announces backpropagation. */
public final class BackpropProvider implements LearnerProvider {
    @Override
    public Class<? extends LearnerSettings> settings() {
        return BackpropSettings.class;
    }

    @Override
    public String summary() {
        return "Backpropagation: exact gradients through the weights; the reference.";
    }

    @Override
    public String source() {
        return "Rumelhart, Hinton, Williams: Learning representations by back-propagating errors, 1986";
    }

    @Override
    public void check(LearnerSettings settings, Graph graph, Consumer<Misfit> problems) {
        requireDerivatives(graph, "backprop", problems);
    }

    /** Reports every signum in the graph: its derivative is zero, so nothing below it would learn. */
    public static void requireDerivatives(Graph graph, String learner, Consumer<Misfit> problems) {
        for (Node node : graph.nodes()) {
            if (node.op().pointwise().filter(ActivationFunction.SIGNUM::equals).isPresent()) {
                problems.accept(new Misfit(
                        node.name(),
                        "",
                        "the derivative of signum is zero, so '" + learner
                                + "' teaches nothing to the layers below. Use learner ekdaa, which needs no derivative,"
                                + " or another function."));
            }
        }
    }

    @Override
    public Learner create(LearnerSettings settings, LearnerContext context) {
        return new BackpropLearner(context);
    }
}
