package org.bpfree.train;

import java.util.Map;
import org.bpfree.learn.LabelledImages;
import org.bpfree.learn.Learner;
import org.bpfree.learn.Trained;
import org.bpfree.tensor.Tensor;

/** Training produced NaN or infinity. */
public final class Divergence extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Names the place.
     *
     * @param where the tensor or figure, in words
     * @param value what it is
     */
    public Divergence(String where, double value) {
        super(where + " is " + value);
    }

    /** A loss that is not finite, traced to the first tensor of the network that is not. */
    static Divergence ofLoss(Learner learner, LabelledImages batch, double loss) {
        for (Map.Entry<String, Tensor> activation : learner.activations(batch).entrySet()) {
            for (Trained trained : learner.trained()) {
                boolean inNode = trained.name().startsWith(activation.getKey() + "/");
                if (inNode && hasNonFinite(trained.value())) {
                    return new Divergence("the tensor " + trained.name(), firstNonFinite(trained.value()));
                }
            }
            if (hasNonFinite(activation.getValue())) {
                return new Divergence(
                        "the activation of " + activation.getKey(), firstNonFinite(activation.getValue()));
            }
        }
        return new Divergence("the loss", loss);
    }

    private static boolean hasNonFinite(Tensor tensor) {
        return !Double.isFinite(firstNonFinite(tensor));
    }

    private static double firstNonFinite(Tensor tensor) {
        for (double element : tensor.toDoubles()) {
            if (!Double.isFinite(element)) {
                return element;
            }
        }
        return 0;
    }
}
