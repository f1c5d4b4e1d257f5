package org.bpfree.learn.feedback;

import org.bpfree.graph.Parameter;
import org.bpfree.learn.LearnerContext;
import org.bpfree.tensor.Tensor;

/**
 * Kolen-Pollack learning (Kolen and Pollack, <i>Backpropagation without weight transport</i>, 1994; Akrout, Wilson, Humphreys,
 * Lillicrap and Tweed, <i>Deep Learning without Weight Transport</i>, arXiv 1904.05391, 2019): errors travel through {@code B}, and
 * {@code B} is trained with the update and the decay of {@code W}. With gradient descent, step {@code eta} and weight decay {@code d},
 *
 * <pre>
 *   W &lt;- W - eta (dW + d W)
 *   B &lt;- B - eta (dW + d B)
 *   W - B &lt;- (1 - eta d) (W - B)
 * </pre>
 *
 * whatever the data: the two grow equal. Without weight decay they never do, so set {@code optimizer.weightDecay}; the released code
 * (github.com/makrout/Deep-Learning-without-Weight-Transport) also defaults to none. With momentum {@code W - B} follows the momentum
 * dynamics of decay alone. Optimizers that divide by running gradient sizes, such as Adam, shrink the two by different amounts.
 *
 * <p>{@code B} is an ordinary trained tensor that shares the update of {@code W}. Costs a step of backpropagation, a second set of
 * weights, and the optimizer's step on it.
 */
public final class KolenPollackLearner extends StandInLearner {
    /** A learner with feedback for all weights that errors cross. */
    public KolenPollackLearner(KolenPollackSettings settings, LearnerContext context) {
        super(settings, context);
        for (Parameter parameter : context.graph().crossedWeights()) {
            Tensor feedback = draw(name(parameter), parameter.spec());
            trainOwn(name(parameter), feedback, update(parameter));
            standIn(parameter, feedback);
        }
    }
}
