package org.bpfree.learn.shallow;

import org.bpfree.graph.Graph;
import org.bpfree.graph.Node;
import org.bpfree.graph.Parameter;
import org.bpfree.graph.Pass;
import org.bpfree.learn.ErrorSweep;
import org.bpfree.learn.GraphLearner;
import org.bpfree.learn.LearnerContext;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Tensor;

/** Trains only the top of a network, by backpropagation; what is frozen keeps its random initial weights. */
public final class ShallowLearner extends GraphLearner {
    /** A learner for the parameters that are not frozen. */
    public ShallowLearner(ShallowSettings settings, LearnerContext context) {
        super(context);
        Graph graph = context.graph();
        train(graph.nodes().stream()
                .filter(node -> learns(node, settings.frozen(), graph))
                .flatMap(node -> node.parameters().stream())
                .filter(Parameter::trainable)
                .distinct()
                .toList());
    }

    private static boolean learns(Node node, ShallowSettings.Frozen frozen, Graph graph) {
        return frozen == ShallowSettings.Frozen.HIDDEN
                ? node == graph.lastWeighted()
                : node.shape().rank() == 1;
    }

    @Override
    protected Routine bind(Pass pass, Tensor outputError) {
        return ErrorSweep.bind(pass, outputError, context.arena(), new ErrorSweep.Rule() {
            @Override
            public Tensor update(Parameter parameter) {
                return ShallowLearner.this.update(parameter);
            }

            @Override
            public Tensor feedback(Parameter parameter) {
                return context.parameters().get(parameter);
            }
        });
    }
}
