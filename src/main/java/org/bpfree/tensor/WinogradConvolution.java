package org.bpfree.tensor;

/**
 * One 3x3 convolution of stride 1 by Winograd's minimal filtering {@code F(4x4, 3x3)}: a tile of 4x4 results takes 36 multiplications a
 * pair of channels in place of 144 (Lavin and Gray 2016, arXiv:1509.09308). The multiplications are products of matrices, which
 * {@link OneDnn} forms; tiles are lifted and settled by loops of Java code. Every thread takes its own tiles through all three in
 * blocks that fit its second-level cache.
 *
 * <p>Rounding errors are about twice those of the plain sum, which {@code WinogradTest} compares.
 */
final class WinogradConvolution implements ConvolutionPlan {
    /** Results at a time, weights, and points; ±3/4 and ±3/2 gave the least error of the pairs tried, and their powers are exact. */
    static final MinimalFilter FILTER = new MinimalFilter(4, 3, 0, 0.75, -0.75, 1.5, -1.5);

    /** Multiplications of a tile and a pair of channels. */
    static final int POINTS = FILTER.points() * FILTER.points();

    /** The same by the definition. */
    private static final int PLAIN = FILTER.outputs() * FILTER.outputs() * FILTER.taps() * FILTER.taps();

    /** What a multiplication in small products costs, beside one in a direct convolution. */
    private static final double PRODUCT = 1.25;

    /** What lifting and settling a channel of a tile cost, in multiplications; measured on maps of 8x8 to 32x32 pixels. */
    private static final double TRANSFORM = 1300;

    /** How much slower than the other two the direct algorithm computes the gradient of the weights. */
    private static final double PLAIN_GRADIENT = 1.35;

    /** Elements of kernels that a thread should lift or settle at least. */
    private static final int LEAST_TRANSFORMED = 1 << 14;

    private final OneDnn library;
    private final Window window;
    private final int before; // pixels of padding

    WinogradConvolution(OneDnn library, Shape input, Window window) {
        this.library = library;
        this.window = window;
        before = window.paddingBefore(input.extent(1));
    }

    /**
     * Whether this is faster than the direct algorithm at correlating maps.
     *
     * @param maps shape of the maps
     * @param results shape of what is made of them: the layer's results, or the error of its input
     */
    static boolean pays(OneDnn library, Shape maps, Shape results, Window window) {
        return library.fusesMultiplyAdd() && advantage(maps, results, window) > 1.1;
    }

    /** Whether this is faster than the direct algorithm for the gradient of the weights. */
    static boolean paysForGradient(OneDnn library, Shape input, Shape output, Window window) {
        return library.fusesMultiplyAdd() && advantage(input, output, window) * PLAIN_GRADIENT > 1.1;
    }

    private static double advantage(Shape maps, Shape results, Window window) {
        if (window.size() != FILTER.taps() || window.stride() != 1) {
            return 0;
        }
        double from = maps.extent(3);
        double to = results.extent(3);
        // The direct algorithm neither fills tiles at the border nor reads the zeros around an error.
        double pixels = Math.min(maps.inner().size() / from, results.inner().size() / to);
        double plain = PLAIN * from * to * pixels / grid(results).pixelsOfMap();
        return plain / (PRODUCT * POINTS * from * to + TRANSFORM * (from + to));
    }

    static TileGrid grid(Shape results) {
        return new TileGrid(results.extent(0), results.extent(1), results.extent(2), FILTER.outputs());
    }

    /** A share of the kernels. */
    @FunctionalInterface
    interface KernelShare {
        /** The work on kernels {@code from..to-1}. */
        Routine of(TileGrid grid, int from, int to);
    }

    /** The work on kernels {@code [out, 3, 3, in]}, which are maps of one tile each, on all threads. */
    static Routine loopOver(Tensor kernels, KernelShare share) {
        int out = kernels.shape().extent(0);
        int taps = FILTER.taps();
        TileGrid grid = new TileGrid(out, taps, taps, taps);
        int least = LEAST_TRANSFORMED / (POINTS * kernels.shape().extent(3)) + 1;
        return Parallel.loop(out, least, (from, to) -> share.of(grid, from, to));
    }

    @Override
    public Routine forward(Tensor maps, Tensor kernels, Tensor biases, Tensor result) {
        return new WinogradPass(library, maps, before, kernels, false, biases, result);
    }

    @Override
    public Routine inputError(Tensor feedback, Tensor error, Tensor inputError) {
        return new WinogradPass(library, error, window.size() - 1 - before, feedback, true, null, inputError);
    }

    @Override
    public Routine gradient(Tensor maps, Tensor error, Tensor weightGradient, Tensor biasGradient) {
        Routine weights = new WinogradGradient(library, maps, before, error, weightGradient);
        return biasGradient == null ? weights : weights.then(ColumnSum.of(error, biasGradient));
    }
}
