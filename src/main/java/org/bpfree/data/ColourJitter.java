package org.bpfree.data;

import java.util.random.RandomGenerator;

/**
 * Other brightness, contrast and saturation: with factors {@code b}, {@code c} and {@code s} from {@code 1 - strength} to {@code 1 + strength}, a
 * pixel {@code x} becomes {@code b x}, then {@code m + c (x - m)} with the mean luma {@code m} of the image, then {@code l + s (x - l)} with the luma
 * {@code l} of the pixel (ITU-R BT.601), kept within 0..255 each time, as torchvision's ColorJitter does in one of its orders. A last channel of
 * opacity stays.
 */
final class ColourJitter {
    private static final double RED = 0.299;
    private static final double GREEN = 0.587;
    private static final double BLUE = 0.114;
    private static final double WHITE = 255;

    private final ImageShape shape;
    private final double strength;
    private final int colours; // channels without opacity

    ColourJitter(ImageShape shape, double strength) {
        this.shape = shape;
        this.strength = strength;
        this.colours = shape.channels() < 3 ? 1 : 3;
    }

    /** Changes an image; draws three numbers, or two where there is one channel of colour. */
    void apply(byte[] image, RandomGenerator random) {
        apply(image, factor(random), factor(random), colours == 3 ? factor(random) : 1);
    }

    private double factor(RandomGenerator random) {
        return 1 + strength * (2 * random.nextDouble() - 1);
    }

    void apply(byte[] image, double brightness, double contrast, double saturation) {
        double sum = 0;
        for (int at = 0; at < image.length; at += shape.channels()) {
            for (int channel = 0; channel < colours; channel++) {
                image[at + channel] = level(brightness * (image[at + channel] & 0xff));
            }
            sum += luma(image, at);
        }
        double mean = sum * shape.channels() / image.length;
        for (int at = 0; at < image.length; at += shape.channels()) {
            for (int channel = 0; channel < colours; channel++) {
                image[at + channel] = level(mean + contrast * ((image[at + channel] & 0xff) - mean));
            }
            double grey = luma(image, at);
            for (int channel = 0; colours == 3 && channel < colours; channel++) {
                image[at + channel] = level(grey + saturation * ((image[at + channel] & 0xff) - grey));
            }
        }
    }

    private double luma(byte[] image, int at) {
        return colours == 1
                ? image[at] & 0xff
                : RED * (image[at] & 0xff) + GREEN * (image[at + 1] & 0xff) + BLUE * (image[at + 2] & 0xff);
    }

    private static byte level(double value) {
        return (byte) Math.round(Math.max(0, Math.min(WHITE, value)));
    }
}
