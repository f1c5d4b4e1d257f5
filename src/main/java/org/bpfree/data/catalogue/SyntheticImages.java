package org.bpfree.data.catalogue;

import java.util.random.RandomGenerator;
import org.bpfree.data.ImageSet;
import org.bpfree.data.ImageShape;
import org.bpfree.data.Permutation;
import org.bpfree.random.RandomStream;

/**
 * Images drawn from the seed: ten textures and shapes, each at a random place, phase and size, turned a little, lighter or darker
 * than a background that slopes from one grey to another, under noise. Since the contrast has either sign, every pixel has the same
 * mean in every class, and a linear model has hardly anything to go by; a network with local filters has.
 */
final class SyntheticImages {
    static final int CLASSES = 10;
    /** The random numbers of training images. */
    static final String TRAIN = "synthetic/train";
    /** The random numbers of test images. */
    static final String TEST = "synthetic/test";

    private SyntheticImages() {}

    /** Images of any shape, from a stream of random numbers of the given name; labels 0 to 9 take turns, in an order drawn from it. */
    static ImageSet of(ImageShape shape, int count, long seed, String stream) {
        RandomGenerator random = RandomStream.of(seed, stream);
        int[] places = Permutation.of(count, random);
        byte[] pixels = new byte[Math.multiplyExact(count, shape.size())];
        byte[] labels = new byte[count];
        float[] pattern = new float[shape.height() * shape.width()];
        for (int image = 0; image < count; image++) {
            int label = places[image] % CLASSES;
            labels[image] = (byte) label;
            SyntheticPattern.draw(label, shape.height(), shape.width(), random, pattern);
            paint(pattern, shape, random, pixels, image * shape.size());
        }
        return new ImageSet(shape, count, CLASSES, pixels, labels);
    }

    /** Lays the pattern, 0 to 1 a pixel, over a sloping background, in one colour with either sign, and adds noise. */
    private static void paint(float[] pattern, ImageShape shape, RandomGenerator random, byte[] pixels, int from) {
        int channels = shape.channels();
        float sign = random.nextBoolean() ? 1 : -1;
        float[] middle = new float[channels];
        float[] contrast = new float[channels];
        for (int channel = 0; channel < channels; channel++) {
            middle[channel] = 128 - 30 * sign + 24 * uniform(random);
            contrast[channel] = sign * (80 + 25 * uniform(random));
        }
        float slopeDown = 25 * uniform(random) / shape.height();
        float slopeRight = 25 * uniform(random) / shape.width();
        int position = from;
        for (int row = 0; row < shape.height(); row++) {
            for (int column = 0; column < shape.width(); column++) {
                float slope = slopeDown * (2 * row - shape.height()) + slopeRight * (2 * column - shape.width());
                float ink = pattern[row * shape.width() + column];
                for (int channel = 0; channel < channels; channel++) {
                    float noise = 22 * uniform(random);
                    float value = middle[channel] + slope + contrast[channel] * ink + noise;
                    pixels[position++] = (byte) Math.round(Math.max(0, Math.min(255, value)));
                }
            }
        }
    }

    /** A number between -1 and 1. */
    static float uniform(RandomGenerator random) {
        return 2 * random.nextFloat() - 1;
    }
}
