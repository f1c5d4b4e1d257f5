package org.bpfree.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bpfree.learn.Layers.activation;
import static org.bpfree.learn.Layers.conv;
import static org.bpfree.learn.Layers.dense;
import static org.bpfree.learn.Layers.flatten;
import static org.bpfree.learn.Layers.maxPool;

import java.util.Map;
import org.bpfree.graph.Parameter;
import org.bpfree.model.Padding;
import org.bpfree.tensor.ActivationFunction;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;

/**
 * Two small networks of which every number is a formula, and figures that tell a tensor: the sum of its elements times the cosines of their
 * places, and its norm. Figures in the tests were computed in double precision by other programs.
 */
public final class OracleNets {
    private static final double RELATIVE = 1e-9;

    private OracleNets() {}

    /** {@code g sin(q + 2i + 3j + ij)}, {@code [rows, columns]}. */
    public static double[] matrix(double q, int rows, int columns, double g) {
        double[] matrix = new double[rows * columns];
        for (int k = 0; k < matrix.length; k++) {
            int i = k / columns;
            int j = k % columns;
            matrix[k] = g * Math.sin(q + 2 * i + 3 * j + i * j);
        }
        return matrix;
    }

    /** {@code 0.1 cos(q + i)}. */
    public static double[] bias(double q, int length) {
        double[] bias = new double[length];
        for (int i = 0; i < length; i++) {
            bias[i] = 0.1 * Math.cos(q + i);
        }
        return bias;
    }

    /** Net A: three dense layers of 5, 4 and 3 units on 4 numbers, for three images. */
    public static Bench dense543(ActivationFunction function) {
        Bench bench = Bench.of(
                Shape.of(1, 1, 4),
                3,
                3,
                flatten(),
                dense(5, true),
                activation(function),
                dense(4, true),
                activation(function),
                dense(3, true));
        int[] widths = {4, 5, 4, 3};
        for (int l = 1; l < widths.length; l++) {
            write(bench, "dense" + l + "/weights", matrix(l, widths[l], widths[l - 1], 0.5));
            write(bench, "dense" + l + "/bias", bias(l, widths[l]));
        }
        double[] images = new double[12];
        for (int k = 0; k < images.length; k++) {
            images[k] = Math.cos(2 * (k / 4) + k % 4 + k / 4 * (k % 4));
        }
        bench.batch.images().write(images);
        System.arraycopy(new int[] {0, 2, 1}, 0, bench.batch.labels(), 0, 3);
        return bench;
    }

    /** Net C: a convolution with three filters, rectified and pooled, and a dense layer, for two images of 4x4x2. */
    public static Bench convolutional() {
        Bench bench = Bench.of(
                Shape.of(4, 4, 2),
                3,
                2,
                conv(3, 3, 1, Padding.SAME, true),
                activation(ActivationFunction.RELU),
                maxPool(),
                flatten(),
                dense(3, true));
        double[] kernels = new double[3 * 3 * 3 * 2];
        for (int k = 0; k < kernels.length; k++) {
            int o = k / 18;
            int p = k / 6 % 3;
            int q = k / 2 % 3;
            int c = k % 2;
            kernels[k] = 0.4 * Math.sin(o + 2 * p + 3 * q + 5 * c + p * q + o * c);
        }
        write(bench, "conv1/weights", kernels);
        write(bench, "conv1/bias", bias(0, 3));
        write(bench, "dense1/weights", matrix(2, 3, 12, 0.3));
        write(bench, "dense1/bias", bias(2, 3));
        double[] images = new double[2 * 4 * 4 * 2];
        for (int k = 0; k < images.length; k++) {
            int n = k / 32;
            int h = k / 8 % 4;
            int w = k / 2 % 4;
            int c = k % 2;
            images[k] = Math.cos(n + 2 * h + 3 * w + c + h * w);
        }
        bench.batch.images().write(images);
        System.arraycopy(new int[] {0, 2}, 0, bench.batch.labels(), 0, 2);
        return bench;
    }

    /** Overwrites a parameter of a bench. */
    public static void write(Bench bench, String key, double[] values) {
        Parameter parameter = bench.graph.parameters().stream()
                .filter(each -> each.key().equals(key))
                .findFirst()
                .orElseThrow();
        bench.parameters.get(parameter).write(values);
    }

    /** A tensor that a learner trains for itself, or else a parameter of its network. */
    public static Tensor trained(Learner learner, String name) {
        return learner.trained().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow()
                .value();
    }

    /** Asserts the two figures of a tensor, relative to its norm. */
    public static void assertFigures(String name, double[] tensor, double sum, double norm) {
        double weighted = 0;
        for (int k = 0; k < tensor.length; k++) {
            weighted += tensor[k] * Math.cos(k);
        }
        assertThat(weighted).as("sum of %s", name).isCloseTo(sum, within(RELATIVE * norm));
        assertThat(Vectors.norm(tensor)).as("norm of %s", name).isCloseTo(norm, within(RELATIVE * norm));
    }

    /** Asserts the figures of the updates of a step: for each name a sum and a norm. */
    public static void assertUpdates(Map<String, double[]> updates, Map<String, double[]> figures) {
        figures.forEach((name, figure) -> assertFigures(name, updates.get(name), figure[0], figure[1]));
    }

    /** A sum and a norm. */
    public static double[] figures(double sum, double norm) {
        return new double[] {sum, norm};
    }
}
