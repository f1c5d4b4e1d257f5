package org.bpfree.data;

import java.util.Arrays;
import org.bpfree.data.DataSettings.Normalization;

/**
 * Turns pixels 0..255 into numbers: {@code number = scale[channel] * pixel + shift[channel]}. Scale and shift are all there is to
 * know; a checkpoint that keeps them can rebuild the normalizer without the training images.
 */
public final class Normalizer {
    private static final int LEVELS = 256;
    private static final double MNIST_MEAN = 0.1307;
    private static final double MNIST_DEVIATION = 0.3081;

    private final double[] scale; // [channels]
    private final double[] shift; // [channels]
    private final float[][] table; // [channels][256]: the number for each pixel value

    private Normalizer(double[] scale, double[] shift) {
        if (scale.length != shift.length || scale.length == 0) {
            throw new IllegalArgumentException(
                    scale.length + " scales and " + shift.length + " shifts; one of each a channel");
        }
        this.scale = scale.clone();
        this.shift = shift.clone();
        this.table = new float[scale.length][LEVELS];
        for (int channel = 0; channel < scale.length; channel++) {
            for (int pixel = 0; pixel < LEVELS; pixel++) {
                table[channel][pixel] = (float) (scale[channel] * pixel + shift[channel]);
            }
        }
    }

    /** Rebuilds a normalizer from the facts of a checkpoint, one scale and one shift a channel. */
    public static Normalizer of(double[] scale, double[] shift) {
        return new Normalizer(scale, shift);
    }

    /** The normalizer that a setting asks for; {@link Normalization#PER_CHANNEL} measures the training images given. */
    public static Normalizer of(Normalization normalization, ImageSet train) {
        int channels = train.shape().channels();
        return switch (normalization) {
            case UNIT -> uniform(channels, 1.0 / 255, 0);
            case CENTERED -> uniform(channels, 1.0 / 255, -0.5);
            case SYMMETRIC -> uniform(channels, 1.0 / 127.5, -1);
            case MNIST -> uniform(channels, 1 / (255 * MNIST_DEVIATION), -MNIST_MEAN / MNIST_DEVIATION);
            case NONE -> uniform(channels, 1, 0);
            case PER_CHANNEL -> perChannel(train);
        };
    }

    private static Normalizer uniform(int channels, double scale, double shift) {
        double[] scales = new double[channels];
        double[] shifts = new double[channels];
        Arrays.fill(scales, scale);
        Arrays.fill(shifts, shift);
        return new Normalizer(scales, shifts);
    }

    private static Normalizer perChannel(ImageSet train) {
        int channels = train.shape().channels();
        long[][] histogram = new long[channels][LEVELS];
        byte[] pixels = new byte[train.shape().size()];
        for (int image = 0; image < train.size(); image++) {
            train.read(image, pixels, 0);
            for (int i = 0; i < pixels.length; i += channels) {
                for (int channel = 0; channel < channels; channel++) {
                    histogram[channel][pixels[i + channel] & 0xff]++;
                }
            }
        }
        double[] scale = new double[channels];
        double[] shift = new double[channels];
        for (int channel = 0; channel < channels; channel++) {
            double mean = mean(histogram[channel]);
            double deviation = deviation(histogram[channel], mean);
            // A channel that never changes carries nothing; dividing by its deviation of 0 would make NaN.
            scale[channel] = deviation > 0 ? 1 / deviation : 1;
            shift[channel] = -mean * scale[channel];
        }
        return new Normalizer(scale, shift);
    }

    private static double mean(long[] histogram) {
        double sum = 0;
        double count = 0;
        for (int pixel = 0; pixel < LEVELS; pixel++) {
            sum += (double) histogram[pixel] * pixel;
            count += histogram[pixel];
        }
        return count == 0 ? 0 : sum / count;
    }

    private static double deviation(long[] histogram, double mean) {
        double squares = 0;
        double count = 0;
        for (int pixel = 0; pixel < LEVELS; pixel++) {
            squares += histogram[pixel] * (pixel - mean) * (pixel - mean);
            count += histogram[pixel];
        }
        return count == 0 ? 0 : Math.sqrt(squares / count);
    }

    /** The number of channels. */
    public int channels() {
        return scale.length;
    }

    /** What a pixel is multiplied by, one number a channel. */
    public double[] scale() {
        return scale.clone();
    }

    /** What is added afterwards, one number a channel. */
    public double[] shift() {
        return shift.clone();
    }

    /** The number for one pixel value 0..255 of one channel. */
    public float apply(int channel, int pixel) {
        return table[channel][pixel];
    }

    /**
     * Normalizes a run of pixels that begins at the first channel.
     *
     * @param pixels unsigned bytes, the channel varying fastest
     * @param from position of the first byte to read
     * @param out where the numbers go
     * @param outFrom position of the first number to write
     * @param count number of bytes, a multiple of the channels
     */
    public void apply(byte[] pixels, int from, float[] out, int outFrom, int count) {
        int channels = scale.length;
        if (channels == 1) {
            float[] grey = table[0];
            for (int i = 0; i < count; i++) {
                out[outFrom + i] = grey[pixels[from + i] & 0xff];
            }
            return;
        }
        for (int channel = 0; channel < channels; channel++) {
            float[] levels = table[channel];
            for (int i = channel; i < count; i += channels) {
                out[outFrom + i] = levels[pixels[from + i] & 0xff];
            }
        }
    }
}
