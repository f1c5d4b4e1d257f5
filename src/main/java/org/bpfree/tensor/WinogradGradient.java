package org.bpfree.tensor;

import java.util.ArrayList;
import java.util.List;

/**
 * Gradient of kernels by {@link WinogradConvolution#FILTER}: the lifted errors of the results times the lifted maps, summed over tiles
 * before anything is settled. Sums depend on the number of threads in their last digits.
 */
final class WinogradGradient implements Routine {
    /** Tiles of a block, over which a product sums, below which products become slow. */
    private static final int LEAST_TILES = 128;

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
        List<Tensor> sums = new ArrayList<>();
        tiles = Parallel.loop(grid.bands(), 1, (first, end) -> {
            TileBlocks blocks = TileBlocks.of(grid, first, end, Math.max(in, out), LEAST_TILES);
            TileLift liftMaps = new TileLift(grid, maps, before, FILTER.input());
            TileLift liftError = new TileLift(grid, error, 0, FILTER.error());
            Share share = new Share(library, blocks, liftMaps, liftError);
            sums.add(share.sum);
            return share;
        });
        settle = settle(sums, gradient);
    }

    private static Routine settle(List<Tensor> sums, Tensor gradient) {
        Tensor sum = sums.get(0);
        Routine add = Routine.NOTHING;
        for (Tensor other : sums.subList(1, sums.size())) {
            add = add.then(Elementwise.add(sum, other, sum));
        }
        return add.then(WinogradConvolution.loopOver(gradient, (grid, from, to) -> {
            TileSettle settle = new TileSettle(grid, gradient, null, FILTER.gradient());
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
            return OneDnnProduct.of(library, Matrices.of(errors).transpose(), Matrices.of(maps), Matrices.of(sum), add);
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
