package org.bpfree.learn;

import java.util.random.RandomGenerator;
import org.bpfree.random.RandomStream;

/**
 * Points around random centres, as images of one row: centres are standard normal, points spread around them; clusters belong to the
 * classes in turn.
 */
public final class GaussianClusters {
    private final int dimensions;
    private final float[][] points;
    private final int[] labels;

    /**
     * Draws the points.
     *
     * @param seed of the random numbers
     * @param spread standard deviation of a point around its centre
     */
    public GaussianClusters(int seed, int count, int dimensions, int clusters, int classes, double spread) {
        this.dimensions = dimensions;
        points = new float[count][dimensions];
        labels = new int[count];
        RandomGenerator random = RandomStream.of(seed, "test/clusters");
        double[][] centres = new double[clusters][dimensions];
        for (double[] centre : centres) {
            for (int i = 0; i < dimensions; i++) {
                centre[i] = random.nextGaussian();
            }
        }
        for (int p = 0; p < count; p++) {
            int cluster = random.nextInt(clusters);
            labels[p] = cluster % classes;
            for (int i = 0; i < dimensions; i++) {
                points[p][i] = (float) (centres[cluster][i] + spread * random.nextGaussian());
            }
        }
    }

    /** The points from one on as a batch. */
    public LabelledImages batch(Bench bench, int from, int size) {
        float[] pixels = new float[size * dimensions];
        int[] batchLabels = new int[size];
        for (int i = 0; i < size; i++) {
            System.arraycopy(points[from + i], 0, pixels, i * dimensions, dimensions);
            batchLabels[i] = labels[from + i];
        }
        return bench.slot.fill(pixels, batchLabels, size);
    }
}
