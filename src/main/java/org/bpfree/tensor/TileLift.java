package org.bpfree.tensor;

import java.util.Arrays;

/**
 * Takes tiles of maps {@code [batch, height, width, channels]} into the domain of a minimal filter: {@code L d L^T} for each tile
 * {@code d} of {@code span x span} pixels and each channel, where {@code L} is {@code [points, span]}. The result is
 * {@code [points, points, tiles, channels]}.
 *
 * <p>A band is lifted along its columns first, where rows are long; then some bands together along their rows, so that loops are long
 * there, too.
 */
final class TileLift {
    private final TileGrid grid;
    private final Tensor maps;
    private final int before; // pixels of padding
    private final RowCombinations lift;
    private final int span;
    private final int channels;
    private final int width; // of the maps
    private final int height;
    private final int bandsAtOnce;
    private final float[][] rows; // [span][pixels of a band * channels]
    private final float[] lifted; // one row of a band, lifted along its columns
    private final float[][][] columns; // [points][span][tiles * channels]
    private final float[][] values; // [points][tiles * channels]

    /**
     * Lifts tiles of some maps.
     *
     * @param maps {@code [batch, height, width, channels]}
     * @param before rows above and columns left of the maps that the first tiles reach into; they are zero
     * @param matrix {@code L [points, span]}
     */
    TileLift(TileGrid grid, Tensor maps, int before, double[][] matrix) {
        this.grid = grid;
        this.maps = maps;
        this.before = before;
        lift = new RowCombinations(matrix);
        span = matrix[0].length;
        height = maps.shape().extent(1);
        width = maps.shape().extent(2);
        channels = maps.shape().extent(3);
        int tiles = grid.tilesOfBand();
        bandsAtOnce = grid.bandsAtOnce(channels);
        int pixels = grid.tile() * (tiles - 1) + span;
        rows = new float[span][pixels * channels];
        lifted = new float[pixels * channels];
        columns = new float[lift.results()][span][bandsAtOnce * tiles * channels];
        values = new float[lift.results()][bandsAtOnce * tiles * channels];
    }

    int channels() {
        return channels;
    }

    /**
     * Lifts {@code count} bands from {@code first}.
     *
     * @param into {@code [points * points, tiles, channels]}
     * @param at the band of {@code into} where the first goes
     */
    void lift(int first, int count, Tensor into, int at) {
        int tiles = grid.tilesOfBand();
        int room = into.shape().extent(1);
        for (int done = 0; done < count; done += bandsAtOnce) {
            int bands = Math.min(bandsAtOnce, count - done);
            for (int band = 0; band < bands; band++) {
                read(first + done + band);
                scatter(band * tiles * channels);
            }
            int n = bands * tiles * channels;
            for (int i = 0; i < columns.length; i++) {
                lift.apply(columns[i], values, n);
                for (int j = 0; j < values.length; j++) {
                    into.write(((i * values.length + j) * room + (at + done) * tiles) * channels, values[j], 0, n);
                }
            }
        }
    }

    private void read(int band) {
        int top = grid.top(band) - before;
        int pixels = Math.min(width, rows[0].length / channels - before);
        int map = grid.map(band) * height;
        for (int i = 0; i < span; i++) {
            int y = top + i;
            if (y >= 0 && y < height) {
                maps.read((map + y) * width * channels, rows[i], before * channels, pixels * channels);
            } else {
                Arrays.fill(rows[i], 0);
            }
        }
    }

    private void scatter(int to) {
        int n = rows[0].length;
        int tiles = grid.tilesOfBand();
        int step = grid.tile() * channels;
        for (int i = 0; i < columns.length; i++) {
            lift.applyRow(i, rows, lifted, n);
            for (int j = 0; j < span; j++) {
                float[] column = columns[i][j];
                for (int tile = 0; tile < tiles; tile++) {
                    System.arraycopy(lifted, tile * step + j * channels, column, to + tile * channels, channels);
                }
            }
        }
    }
}
