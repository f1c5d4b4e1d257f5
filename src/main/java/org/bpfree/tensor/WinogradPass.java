package org.bpfree.tensor;

/** Maps correlated with kernels by {@link WinogradConvolution#FILTER}: a layer's results, or the error of its input. */
final class WinogradPass implements Routine {
    /** Tiles of a block below which products become slow. */
    private static final int LEAST_TILES = 48;

    private static final MinimalFilter FILTER = WinogradConvolution.FILTER;
    private static final int POINTS = WinogradConvolution.POINTS;

    private final Routine weights;
    private final Routine tiles;

    /**
     * Plans a pass.
     *
     * @param maps {@code [batch, height, width, from]}
     * @param before rows above and columns left of the maps that the first results reach into
     * @param kernels {@code [out, 3, 3, in]}
     * @param adjoint false: the kernels lead from {@code in} to {@code out} channels; true: flipped, from {@code out} to {@code in}
     * @param biases of the results, or null for none
     * @param result {@code [batch, height', width', to]}
     */
    WinogradPass(
            OneDnn library, Tensor maps, int before, Tensor kernels, boolean adjoint, Tensor biases, Tensor result) {
        int out = kernels.shape().extent(0);
        int in = kernels.shape().extent(3);
        Tensor lifted = Tensor.zeros(Precision.FLOAT32, Shape.of(POINTS, out, in));
        weights = lift(kernels, adjoint ? FILTER.flippedWeights() : FILTER.weights(), lifted);
        Matrices matrices = adjoint ? Matrices.of(lifted) : Matrices.of(lifted).transpose();
        TileGrid grid = WinogradConvolution.grid(result.shape());
        tiles = Parallel.loop(grid.bands(), 1, (first, end) -> {
            TileBlocks blocks = TileBlocks.of(grid, first, end, Math.max(in, out), LEAST_TILES);
            TileLift lift = new TileLift(grid, maps, before, FILTER.input());
            TileSettle settle = new TileSettle(grid, result, biases, FILTER.output());
            return new Share(library, blocks, lift, matrices, settle);
        });
    }

    private static Routine lift(Tensor kernels, double[][] matrix, Tensor lifted) {
        return WinogradConvolution.loopOver(kernels, (grid, from, to) -> {
            TileLift lift = new TileLift(grid, kernels, 0, matrix);
            return () -> lift.lift(from, to - from, lifted, from);
        });
    }

    @Override
    public void run() {
        weights.run();
        tiles.run();
    }

    /** What one thread does, in blocks of tiles. */
    private static final class Share implements Routine {
        private final TileBlocks blocks;
        private final TileLift lift;
        private final TileSettle settle;
        private final Tensor lifted;
        private final Tensor products;
        private final Routine multiply;

        Share(OneDnn library, TileBlocks blocks, TileLift lift, Matrices weights, TileSettle settle) {
            this.blocks = blocks;
            this.lift = lift;
            this.settle = settle;
            lifted = Tensor.zeros(Precision.FLOAT32, Shape.of(POINTS, blocks.tiles(), lift.channels()));
            products = Tensor.zeros(Precision.FLOAT32, Shape.of(POINTS, blocks.tiles(), settle.channels()));
            multiply = OneDnnProduct.of(library, Matrices.of(lifted), weights, Matrices.of(products), false);
        }

        @Override
        public void run() {
            blocks.forEach((first, count) -> {
                lift.lift(first, count, lifted, 0);
                multiply.run();
                settle.settle(products, 0, first, count);
            });
        }
    }
}
