package org.bpfree.data.format;

import org.bpfree.data.ImageShape;

/**
 * Brings a picture to a size. Both axes are scaled each by itself, with weights that depend on the ratio of the sizes: where the
 * picture shrinks, an output pixel is the average of the area it covers; where it grows, it lies between the centres of two pixels.
 */
final class PictureScaler {
    private static final double OPAQUE = 255;

    private final PictureSamples picture;
    private final Orientation orientation;
    private final double[] background;

    PictureScaler(PictureSamples picture, Orientation orientation, Colour background) {
        this.picture = picture;
        this.orientation = orientation;
        this.background = new double[] {background.red(), background.green(), background.blue()};
    }

    /**
     * The picture upright, in the channels and size of the shape, {@code [height, width, channels]}: laid on the background where these are
     * colours alone, with its opacity (0..255) as the last channel where there is a second or fourth.
     */
    byte[] scale(ImageShape shape) {
        int width = orientation.transposed() ? shape.height() : shape.width();
        int height = orientation.transposed() ? shape.width() : shape.height();
        int channels = shape.channels();
        double[][] across = weights(picture.width(), width);
        double[][] down = weights(picture.height(), height);
        double[] row = new double[picture.width() * PictureSamples.CHANNELS];
        double[] line = new double[width * channels];
        double[] sums = new double[height * width * channels];
        for (int y = 0; y < picture.height(); y++) {
            picture.row().read(y, row);
            if (hasOpacity(channels)) {
                weighByOpacity(row, channels);
            } else {
                layOnBackground(row, channels);
            }
            scaleAcross(row, across, channels, line);
            for (int target = 0; target < height; target++) {
                double weight = weight(down[target], y);
                for (int i = 0; weight != 0 && i < line.length; i++) {
                    sums[target * line.length + i] += weight * line[i];
                }
            }
        }
        return upright(sums, width, height, channels);
    }

    /** Replaces the pixels of a row by their colours, or their luma, on the background; they keep their places. */
    private void layOnBackground(double[] row, int channels) {
        for (int at = 0; at < row.length; at += PictureSamples.CHANNELS) {
            double alpha = row[at + 3];
            for (int channel = 0; channel < 3; channel++) {
                row[at + channel] = row[at + channel] * alpha + background[channel] * (1 - alpha);
            }
            if (channels == 1) {
                row[at] = luma(row, at);
            }
        }
    }

    private static boolean hasOpacity(int channels) {
        return channels == 2 || channels == 4;
    }

    /** Colours multiplied by opacity, so that averages count a pixel for as much as it covers. */
    private static void weighByOpacity(double[] row, int channels) {
        for (int at = 0; at < row.length; at += PictureSamples.CHANNELS) {
            double alpha = row[at + 3];
            for (int channel = 0; channel < 3; channel++) {
                row[at + channel] *= alpha;
            }
            if (channels == 2) {
                row[at] = luma(row, at);
            }
            row[at + channels - 1] = alpha * OPAQUE;
        }
    }

    private static double luma(double[] row, int at) {
        return Colour.RED_SHARE * row[at] + Colour.GREEN_SHARE * row[at + 1] + Colour.BLUE_SHARE * row[at + 2];
    }

    private static void scaleAcross(double[] row, double[][] weights, int channels, double[] line) {
        for (int x = 0; x < weights.length; x++) {
            int first = (int) weights[x][0];
            for (int channel = 0; channel < channels; channel++) {
                double sum = 0;
                for (int i = 1; i < weights[x].length; i++) {
                    sum += weights[x][i] * row[(first + i - 1) * PictureSamples.CHANNELS + channel];
                }
                line[x * channels + channel] = sum;
            }
        }
    }

    private byte[] upright(double[] sums, int width, int height, int channels) {
        byte[] pixels = new byte[sums.length];
        int uprightWidth = orientation.transposed() ? height : width;
        int uprightHeight = orientation.transposed() ? width : height;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int column = orientation.transposed() ? y : x;
                int line = orientation.transposed() ? x : y;
                column = orientation.fromRight() ? uprightWidth - 1 - column : column;
                line = orientation.fromBelow() ? uprightHeight - 1 - line : line;
                int from = (y * width + x) * channels;
                double share = hasOpacity(channels) ? sums[from + channels - 1] / OPAQUE : 1;
                for (int channel = 0; channel < channels; channel++) {
                    boolean weighed = hasOpacity(channels) && channel < channels - 1 && share > 0;
                    double value = weighed ? sums[from + channel] / share : sums[from + channel];
                    pixels[(line * uprightWidth + column) * channels + channel] = (byte) Math.round(value);
                }
            }
        }
        return pixels;
    }

    private static double weight(double[] weights, int position) {
        int index = position - (int) weights[0] + 1;
        return index >= 1 && index < weights.length ? weights[index] : 0;
    }

    /** For each output position the first input position that counts, then the weights from there on, which sum to one. */
    private static double[][] weights(int from, int to) {
        double[][] weights = new double[to][];
        for (int i = 0; i < to; i++) {
            weights[i] = from > to ? covered(from, to, i) : between(from, to, i);
        }
        return weights;
    }

    /** The share of each input pixel in the stretch {@code [i, i + 1] * from / to}. */
    private static double[] covered(int from, int to, int i) {
        long start = (long) i * from; // in units of 1 / to, exact
        long end = start + from;
        int first = (int) (start / to);
        int last = (int) ((end - 1) / to);
        double[] weights = new double[last - first + 2];
        weights[0] = first;
        for (int j = first; j <= last; j++) {
            long overlap = Math.min(end, (j + 1L) * to) - Math.max(start, (long) j * to);
            weights[j - first + 1] = (double) overlap / from;
        }
        return weights;
    }

    private static double[] between(int from, int to, int i) {
        double centre = Math.max(0, Math.min(from - 1, (i + 0.5) * from / to - 0.5));
        int first = (int) centre;
        double share = centre - first;
        return share == 0 ? new double[] {first, 1} : new double[] {first, 1 - share, share};
    }
}
