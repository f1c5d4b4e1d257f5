package org.bpfree.tensor;

/**
 * Takes tiles from the domain of a minimal filter back to maps {@code [batch, height, width, channels]}: {@code S m S^T} for each tile
 * {@code m [points, points]} and each channel, where {@code S} is {@code [tile, points]}, plus a bias.
 */
final class TileSettle {
    private final TileGrid grid;
    private final Tensor maps;
    private final Tensor bias;
    private final RowCombinations settle;
    private final int points;
    private final int channels;
    private final int bandsAtOnce;
    private final float[][] values; // [points][tiles * channels]
    private final float[][][] columns; // [tile][points][tiles * channels]
    private final float[] settled; // [tiles * channels]
    private final float[][] rows; // [tile][pixels of a band * channels], for each band at once
    private final float[] biases; // [pixels of a row * channels]

    /**
     * Settles tiles into some maps.
     *
     * @param maps {@code [batch, height, width, channels]}
     * @param bias {@code [channels]}, or null for none
     * @param matrix {@code S [tile, points]}
     */
    TileSettle(TileGrid grid, Tensor maps, Tensor bias, double[][] matrix) {
        this.grid = grid;
        this.maps = maps;
        this.bias = bias;
        settle = new RowCombinations(matrix);
        points = matrix[0].length;
        channels = maps.shape().extent(3);
        int tiles = grid.tilesOfBand();
        bandsAtOnce = grid.bandsAtOnce(channels);
        int n = bandsAtOnce * tiles * channels;
        values = new float[points][n];
        columns = new float[grid.tile()][points][n];
        settled = new float[n];
        rows = new float[bandsAtOnce][grid.tile() * tiles * channels];
        biases = bias == null ? null : new float[grid.width() * channels];
    }

    int channels() {
        return channels;
    }

    /**
     * Settles {@code count} bands from {@code first}.
     *
     * @param from {@code [points * points, tiles, channels]}
     * @param at the band of {@code from} where the first lies
     */
    void settle(Tensor from, int at, int first, int count) {
        repeatBias();
        int tiles = grid.tilesOfBand();
        int room = from.shape().extent(1);
        int size = grid.tile();
        for (int done = 0; done < count; done += bandsAtOnce) {
            int bands = Math.min(bandsAtOnce, count - done);
            int n = bands * tiles * channels;
            for (int i = 0; i < points; i++) {
                for (int j = 0; j < points; j++) {
                    from.read(((i * points + j) * room + (at + done) * tiles) * channels, values[j], 0, n);
                }
                for (int x = 0; x < size; x++) {
                    settle.applyRow(x, values, columns[x][i], n);
                }
            }
            for (int y = 0; y < size; y++) {
                for (int x = 0; x < size; x++) {
                    settle.applyRow(y, columns[x], settled, n);
                    gather(x, bands);
                }
                for (int band = 0; band < bands; band++) {
                    write(first + done + band, y, rows[band]);
                }
            }
        }
    }

    private void repeatBias() {
        if (bias != null) {
            bias.read(0, biases, 0, channels);
            for (int i = channels; i < biases.length; i++) {
                biases[i] = biases[i - channels];
            }
        }
    }

    private void gather(int x, int bands) {
        int tiles = grid.tilesOfBand();
        for (int band = 0; band < bands; band++) {
            for (int tile = 0; tile < tiles; tile++) {
                System.arraycopy(
                        settled,
                        (band * tiles + tile) * channels,
                        rows[band],
                        (tile * grid.tile() + x) * channels,
                        channels);
            }
        }
    }

    private void write(int band, int row, float[] pixels) {
        int y = grid.top(band) + row;
        if (y >= grid.height()) {
            return;
        }
        int n = grid.width() * channels;
        if (biases != null) {
            for (int i = 0; i < n; i++) {
                pixels[i] += biases[i];
            }
        }
        maps.write((grid.map(band) * grid.height() + y) * n, pixels, 0, n);
    }
}
