package org.bpfree.learn.feedback;

import java.util.random.RandomGenerator;
import org.bpfree.graph.InitialValues;
import org.bpfree.graph.Parameter;
import org.bpfree.graph.ParameterSpec;
import org.bpfree.learn.LearnerContext;
import org.bpfree.tensor.Elementwise;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Tensor;

/**
 * Batch-wise random sign-concordant feedback, brSF: {@code B = M * sign(W)} with {@code M} the absolute values of a draw of the
 * initial law, a new one for each batch ({@link SignLearner} tells of signs).
 *
 * <p>Earlier versions of BioTorch (arXiv 2108.13446) left out the absolute value, which makes the signs random as well. Costs one draw
 * of all weights a step beside the product; the generator of each draw is a small object on the heap.
 */
public final class BatchSignLearner extends SignLearner {
    private final double scale;

    /** A learner with feedback for all weights that errors cross. */
    public BatchSignLearner(BrsfSettings settings, LearnerContext context) {
        super(settings, context);
        scale = settings.scale();
        for (Parameter parameter : context.graph().crossedWeights()) {
            Tensor feedback = zerosLike(parameter);
            Tensor weights = context.parameters().get(parameter);
            addFeedback(
                    parameter,
                    draw(parameter, feedback).then(Elementwise.multiplyBySign(feedback, weights, feedback)),
                    feedback,
                    settings.concordance());
        }
    }

    /** Overwrites a tensor by new magnitudes. */
    private Routine draw(Parameter parameter, Tensor magnitudes) {
        ParameterSpec law = law(parameter.spec());
        double[] values = new double[magnitudes.size()];
        return () -> {
            RandomGenerator random = context.noise().stream(name(parameter));
            InitialValues.draw(law, random, values);
            for (int i = 0; i < values.length; i++) {
                values[i] = scale * Math.abs(values[i]);
            }
            magnitudes.write(values);
        };
    }
}
