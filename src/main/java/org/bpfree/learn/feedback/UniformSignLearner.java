package org.bpfree.learn.feedback;

import org.bpfree.graph.InitialValues;
import org.bpfree.graph.Parameter;
import org.bpfree.learn.LearnerContext;
import org.bpfree.tensor.Elementwise;
import org.bpfree.tensor.Norm;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Tensor;

/**
 * Uniform sign-concordant feedback, uSF: {@code B = c sign(W)} with one {@code c} a layer ({@link SignLearner} tells of signs).
 *
 * <ul>
 *   <li>{@code magnitude: init}: {@code c} is the standard deviation of the initial law, {@code sqrt(2 / (fan-in + fan-out))} for
 *       Glorot's as in BioTorch (arXiv 2108.13446), so that {@code |B|} is about the norm of the initial weights; with {@code c = 1}, as
 *       Liao et al. write it, errors grow by {@code 1/c} a layer.
 *   <li>{@code norm-init}: {@code c = |W(0)| / |sign(W)|}, "uSF Init" of Moskovitz, Litwin-Kumar and Abbott (arXiv 1812.06488, 2018).
 *   <li>{@code strict}: {@code c = |W| / |sign(W)|} with the present weights, their "uSF SN". The names and forms of these two are
 *       from memory; the paper was not at hand.
 * </ul>
 */
public final class UniformSignLearner extends SignLearner {
    /** A learner with feedback for all weights that errors cross. */
    public UniformSignLearner(UsfSettings settings, LearnerContext context) {
        super(settings, context);
        for (Parameter parameter : context.graph().crossedWeights()) {
            Tensor feedback = zerosLike(parameter);
            addFeedback(parameter, signs(settings, parameter, feedback), feedback, settings.concordance());
        }
    }

    private Routine signs(UsfSettings settings, Parameter parameter, Tensor feedback) {
        Tensor weights = context.parameters().get(parameter);
        if (settings.magnitude() == UsfSettings.Magnitude.INIT) {
            double c = settings.scale() * InitialValues.rootMeanSquare(law(parameter.spec()));
            return Elementwise.sign(weights, c, feedback);
        }
        Norm norm = new Norm(feedback);
        Routine signs = Elementwise.sign(weights, 1, feedback);
        if (settings.magnitude() == UsfSettings.Magnitude.NORM_INIT) {
            Tensor initial = initialNorm(parameter);
            return signs.then(() -> norm.rescale(settings.scale() * initial.at(0)));
        }
        Norm present = new Norm(weights);
        return signs.then(() -> norm.rescale(settings.scale() * present.value()));
    }
}
