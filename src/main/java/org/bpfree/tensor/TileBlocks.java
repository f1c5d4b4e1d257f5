package org.bpfree.tensor;

/**
 * The bands of a {@link TileGrid} that one thread takes, in blocks of about equal size.
 *
 * @param first band
 * @param end band behind the last
 * @param bandsAtOnce bands of a block; the last may have fewer
 * @param tilesOfBand tiles of a band
 */
record TileBlocks(int first, int end, int bandsAtOnce, int tilesOfBand) {
    /** Elements of a block, in all points: half of a common second-level cache. */
    private static final int ELEMENTS = 1 << 17;

    /** A block's work. */
    @FunctionalInterface
    interface Body {
        /** Takes {@code count} bands from {@code first}. */
        void accept(int first, int count);
    }

    /**
     * The blocks of bands {@code first..end-1}.
     *
     * @param channels of the maps, the larger number of those of the two sides
     * @param leastTiles of a block, however many channels there are
     */
    static TileBlocks of(TileGrid grid, int first, int end, int channels, int leastTiles) {
        int tiles = Math.max(ELEMENTS / WinogradConvolution.POINTS / channels, leastTiles);
        int most = Math.max(1, tiles / grid.tilesOfBand());
        int blocks = (end - first + most - 1) / most;
        return new TileBlocks(first, end, (end - first + blocks - 1) / blocks, grid.tilesOfBand());
    }

    /** Tiles of a whole block. */
    int tiles() {
        return bandsAtOnce * tilesOfBand;
    }

    /** Calls a body for each block in turn. */
    void forEach(Body body) {
        for (int band = first; band < end; band += bandsAtOnce) {
            body.accept(band, Math.min(bandsAtOnce, end - band));
        }
    }
}
