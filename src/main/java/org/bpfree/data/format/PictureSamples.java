package org.bpfree.data.format;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.util.Arrays;

/**
 * The colours of a picture as its file has them.
 *
 * @param width pixels
 * @param height pixels
 * @param row gives a row
 */
record PictureSamples(int width, int height, RowReader row) {
    /** Channels of a pixel: red, green, blue, each 0..255 and not multiplied by alpha, and alpha, 0..1. */
    static final int CHANNELS = 4;

    private static final double FULL = 255;

    /** Reads rows. */
    @FunctionalInterface
    interface RowReader {
        /**
         * Reads a row.
         *
         * @param y from the top, from 0
         * @param pixels receives {@code [width, CHANNELS]}
         */
        void read(int y, double[] pixels);
    }

    /**
     * The samples of a decoded picture. Grey and colour samples of 8 and 16 bits are read as they lie in memory: Java's own conversion
     * takes grey samples for linear light and brightens them.
     */
    static PictureSamples of(BufferedImage image) {
        ColorModel model = image.getColorModel();
        return new PictureSamples(
                image.getWidth(), image.getHeight(), hasPlainSamples(model) ? plain(image, model) : converted(image));
    }

    /** A part of the picture, or more than the picture, which is transparent beyond its sides. */
    PictureSamples window(int left, int top, int newWidth, int newHeight) {
        double[] whole = new double[width * CHANNELS];
        return new PictureSamples(newWidth, newHeight, (y, pixels) -> {
            Arrays.fill(pixels, 0, newWidth * CHANNELS, 0);
            if (top + y < 0 || top + y >= height) {
                return;
            }
            row.read(top + y, whole);
            int first = Math.max(0, -left);
            int count = Math.min(newWidth - first, width - Math.max(0, left));
            System.arraycopy(whole, Math.max(0, left) * CHANNELS, pixels, first * CHANNELS, count * CHANNELS);
        });
    }

    private static boolean hasPlainSamples(ColorModel model) {
        int space = model.getColorSpace().getType();
        int type = model.getTransferType();
        return model instanceof ComponentColorModel
                && (space == ColorSpace.TYPE_GRAY || space == ColorSpace.TYPE_RGB)
                && (type == DataBuffer.TYPE_BYTE || type == DataBuffer.TYPE_USHORT)
                && !model.isAlphaPremultiplied();
    }

    private static RowReader plain(BufferedImage image, ColorModel model) {
        Raster raster = image.getRaster();
        int bands = raster.getNumBands();
        int colours = model.getNumColorComponents();
        double scale = FULL / ((1 << model.getComponentSize(0)) - 1);
        int[] samples = new int[image.getWidth() * bands];
        return (y, pixels) -> {
            raster.getPixels(0, y, image.getWidth(), 1, samples);
            for (int x = 0; x < image.getWidth(); x++) {
                int from = x * bands;
                int to = x * CHANNELS;
                for (int channel = 0; channel < 3; channel++) {
                    pixels[to + channel] = samples[from + (colours == 1 ? 0 : channel)] * scale;
                }
                pixels[to + 3] = model.hasAlpha() ? samples[from + colours] * scale / FULL : 1;
            }
        };
    }

    private static RowReader converted(BufferedImage image) {
        int[] samples = new int[image.getWidth()];
        return (y, pixels) -> {
            image.getRGB(0, y, image.getWidth(), 1, samples, 0, image.getWidth());
            for (int x = 0; x < image.getWidth(); x++) {
                int to = x * CHANNELS;
                pixels[to] = samples[x] >> 16 & 0xff;
                pixels[to + 1] = samples[x] >> 8 & 0xff;
                pixels[to + 2] = samples[x] & 0xff;
                pixels[to + 3] = (samples[x] >>> 24) / FULL;
            }
        };
    }
}
