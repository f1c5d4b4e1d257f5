package org.bpfree.learn.local;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Node;
import org.bpfree.graph.Parameter;
import org.bpfree.graph.Pass;
import org.bpfree.learn.ErrorSweep;
import org.bpfree.learn.Errors;
import org.bpfree.learn.GraphLearner;
import org.bpfree.learn.LabelledImages;
import org.bpfree.learn.LearnerContext;
import org.bpfree.tensor.Elementwise;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Tensor;

/**
 * A network in blocks, each of which learns by backpropagation from the losses of its own heads and sends nothing down; the output's block learns
 * from the loss of the experiment.
 *
 * <p>Costs the forward pass and the gradients of all weights, two thirds of a step of backpropagation, and the heads.
 */
class BlockLearner extends GraphLearner {
    private final Map<Node, List<Head>> heads = new LinkedHashMap<>();

    /**
     * A learner for all trainable parameters.
     *
     * @param ends the nodes at which blocks end
     * @param teachers the heads of a block
     */
    BlockLearner(LearnerContext context, List<Node> ends, Function<Node, List<Head>> teachers) {
        super(context);
        train(context.graph().trainableParameters());
        for (Node end : ends) {
            List<Head> ofEnd = teachers.apply(end);
            heads.put(end, ofEnd);
            ofEnd.forEach(head -> head.trained().forEach(this::train));
        }
    }

    @Override
    protected final Credit bind(Pass pass, LabelledImages batch, Errors errors) {
        Map<Node, Routine> teaching = new LinkedHashMap<>();
        heads.forEach((end, ofEnd) -> teaching.put(end, teach(ofEnd, pass.value(end), batch, errors.make(end))));
        return ErrorSweep.bind(pass, errors, new BlockRule(errors, teaching))::run;
    }

    private Routine teach(List<Head> ofEnd, Tensor output, LabelledImages batch, Tensor error) {
        Routine all = ofEnd.get(0).teach(output, batch, error);
        for (Head other : ofEnd.subList(1, ofEnd.size())) {
            Tensor part = context.arena()
                    .batch(
                            "head/part of " + error.shape().inner(),
                            batch.size(),
                            error.shape().inner());
            all = all.then(other.teach(output, batch, part)).then(Elementwise.add(error, part, error));
        }
        return all;
    }

    /** The mean loss of an image at each block's end in the last batch. */
    @Override
    public Map<String, Double> measurements(LabelledImages batch) {
        Map<String, Double> losses = new LinkedHashMap<>();
        heads.forEach((end, ofEnd) -> losses.put(
                "head/" + end.name() + "/loss",
                ofEnd.stream().mapToDouble(Head::lossSum).sum() / batch.size()));
        return losses;
    }

    private final class BlockRule implements ErrorSweep.Rule {
        private final Errors errors;
        private final Map<Node, Routine> teaching;

        BlockRule(Errors errors, Map<Node, Routine> teaching) {
            this.errors = errors;
            this.teaching = teaching;
        }

        @Override
        public Tensor update(Parameter parameter) {
            return BlockLearner.this.update(parameter);
        }

        @Override
        public Tensor feedback(Parameter parameter) {
            return context.parameters().get(parameter);
        }

        @Override
        public Tensor given(Node node) {
            return teaching.containsKey(node) ? errors.make(node) : null;
        }

        @Override
        public Routine backward(Node node, Pass pass, Kernel.Wiring wiring) {
            return teaching.getOrDefault(node, Routine.NOTHING)
                    .then(ErrorSweep.Rule.super.backward(node, pass, wiring));
        }
    }

    /** The ends of all blocks below the output's. */
    final List<Node> ends() {
        return new ArrayList<>(heads.keySet());
    }
}
