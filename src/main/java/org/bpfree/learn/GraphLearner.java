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
     * @param errors that of the output is the derivative of the loss by the class scores after the forward pass; credit assignment adds its own
     */
    protected abstract Credit bind(Pass pass, LabelledImages batch, Errors errors);

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
        Errors errors = new Errors(pass, context.arena());
        return new OneForward(pass, batch, errors, bind(pass, batch, errors));
    }

    private final class OneForward implements Step {
        private final Pass pass;
        private final LabelledImages batch;
        private final Errors errors;
        private final Credit credit;

        OneForward(Pass pass, LabelledImages batch, Errors errors, Credit credit) {
            this.pass = pass;
            this.batch = batch;
            this.errors = errors;
            this.credit = credit;
        }

        @Override
        public Loss.Result learn() {
            pass.forward();
            Loss.Result result = context.loss().evaluate(pass.output(), batch.targets(), errors.output(), null);
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
            return errors.byName();
        }
    }
}
