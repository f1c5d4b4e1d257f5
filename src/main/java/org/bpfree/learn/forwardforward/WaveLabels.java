package org.bpfree.learn.forwardforward;

import org.bpfree.tensor.Elementwise;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;

/**
 * Labels as waves over the whole image, {@code x + strength cos(2 pi (u h / H + v w / W))} on all channels, with frequencies {@code (u, v)} of
 * their own for each class: (0,1), (1,0), (1,1), (0,2), (2,0), (1,2), (2,1), (2,2), (0,3) and so on. Without a label the image is as it is. Scodellaro
 * et al. (arXiv 2312.14924) lay Fourier patterns over images of convolutions; these patterns are this project's.
 */
final class WaveLabels implements LabelForm {
    private final double[][] waves; // [classes][numbers of an image]

    /** Waves of a strength over images {@code [height, width, channels]}. */
    WaveLabels(Shape image, int classes, double strength) {
        waves = new double[classes][Math.toIntExact(image.size())];
        for (int c = 0; c < classes; c++) {
            int[] frequency = frequency(c);
            for (int k = 0; k < waves[c].length; k++) {
                int pixel = k / image.extent(2);
                double turns = (double) frequency[0] * (pixel / image.extent(1)) / image.extent(0)
                        + (double) frequency[1] * (pixel % image.extent(1)) / image.extent(1);
                waves[c][k] = strength * Math.cos(2 * Math.PI * turns);
            }
        }
    }

    /** Waves a row and a column, in order of the larger of both; of those with the same, from the most uneven to the even one. */
    static int[] frequency(int label) {
        int largest = 1;
        int before = 0;
        while (label >= before + 2 * largest + 1) {
            before += 2 * largest + 1;
            largest++;
        }
        int other = (label - before) / 2;
        return (label - before) % 2 == 0 ? new int[] {other, largest} : new int[] {largest, other};
    }

    /** How many waves an image of a size can tell apart: those of up to half as many as it has rows and columns. */
    static int distinct(Shape image) {
        int most = Math.min(image.extent(0), image.extent(1)) / 2;
        return (most + 1) * (most + 1) - 1;
    }

    @Override
    public Routine embed(Tensor images, int[] labels, Tensor output) {
        int size = images.size() / images.shape().extent(0);
        double[] image = new double[size];
        return () -> {
            for (int n = 0; n * size < images.size(); n++) {
                images.read(n * size, image, 0, size);
                double[] wave = waves[labels[n]];
                for (int k = 0; k < size; k++) {
                    image[k] += wave[k];
                }
                output.write(n * size, image, 0, size);
            }
        };
    }

    @Override
    public Routine neutral(Tensor images, Tensor output) {
        return Elementwise.copy(images, output);
    }
}
