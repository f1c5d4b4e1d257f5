package org.bpfree.learn.feedback;

import org.bpfree.graph.Parameter;
import org.bpfree.learn.LearnerContext;
import org.bpfree.tensor.Tensor;

/**
 * Feedback alignment (Lillicrap, Cownden, Tweed and Akerman, <i>Random synaptic feedback weights support error backpropagation for
 * deep learning</i>, Nature Communications 7:13276, 2016): {@code delta(l) = B(l+1)^T delta(l+1) * phi'(z(l))} with {@code B} drawn
 * once from the law of the weights, independently of them. Learning turns {@code W} towards {@code B}, and the delivered error ends
 * up within 90 degrees of that of backpropagation.
 *
 * <p>Costs a step of backpropagation, and memory for a second set of weights.
 */
public final class FeedbackAlignmentLearner extends StandInLearner {
    /** A learner with feedback for all weights that errors cross. */
    public FeedbackAlignmentLearner(FaSettings settings, LearnerContext context) {
        super(settings, context);
        for (Parameter parameter : context.graph().crossedWeights()) {
            Tensor feedback = draw(name(parameter), parameter.spec());
            standIn(parameter, keep(name(parameter), feedback));
        }
    }
}
