package org.bpfree.tensor;

/** Passes of {@link ChannelLoops} over whole matrices, their rows shared between threads. Sums depend on the number of threads in their last digits. */
final class ChannelPasses {
    /** Elements of which a thread should have as many at least. */
    private static final int LEAST_SHARE = Parallel.least(0.15);

    private final int channels;
    private final ChannelLoops[] loops;
    private final double[][] sums; // of each share
    private final double[][] products;

    private ChannelPasses(ChannelLoops[] loops, int channels) {
        this.loops = loops;
        this.channels = channels;
        sums = new double[loops.length][channels];
        products = new double[loops.length][channels];
    }

    /** Passes over tensors of the size and precision of {@code example}, whose last axis, or last axes, have {@code channels} elements. */
    static ChannelPasses over(Tensor example, int channels) {
        int rows = example.size() / channels;
        int shares = Parallel.shares(rows, LEAST_SHARE / channels + 1);
        ChannelLoops[] loops = new ChannelLoops[shares];
        for (int i = 0; i < shares; i++) {
            loops[i] = ChannelLoops.over(
                    example.precision(),
                    Parallel.begin(rows, shares, i),
                    Parallel.begin(rows, shares, i + 1),
                    channels);
        }
        return new ChannelPasses(loops, channels);
    }

    /** {@link ChannelLoops#sum}. */
    void sum(Tensor x, double[] total) {
        Parallel.each(loops.length, i -> loops[i].sum(x, sums[i]));
        add(sums, total);
    }

    /** {@link ChannelLoops#moments}. */
    void moments(Tensor x, double[] mean, double[] squares) {
        Parallel.each(loops.length, i -> loops[i].moments(x, sums[i], products[i]));
        System.arraycopy(sums[0], 0, mean, 0, channels);
        System.arraycopy(products[0], 0, squares, 0, channels);
        int rows = loops[0].rows();
        for (int i = 1; i < loops.length; i++) {
            ChannelLoops.mergeMoments(rows, mean, squares, loops[i].rows(), sums[i], products[i]);
            rows += loops[i].rows();
        }
    }

    /** {@link ChannelLoops#affine}. */
    void affine(Tensor x, double[] mean, double[] factor, double[] offset, Tensor y) {
        Parallel.each(loops.length, i -> loops[i].affine(x, mean, factor, offset, y));
    }

    /** {@link ChannelLoops#rectified}. */
    void rectified(Tensor x, double[] mean, double[] factor, double[] offset, Tensor shortcut, Tensor y) {
        Parallel.each(loops.length, i -> loops[i].rectified(x, mean, factor, offset, shortcut, y));
    }

    /** {@link ChannelLoops#products}. */
    void products(Tensor x, double[] mean, Tensor e, double[] totalOfErrors, double[] totalOfProducts) {
        Parallel.each(loops.length, i -> loops[i].products(x, mean, e, sums[i], products[i]));
        add(sums, totalOfErrors);
        add(products, totalOfProducts);
    }

    /** {@link ChannelLoops#rectifiedProducts}. */
    void rectifiedProducts(
            Tensor x,
            double[] mean,
            Tensor e,
            Tensor rectified,
            Tensor passed,
            double[] totalOfErrors,
            double[] totalOfProducts) {
        Parallel.each(
                loops.length, i -> loops[i].rectifiedProducts(x, mean, e, rectified, passed, sums[i], products[i]));
        add(sums, totalOfErrors);
        add(products, totalOfProducts);
    }

    /** {@link ChannelLoops#displacedProducts}. */
    void displacedProducts(
            Tensor x,
            double[] mean,
            double[] factor,
            double[] offset,
            Tensor shortcut,
            Tensor displacement,
            Tensor passed,
            double[] totalOfErrors,
            double[] totalOfProducts) {
        Parallel.each(
                loops.length,
                i -> loops[i].displacedProducts(
                        x, mean, factor, offset, shortcut, displacement, passed, sums[i], products[i]));
        add(sums, totalOfErrors);
        add(products, totalOfProducts);
    }

    /** {@link ChannelLoops#combine}. */
    void combine(Tensor x, double[] mean, double[] slope, Tensor e, double[] factor, double[] offset, Tensor y) {
        Parallel.each(loops.length, i -> loops[i].combine(x, mean, slope, e, factor, offset, y));
    }

    private void add(double[][] shares, double[] total) {
        System.arraycopy(shares[0], 0, total, 0, channels);
        for (int i = 1; i < shares.length; i++) {
            for (int c = 0; c < channels; c++) {
                total[c] += shares[i][c];
            }
        }
    }
}
