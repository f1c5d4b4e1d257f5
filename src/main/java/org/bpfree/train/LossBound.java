package org.bpfree.train;

import java.util.Locale;
import java.util.Map;
import org.bpfree.graph.Loss;
import org.bpfree.tensor.Tensor;

/**
 * The mean loss of an image above which training counts as diverged although its numbers are still finite.
 *
 * @param factor times the loss of guessing; 0 for no bound
 * @param guessing mean loss of an image where all classes are given the same score; 0 where that is not known, for no bound
 */
public record LossBound(double factor, double guessing) {
    /** Losses that are not finite are the only ones that are too large. */
    public static final LossBound NONE = new LossBound(0, 0);

    /**
     * Holds the losses of some images against the bound.
     *
     * @param what the figure, in words
     * @return what is wrong, in words: the figure, its value and the bound; null when nothing is
     */
    String excess(String what, Loss.Result result) {
        double loss = result.meanLoss();
        if (!Double.isFinite(loss)) {
            return what + " is " + loss;
        }
        double bound = factor * guessing;
        return bound > 0 && loss > bound
                ? String.format(
                        Locale.ROOT,
                        "%s is %.4g, above %.4g, which is %s times that of guessing (training.divergenceFactor)",
                        what,
                        loss,
                        bound,
                        shortest(factor))
                : null;
    }

    /**
     * Holds losses that were measured between batches against the bound.
     *
     * @param what the figure, in words
     * @throws Divergence if the loss is not finite or above the bound
     */
    public void check(String what, Loss.Result result) {
        String excess = excess(what, result);
        if (excess != null) {
            throw Divergence.betweenBatches(excess);
        }
    }

    /**
     * Holds the tensors of a run, of which some are not moved by an optimizer, against what predictions need.
     *
     * @param tensors by name
     * @throws Divergence if one is not finite
     */
    public static void requireFinite(Map<String, Tensor> tensors) {
        tensors.forEach((name, tensor) -> {
            if (!tensor.isFinite()) {
                throw Divergence.betweenBatches("the tensor " + name + " is not finite");
            }
        });
    }

    private static String shortest(double number) {
        return number == Math.rint(number) && number < 1e15 ? String.valueOf((long) number) : String.valueOf(number);
    }
}
