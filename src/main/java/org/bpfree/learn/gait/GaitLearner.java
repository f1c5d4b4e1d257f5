package org.bpfree.learn.gait;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bpfree.graph.Node;
import org.bpfree.graph.Parameter;
import org.bpfree.graph.Pass;
import org.bpfree.learn.ErrorSweep;
import org.bpfree.learn.Errors;
import org.bpfree.learn.GraphLearner;
import org.bpfree.learn.LabelledImages;
import org.bpfree.learn.LearnerContext;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Tensor;

/**
 * GAIT-prop, incremental and plain target propagation: a sweep of errors in which {@link TargetRule} takes the place of each layer's
 * backward, with inverses that are factorized anew at each step. The target of the output is {@code scores - derivative of the loss}, so
 * for the squared error the one-hot label, or half as far with {@code outputTarget: half-gradient}; auxiliary units keep their own activity (arXiv 2006.06438, released code).
 *
 * <p>Beside a step of backpropagation, a crossed dense layer of width {@code n} costs {@code 2/3 n^3} multiply-adds for its factors, and its
 * error {@code n^2} a sample through them as through the weights; a crossed convolution of width {@code D} costs {@code D^3} at most.
 */
public final class GaitLearner extends GraphLearner {
    private final Targets targets;
    private final Map<Node, Inverse> inverses = new LinkedHashMap<>();

    /** A learner for all trainable parameters of a graph that {@link Invertibility} has accepted. */
    GaitLearner(Targets targets, LearnerContext context) {
        super(context);
        this.targets = targets;
        train(context.graph().trainableParameters());
        for (Node node : context.graph().crossedNodes()) {
            Tensor weights = context.parameters().get(node.parameters().get(0));
            inverses.put(node, new Inverse(node, weights, context.arena()));
        }
    }

    @Override
    protected Credit bind(Pass pass, LabelledImages batch, Errors errors) {
        Routine factorize = Routine.NOTHING;
        for (Inverse inverse : inverses.values()) {
            factorize = factorize.then(inverse.factorize());
        }
        TargetRule rule = new TargetRule(targets, context, inverses, batch.size(), this::update);
        return factorize.then(ErrorSweep.bind(pass, errors, rule))::run;
    }

    /** The inverse of each crossed layer, transposed to the layout of its weights. */
    @Override
    public Map<String, Tensor> feedback() {
        Map<String, Tensor> feedback = new LinkedHashMap<>();
        inverses.forEach((node, inverse) -> {
            Parameter weights = node.parameters().get(0);
            feedback.put(weights.key(), inverse.transposed());
        });
        return feedback;
    }
}
