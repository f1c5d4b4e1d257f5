package org.bpfree.learn.forwardforward;

import java.util.random.RandomGenerator;
import org.bpfree.graph.Kernel;
import org.bpfree.learn.LabelledImages;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;

/**
 * Negative samples put together from two images of the batch, {@code mask x + (1 - mask) x'}, by masks with large regions of ones and zeros: random
 * bits, blurred several times with [1/4, 1/2, 1/4] down and across, and taken for one above 1/2 (Hinton, arXiv 2212.13345). How often he
 * blurs is not known here; borders are repeated. The other image is that some places further on in the batch, as many for all; a batch of one image
 * has no other.
 */
final class Hybrids implements Negatives {
    private static final int BLURS = 10;

    private final Kernel.Noise noise;
    private final int height;
    private final int width;
    private final int channels;
    private final double[] mask; // [height, width]
    private final double[] line;

    /** Hybrids of images {@code [height, width, channels]}. */
    Hybrids(Shape image, Kernel.Noise noise) {
        this.noise = noise;
        height = image.extent(0);
        width = image.extent(1);
        channels = image.extent(2);
        mask = new double[height * width];
        line = new double[Math.max(height, width)];
    }

    @Override
    public Routine bind(LabelledImages batch, Tensor scores, Tensor output) {
        int images = batch.size();
        int size = mask.length * channels;
        double[] one = new double[size];
        double[] other = new double[size];
        return () -> {
            RandomGenerator random = noise.stream(STREAM);
            int further = images == 1 ? 0 : 1 + random.nextInt(images - 1);
            for (int n = 0; n < images; n++) {
                draw(random);
                batch.images().read(n * size, one, 0, size);
                batch.images().read((n + further) % images * size, other, 0, size);
                for (int k = 0; k < size; k++) {
                    one[k] = mask[k / channels] > 0.5 ? one[k] : other[k];
                }
                output.write(n * size, one, 0, size);
            }
        };
    }

    private void draw(RandomGenerator random) {
        for (int i = 0; i < mask.length; i++) {
            mask[i] = random.nextBoolean() ? 1 : 0;
        }
        for (int blur = 0; blur < BLURS; blur++) {
            for (int row = 0; row < height; row++) {
                blur(row * width, 1, width);
            }
            for (int column = 0; column < width; column++) {
                blur(column, width, height);
            }
        }
    }

    /** Blurs one row or column: {@code count} numbers from {@code from} on, {@code step} apart. */
    private void blur(int from, int step, int count) {
        for (int i = 0; i < count; i++) {
            line[i] = mask[from + i * step];
        }
        for (int i = 0; i < count; i++) {
            double before = line[Math.max(0, i - 1)];
            double after = line[Math.min(count - 1, i + 1)];
            mask[from + i * step] = before / 4 + line[i] / 2 + after / 4;
        }
    }
}
