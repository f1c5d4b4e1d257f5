package org.bpfree.learn.predictive;

import java.util.Set;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Node;
import org.bpfree.graph.Pass;
import org.bpfree.learn.Errors;
import org.bpfree.learn.GraphLearner;
import org.bpfree.learn.LabelledImages;
import org.bpfree.learn.LearnerContext;
import org.bpfree.learn.RememberedStatistics;
import org.bpfree.tensor.Tensor;

/**
 * Learners that run inference on a network with states, after the forward pass that every step of learning begins with. Remembered
 * statistics of batch-norm are those of that forward pass; later rounds leave no trace in them. A dropout mask stays the same in all
 * rounds of a batch.
 */
abstract class InferenceLearner extends GraphLearner {
    /** The network with the states. */
    final Graph graph;

    /** The nodes that have a state. */
    final Set<Node> withState;

    private final RememberedStatistics statistics;

    /**
     * A learner for all trainable parameters.
     *
     * @param graph the network, or one that computes the same with more nodes
     * @param withState the nodes that have a state
     */
    InferenceLearner(LearnerContext context, Graph graph, Set<Node> withState) {
        super(context);
        this.graph = graph;
        this.withState = withState;
        train(context.graph().trainableParameters());
        statistics = new RememberedStatistics(context, graph);
    }

    @Override
    protected final Graph network() {
        return graph;
    }

    @Override
    protected final Set<Node> withState() {
        return withState;
    }

    @Override
    protected final Credit bind(Pass pass, LabelledImages batch, Errors errors) {
        Credit rounds = bindRounds(pass, batch, errors);
        return new Credit() {
            @Override
            public void assign() {
                statistics.keep();
                rounds.assign();
                statistics.restore();
            }

            @Override
            public void assignMore(int update) {
                rounds.assignMore(update);
                statistics.restore();
            }
        };
    }

    /** Binds the rounds of a batch. */
    abstract Credit bindRounds(Pass pass, LabelledImages batch, Errors errors);

    /** Overwrites the derivative of the loss by the class scores with that of the scores the states predict now. */
    final void evaluateOutput(Pass pass, LabelledImages batch, Tensor outputError) {
        context.loss().evaluate(pass.output(), batch.targets(), outputError, null);
    }
}
