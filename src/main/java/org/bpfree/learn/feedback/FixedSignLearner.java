package org.bpfree.learn.feedback;

import org.bpfree.graph.Parameter;
import org.bpfree.learn.LearnerContext;
import org.bpfree.tensor.Chunked;
import org.bpfree.tensor.Elementwise;
import org.bpfree.tensor.Tensor;

/**
 * Fixed random sign-concordant feedback, frSF: {@code B = M * sign(W)} with {@code M} the absolute values of a draw of the initial law
 * ({@link SignLearner} tells of signs). {@code M} is drawn once; no update and no weight decay reaches it.
 *
 * <p>What is kept is {@code M}, not {@code M * sign(W(0))}: that would be another algorithm ({@code feedback_alignment_signed_init} of
 * github.com/willwx/sign-symmetry), which loses concordance as soon as a weight crosses zero. BioTorch reports the angle between
 * {@code W} and {@code M} for this learner, which says nothing; the stand-in here is {@code B}.
 */
public final class FixedSignLearner extends SignLearner {
    /** A learner with feedback for all weights that errors cross. */
    public FixedSignLearner(FrsfSettings settings, LearnerContext context) {
        super(settings, context);
        for (Parameter parameter : context.graph().crossedWeights()) {
            Tensor magnitudes = keep(name(parameter), draw(name(parameter), parameter.spec()));
            Chunked.map(magnitudes, magnitudes, FixedSignLearner::absolute).run();
            Tensor feedback = zerosLike(parameter);
            Tensor weights = context.parameters().get(parameter);
            addFeedback(
                    parameter,
                    Elementwise.multiplyBySign(magnitudes, weights, feedback),
                    feedback,
                    settings.concordance());
        }
    }

    private static void absolute(double[] x, int n) {
        for (int i = 0; i < n; i++) {
            x[i] = Math.abs(x[i]);
        }
    }
}
