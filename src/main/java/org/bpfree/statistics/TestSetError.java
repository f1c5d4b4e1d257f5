package org.bpfree.statistics;

import java.util.BitSet;
import java.util.List;

/**
 * The sampling error of a test set: how far an accuracy, or a difference of two, may lie from what it would be on endless images of the
 * same kind. More seeds do not make it smaller, more test images do.
 */
public final class TestSetError {
    private TestSetError() {}

    /**
     * Standard error of a mean accuracy over images.
     *
     * @param correct which images each run classified correctly, one set a seed
     * @param images how many there are
     */
    public static double of(List<BitSet> correct, int images) {
        return error(images, image -> share(correct, image));
    }

    /** Standard error of the mean difference of two arms, paired over images: what is hard for both cancels. */
    public static double ofDifference(List<BitSet> first, List<BitSet> second, int images) {
        return error(images, image -> share(first, image) - share(second, image));
    }

    private interface OfImage {
        double value(int image);
    }

    private static double error(int images, OfImage of) {
        double mean = 0;
        double squares = 0;
        for (int image = 0; image < images; image++) { // Welford's recurrence
            double value = of.value(image);
            double step = value - mean;
            mean += step / (image + 1);
            squares += step * (value - mean);
        }
        return images < 2 ? Double.NaN : Math.sqrt(squares / (images - 1) / images);
    }

    private static double share(List<BitSet> runs, int image) {
        double right = 0;
        for (BitSet run : runs) {
            right += run.get(image) ? 1 : 0;
        }
        return right / runs.size();
    }
}
