package org.bpfree.learn.feedback;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.bpfree.graph.Parameter;
import org.bpfree.learn.LearnerContext;
import org.bpfree.random.RandomStream;
import org.bpfree.tensor.Elementwise;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Tensor;

/**
 * Sign-concordant feedback (Liao, Leibo and Poggio, <i>How Important Is Weight Symmetry in Backpropagation?</i>, arXiv 1510.05067,
 * 2016): {@code B = M * F * sign(W)} element by element, with magnitudes {@code M >= 0} that tell the three variants apart, and flips
 * {@code F} of 1 and -1.
 *
 * <p>{@code sign(W)} is that of the weights of the forward pass, taken before the optimizer moves them; {@code sign(0) = 0}, so that a
 * weight of exactly zero carries no error. With {@code concordance: p} a share of {@code 1 - p} of the flips is -1 (rounded to whole
 * weights), drawn once; with the default 1 there are no flips, and no memory is spent on them.
 *
 * <p>Costs a step of backpropagation and one pass over the weights for the product.
 */
abstract class SignLearner extends StandInLearner {
    SignLearner(FeedbackSettings settings, LearnerContext context) {
        super(settings, context);
    }

    /**
     * Adds the feedback of some weights.
     *
     * @param signedMagnitudes writes {@code M * sign(W)} into {@code feedback}
     * @param feedback stands in for the weights
     */
    final void addFeedback(Parameter parameter, Routine signedMagnitudes, Tensor feedback, double concordance) {
        standIn(parameter, feedback);
        refreshBy(signedMagnitudes);
        if (concordance < 1) {
            String name = "flips/" + parameter.key();
            double[] flips =
                    flips(feedback.size(), 1 - concordance, RandomStream.of(context.seed(), "feedback/" + name));
            Tensor kept = keep(name, Tensor.of(feedback.precision(), feedback.shape(), flips));
            refreshBy(Elementwise.multiply(feedback, kept, feedback));
        }
    }

    /** A new tensor of the shape of some weights. */
    final Tensor zerosLike(Parameter parameter) {
        return Tensor.zeros(context.arena().precision(), parameter.spec().shape());
    }

    /** Ones, of which a share is negative, every choice being equally likely. */
    static double[] flips(int size, double share, RandomGenerator random) {
        double[] flips = new double[size];
        Arrays.fill(flips, 1);
        long wanted = Math.round(share * size);
        for (int i = 0; i < size && wanted > 0; i++) {
            if (random.nextDouble() * (size - i) < wanted) {
                flips[i] = -1;
                wanted--;
            }
        }
        return flips;
    }
}
