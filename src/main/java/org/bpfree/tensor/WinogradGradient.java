package org.bpfree.tensor;

/**
 * Gradient of kernels by {@link WinogradConvolution#FILTER}: the lifted errors of the results times the lifted maps, summed over tiles
 * before anything is settled. Sums depend on the number of threads in their last digits.
 */
final class WinogradGradient implements Routine {
    /** Tiles of a block, over which a product sums, below which products become slow. */
    private static final int LEAST_TILES = 128;

    /** Elements that a thread should settle at least. */
    private static final int LEAST_SETTLED = 1 << 14;

    private static final MinimalFilter FILTER = WinogradConvolution.FILTER;
    private static final int POINTS = WinogradConvolution.POINTS;

    private final Routine tiles;
    private final Routine settle;

    /**
     * Plans a gradient.
     *
     * @param maps {@code [batch, height, width, in]}
     * @param before rows above and columns left of the maps that the first results reach into
     * @param error {@code [batch, height', width', out]}
     * @param gradient {@code [out, 3, 3, in]}
     */
    WinogradGradient(OneDnn library, Tensor maps, int before, Tensor error, Tensor gradient) {
        TileGrid grid = WinogradConvolution.grid(error.shape());
        int in = gradient.shape().extent(3);
        int out = gradient.shape().extent(0);
        Share[] shares = new Share[Math.min(Backend.threads(), grid.bands())];
        for (int i = 0; i < shares.length; i++) {
            TileBlocks blocks = TileBlocks.of(grid, i, shares.length, Math.max(in, out), LEAST_TILES);
            TileLift liftMaps = new TileLift(grid, maps, before, FILTER.input());
            TileLift liftError = new TileLift(grid, error, 0, FILTER.error());
            shares[i] = new Share(library, blocks, liftMaps, liftError);
        }
        tiles = Parallel.together(shares);
        settle = settle(shares, gradient);
    }

    /** Kernels are maps of one tile each. */
    private static Routine settle(Share[] shares, Tensor gradient) {
        int out = gradient.shape().extent(0);
        int taps = FILTER.taps();
        int least = LEAST_SETTLED / (POINTS * gradient.shape().extent(3)) + 1;
        Tensor sum = shares[0].sum;
        Routine add = Routine.NOTHING;
        for (int i = 1; i < shares.length; i++) {
            add = add.then(Elementwise.add(sum, shares[i].sum, sum));
        }
        return add.then(Parallel.loop(out, least, (from, to) -> {
            TileSettle settle = new TileSettle(new TileGrid(out, taps, taps, taps), gradient, null, FILTER.gradient());
            return () -> settle.settle(sum, from, from, to - from);
        }));
    }

    @Override
    public void run() {
        tiles.run();
        settle.run();
    }

    /** What one thread does, in blocks of tiles. */
    private static final class Share implements Routine {
        private final TileBlocks blocks;
        private final TileLift liftMaps;
        private final TileLift liftError;
        private final Tensor maps;
        private final Tensor errors;
        private final Tensor sum;
        private final Routine begin;
        private final Routine add;

        Share(OneDnn library, TileBlocks blocks, TileLift liftMaps, TileLift liftError) {
            this.blocks = blocks;
            this.liftMaps = liftMaps;
            this.liftError = liftError;
            maps = Tensor.zeros(Precision.FLOAT32, Shape.of(POINTS, blocks.tiles(), liftMaps.channels()));
            errors = Tensor.zeros(Precision.FLOAT32, Shape.of(POINTS, blocks.tiles(), liftError.channels()));
            sum = Tensor.zeros(Precision.FLOAT32, Shape.of(POINTS, liftError.channels(), liftMaps.channels()));
            begin = product(library, false);
            add = product(library, true);
        }

        private Routine product(OneDnn library, boolean add) {
            return Backend.onOneThread(() -> OneDnnProduct.of(
                    library, Matrices.of(errors).transpose(), Matrices.of(maps), Matrices.of(sum), add));
        }

        @Override
        public void run() {
            blocks.forEach((first, count) -> {
                if (count < blocks.bandsAtOnce()) {
                    errors.fill(0); // what the block before left behind its end would be summed again
                }
                liftMaps.lift(first, count, maps, 0);
                liftError.lift(first, count, errors, 0);
                (first == blocks.first() ? begin : add).run();
            });
        }
    }
}
