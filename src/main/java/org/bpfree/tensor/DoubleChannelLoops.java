package org.bpfree.tensor;

import java.util.Arrays;

/** {@link ChannelLoops} in double precision. */
final class DoubleChannelLoops extends ChannelLoops {
    private final double[] xs;
    private final double[] es;
    private final double[] means;
    private final double[] factors;
    private final double[] offsets;
    private final double[] slopes;
    private final double[] sums;
    private final double[] products;

    DoubleChannelLoops(int firstRow, int endRow, int channels) {
        super(firstRow, endRow, channels);
        xs = new double[chunk()];
        es = new double[chunk()];
        means = new double[chunk()];
        factors = new double[chunk()];
        offsets = new double[chunk()];
        slopes = new double[chunk()];
        sums = new double[chunk()];
        products = new double[chunk()];
    }

    @Override
    void set(double[] mean, double[] factor, double[] offset) {
        repeat(mean, means);
        repeat(factor, factors);
        repeat(offset, offsets);
    }

    @Override
    void setSlope(double[] slope) {
        repeat(slope, slopes);
    }

    private void repeat(double[] values, double[] repeated) {
        if (values == null) {
            return;
        }
        for (int c = 0; c < channels; c++) {
            repeated[c] = values[c];
        }
        for (int i = channels; i < repeated.length; i++) {
            repeated[i] = repeated[i - channels];
        }
    }

    @Override
    void addChunk(Tensor x, int from, int n) {
        x.read(from, xs, 0, n);
        for (int i = 0; i < n; i++) {
            sums[i] += xs[i];
        }
    }

    @Override
    void addMoments(Tensor x, int from, int n) {
        x.read(from, xs, 0, n);
        for (int i = 0; i < n; i++) {
            double difference = xs[i] - means[i];
            sums[i] += difference;
            products[i] += difference * difference;
        }
    }

    @Override
    void addProducts(Tensor x, Tensor e, int from, int n) {
        e.read(from, es, 0, n);
        addProducts(x, from, n);
    }

    @Override
    void addRectified(Tensor x, Tensor e, Tensor rectified, Tensor passed, int from, int n) {
        e.read(from, es, 0, n);
        rectified.read(from, xs, 0, n);
        for (int i = 0; i < n; i++) {
            es[i] *= Math.signum(xs[i]);
        }
        pass(x, passed, from, n);
    }

    @Override
    void addDisplaced(Tensor x, Tensor shortcut, Tensor displacement, Tensor passed, int from, int n) {
        preActivation(x, shortcut, from, n);
        displacement.read(from, es, 0, n);
        for (int i = 0; i < n; i++) {
            es[i] = Math.max(xs[i], 0) - Math.max(xs[i] - es[i], 0);
        }
        pass(x, passed, from, n);
    }

    private void pass(Tensor x, Tensor passed, int from, int n) {
        if (passed != null) {
            passed.write(from, es, 0, n);
        }
        addProducts(x, from, n);
    }

    private void addProducts(Tensor x, int from, int n) {
        x.read(from, xs, 0, n);
        for (int i = 0; i < n; i++) {
            sums[i] += es[i];
            products[i] += es[i] * (xs[i] - means[i]);
        }
    }

    @Override
    void affineChunk(Tensor x, Tensor y, int from, int n) {
        affine(x, from, n);
        y.write(from, xs, 0, n);
    }

    @Override
    void rectifiedChunk(Tensor x, Tensor shortcut, Tensor y, int from, int n) {
        preActivation(x, shortcut, from, n);
        for (int i = 0; i < n; i++) {
            xs[i] = Math.max(xs[i], 0);
        }
        y.write(from, xs, 0, n);
    }

    private void preActivation(Tensor x, Tensor shortcut, int from, int n) {
        affine(x, from, n);
        if (shortcut != null) {
            shortcut.read(from, es, 0, n);
            for (int i = 0; i < n; i++) {
                xs[i] += es[i];
            }
        }
    }

    private void affine(Tensor x, int from, int n) {
        x.read(from, xs, 0, n);
        for (int i = 0; i < n; i++) {
            xs[i] = factors[i] * (xs[i] - means[i]) + offsets[i];
        }
    }

    @Override
    void combineChunk(Tensor x, Tensor e, Tensor y, int from, int n) {
        x.read(from, xs, 0, n);
        e.read(from, es, 0, n);
        for (int i = 0; i < n; i++) {
            xs[i] = factors[i] * es[i] + slopes[i] * (xs[i] - means[i]) + offsets[i];
        }
        y.write(from, xs, 0, n);
    }

    @Override
    void collect(double[] sumOfChannel, double[] productOfChannel) {
        empty(sums, sumOfChannel);
        if (productOfChannel != null) {
            empty(products, productOfChannel);
        }
    }

    /** Adds up the rows of a chunk, the second half of them to the first until one is left, so that loops are long. */
    private void empty(double[] strands, double[] ofChannel) {
        for (int rows = strands.length / channels; rows > 1; rows -= rows / 2) {
            int moved = rows / 2 * channels;
            System.arraycopy(strands, rows * channels - moved, xs, 0, moved);
            for (int i = 0; i < moved; i++) {
                strands[i] += xs[i];
            }
        }
        for (int c = 0; c < channels; c++) {
            ofChannel[c] += strands[c];
        }
        Arrays.fill(strands, 0);
    }
}
