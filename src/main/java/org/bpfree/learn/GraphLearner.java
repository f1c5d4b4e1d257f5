package org.bpfree.learn;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Loss;
import org.bpfree.graph.Node;
import org.bpfree.graph.Pass;
import org.bpfree.tensor.Tensor;

/** Base of learners that run the network forward once, look at the loss, and then assign credit. */
public abstract class GraphLearner extends BoundLearner {
    /** A learner that trains nothing yet. */
    protected GraphLearner(LearnerContext context) {
        super(context);
    }

    /** Credit assignment, bound to a pass. */
    @FunctionalInterface
    public interface Credit {
        /** From the error of the output to the first updates of a batch. */
        void assign();

        /** The updates that follow; for learners with several updates a batch. */
        default void assignMore(int update) {}
    }

    /**
     * Binds credit assignment to a pass.
     *
     * @param batch the images and labels the pass reads
     * @param outputError the derivative of the loss by the class scores after the forward pass
     */
    protected abstract Credit bind(Pass pass, LabelledImages batch, Tensor outputError);

    /** The network as the learner runs it, which may compute the same scores with other nodes; the default is the network as it is. */
    protected Graph network() {
        return context.graph();
    }

    /** The nodes of {@link #network} that have a state beside their activation; the default is none. */
    protected Set<Node> withState() {
        return Set.of();
    }

    @Override
    protected final Step bind(LabelledImages batch) {
        Pass pass = new Pass(
                network(),
                context.parameters(),
                batch.images(),
                Kernel.Mode.TRAIN,
                context.arena(),
                context.noise(),
                withState());
        Tensor outputError = context.arena()
                .batch(
                        ErrorSweep.OUTPUT_ERROR,
                        batch.size(),
                        context.graph().output().shape());
        return new OneForward(pass, batch, outputError, bind(pass, batch, outputError));
    }

    private final class OneForward implements Step {
        private final Pass pass;
        private final LabelledImages batch;
        private final Tensor outputError;
        private final Credit credit;

        OneForward(Pass pass, LabelledImages batch, Tensor outputError, Credit credit) {
            this.pass = pass;
            this.batch = batch;
            this.outputError = outputError;
            this.credit = credit;
        }

        @Override
        public Loss.Result learn() {
            pass.forward();
            Loss.Result result = context.loss().evaluate(pass.output(), batch.labels(), outputError);
            credit.assign();
            return result;
        }

        @Override
        public void learnMore(int update) {
            credit.assignMore(update);
        }

        @Override
        public Map<String, Tensor> activations() {
            Map<String, Tensor> activations = new LinkedHashMap<>();
            for (Node node : pass.graph().nodes()) {
                activations.put(node.name(), pass.activation(node));
            }
            return activations;
        }

        @Override
        public Map<String, Tensor> nodeStates() {
            Map<String, Tensor> states = new LinkedHashMap<>();
            for (Node node : pass.graph().nodes()) {
                if (pass.value(node) != pass.activation(node)) {
                    states.put(node.name(), pass.value(node));
                }
            }
            return states;
        }

        @Override
        public Map<String, Tensor> errors() {
            return ErrorSweep.errors(network(), context.arena(), batch.size());
        }
    }
}
