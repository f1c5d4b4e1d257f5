package org.bpfree.learn.backprop;

import org.bpfree.graph.Graph;
import org.bpfree.graph.Node;
import org.bpfree.learn.Findings;
import org.bpfree.learn.Learner;
import org.bpfree.learn.LearnerContext;
import org.bpfree.learn.LearnerProvider;
import org.bpfree.tensor.ActivationFunction;

/** Announces backpropagation. */
public final class BackpropProvider implements LearnerProvider<BackpropSettings> {
    @Override
    public Class<BackpropSettings> settings() {
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
    public void check(BackpropSettings settings, Setup setup, Findings findings) {
        requireDerivatives(setup.graph(), "backprop", findings);
    }

    /** Reports every signum in the graph: its derivative is zero, so nothing below it would learn. */
    public static void requireDerivatives(Graph graph, String learner, Findings findings) {
        for (Node node : graph.nodes()) {
            if (node.op().pointwise().filter(ActivationFunction.SIGNUM::equals).isPresent()) {
                findings.misfit(
                        node,
                        "the derivative of signum is zero, so '" + learner
                                + "' teaches nothing to the layers below. Use learner ekdaa, which needs no derivative,"
                                + " or another function.");
            }
        }
    }

    @Override
    public Learner create(BackpropSettings settings, LearnerContext context) {
        return new BackpropLearner(context);
    }
}
