package org.bpfree.measure;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.bpfree.graph.Parameter;
import org.bpfree.learn.LabelledImages;
import org.bpfree.learn.Learner;
import org.bpfree.learn.LearnerContext;
import org.bpfree.learn.Trained;
import org.bpfree.learn.backprop.BackpropLearner;
import org.bpfree.tensor.Arena;
import org.bpfree.tensor.Tensor;

/**
 * Backpropagation's gradients on the weights and batch of another learner, without a trace left behind. A network that a learner runs in
 * its own way, such as one that spikes, has a reference of its own ({@link org.bpfree.learn.LearnerProvider#reference}).
 */
public final class BackpropReference {
    private final LearnerContext context;
    private final Learner learner;

    /** Plain backpropagation for a learner with the given context; it has scratch of its own. */
    public BackpropReference(LearnerContext context) {
        this(context, BackpropLearner::new);
    }

    /**
     * A reference for a learner with the given context.
     *
     * @param reference makes the learner that knows the gradients; it gets scratch of its own
     */
    public BackpropReference(LearnerContext context, Function<LearnerContext, Learner> reference) {
        this.context = context.apart(new Arena(context.arena().precision()));
        learner = reference.apply(this.context);
    }

    /** The activation of every node in the forward pass of the last {@link #gradients} of a batch of this size, by name. */
    public Map<String, Tensor> activations(LabelledImages batch) {
        return learner.activations(batch);
    }

    /** The gradient of every parameter, summed over the batch, by key. */
    public Map<String, Tensor> gradients(LabelledImages batch) {
        Map<Tensor, double[]> statistics = new LinkedHashMap<>();
        for (Parameter parameter : context.graph().parameters()) {
            if (!parameter.trainable()) {
                // Running statistics are written by a forward pass; this one must not count.
                Tensor value = context.parameters().get(parameter);
                statistics.put(value, value.toDoubles());
            }
        }
        learner.learn(batch);
        statistics.forEach(Tensor::write);
        Map<String, Tensor> gradients = new LinkedHashMap<>();
        for (Trained trained : learner.trained()) {
            gradients.put(trained.name(), trained.update());
        }
        return gradients;
    }
}
