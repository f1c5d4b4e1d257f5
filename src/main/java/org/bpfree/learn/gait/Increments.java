package org.bpfree.learn.gait;

import java.util.Arrays;

/**
 * How far the activities of one layer move towards their targets, for each sample as a share {@code h = g / m} of its error {@code e =
 * m (y - t)}. Fixed increments shrink by {@code g = gamma} a layer; adaptive ones ({@code g = gamma sqrt(D) / |t - y|}, arXiv
 * 2102.11598, code {@code compute_adaptive_gamma}) move every layer by a root mean square of {@code gamma}. The compensation of the layer
 * below is {@code m = 1 / h}.
 */
final class Increments {
    private final Targets targets;
    private final double[] above;
    private final double[] shares;
    private final double rootUnits;

    private Increments(Targets targets, double[] above, double units) {
        this.targets = targets;
        this.above = above;
        shares = new double[above.length];
        rootUnits = Math.sqrt(units);
    }

    /** What lies above the output: a compensation of 1, or of 2 where the target is half the gradient away. */
    static Increments atOutput(Targets targets, int batch) {
        Increments output = new Increments(targets, new double[batch], 1);
        Arrays.fill(output.shares, targets.outputShare());
        return output;
    }

    /** The increments of the next layer down; {@code units} counts its units, auxiliary ones included ({@code D}). */
    Increments below(double units) {
        return new Increments(targets, shares, units);
    }

    /** Decides on the share of a sample; a sample without error does not move, lest rounding be taken for an error. */
    double decide(int sample, double errorNorm) {
        double share = targets.adaptive() ? targets.gamma() * rootUnits / errorNorm : targets.gamma() * above[sample];
        shares[sample] = errorNorm == 0 ? 0 : share;
        return shares[sample];
    }

    /** {@code 1 / m} of this layer: the share that was decided in the layer above. */
    double above(int sample) {
        return above[sample];
    }

    /** {@code m} of the layer below; 0 for a sample without error. */
    double compensationBelow(int sample) {
        return shares[sample] == 0 ? 0 : 1 / shares[sample];
    }
}
