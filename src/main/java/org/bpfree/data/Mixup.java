package org.bpfree.data;

import java.util.random.RandomGenerator;
import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * Mixes each image of a batch with another one of it: {@code p x + (1 - p) x'}, with one {@code p} a batch from the Beta distribution, and {@code x'}
 * from a random order of the same batch (Zhang, Cisse, Dauphin, Lopez-Paz: mixup, arXiv 1710.09412, section 2). The larger share goes to the
 * image whose place in the batch is kept, which is the same distribution of mixtures, since either image may be the first.
 */
final class Mixup {
    private final BetaDistribution shares; // null for no mixture
    private final float[] unmixed; // [batch, image]
    private final int[] labels; // [batch]

    /**
     * Mixtures.
     *
     * @param parameter of the Beta distribution, twice; 0 for none
     */
    Mixup(double parameter, int batchSize, int imageSize) {
        this.shares = parameter > 0 ? BetaDistribution.of(parameter, parameter) : null;
        this.unmixed = new float[parameter > 0 ? batchSize * imageSize : 0];
        this.labels = new int[parameter > 0 ? batchSize : 0];
    }

    /** Whether batches are mixed. */
    boolean active() {
        return shares != null;
    }

    /** Mixes a batch, and tells it the other labels and the share. */
    void apply(Batch batch, int imageSize, RandomGenerator random) {
        double drawn = shares.inverseCumulativeProbability(random.nextDouble());
        double share = Math.max(drawn, 1 - drawn);
        int[] order = Permutation.of(batch.size, random);
        System.arraycopy(batch.images, 0, unmixed, 0, batch.size * imageSize);
        System.arraycopy(batch.labels, 0, labels, 0, batch.size);
        batch.share = share;
        for (int image = 0; image < batch.size; image++) {
            batch.others[image] = labels[order[image]];
            int own = image * imageSize;
            int other = order[image] * imageSize;
            for (int i = 0; i < imageSize; i++) {
                batch.images[own + i] = (float) (share * unmixed[own + i] + (1 - share) * unmixed[other + i]);
            }
        }
    }
}
