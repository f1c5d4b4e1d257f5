package org.bpfree.train;

import java.util.Map;
import org.bpfree.learn.LabelledImages;
import org.bpfree.learn.Learner;
import org.bpfree.learn.Trained;
import org.bpfree.tensor.Tensor;

/** Training produced NaN or infinity, or a loss so large that it has blown up. */
public final class Divergence extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean betweenBatches;

    /**
     * Names the place.
     *
     * @param where the tensor or figure, in words
     * @param value what it is
     */
    public Divergence(String where, double value) {
        this(where + " is " + value, false);
    }

    private Divergence(String what, boolean betweenBatches) {
        super(what);
        this.betweenBatches = betweenBatches;
    }

    /**
     * A loss of the batch in hand that is too large.
     *
     * @param what the figure, its value and what is wrong with it, in words
     */
    static Divergence ofBatch(String what) {
        return new Divergence(what, false);
    }

    /** A tensor that cannot hold what a step would write. */
    static Divergence ofStep(String tensor) {
        return ofBatch("the tensor " + tensor + ", or the memory the optimizer keeps of it, overflows by the step");
    }

    /**
     * A divergence that a measurement between batches finds, after the step that caused it.
     *
     * @param what the figure, its value and what is wrong with it, in words
     */
    static Divergence betweenBatches(String what) {
        return new Divergence(what, true);
    }

    /** Whether a measurement after the last step found it, and not the step in hand. */
    public boolean betweenBatches() {
        return betweenBatches;
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
