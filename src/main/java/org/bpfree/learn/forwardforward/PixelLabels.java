package org.bpfree.learn.forwardforward;

import java.util.Arrays;
import org.bpfree.tensor.Elementwise;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Tensor;

/**
 * Labels in the place of the first pixels: the first numbers of an image in row-major order, one a class, are 0 but for that of the label; without a
 * label all are the same, with the same sum (Hinton's Matlab code).
 *
 * @param classes how many there are
 * @param strength of the label's number
 */
record PixelLabels(int classes, double strength) implements LabelForm {
    @Override
    public Routine embed(Tensor images, int[] labels, Tensor output) {
        double[] numbers = new double[classes];
        int size = size(images);
        Routine write = () -> {
            for (int n = 0; n * size < images.size(); n++) {
                numbers[labels[n]] = strength;
                output.write(n * size, numbers, 0, classes);
                numbers[labels[n]] = 0;
            }
        };
        return Elementwise.copy(images, output).then(write);
    }

    @Override
    public Routine neutral(Tensor images, Tensor output) {
        double[] numbers = new double[classes];
        Arrays.fill(numbers, strength / classes);
        int size = size(images);
        Routine write = () -> {
            for (int n = 0; n * size < images.size(); n++) {
                output.write(n * size, numbers, 0, classes);
            }
        };
        return Elementwise.copy(images, output).then(write);
    }

    private static int size(Tensor images) {
        return images.size() / images.shape().extent(0);
    }
}
