package org.bpfree.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.random.RandomGenerator;

/** Random inputs of kernels, and comparison of their outputs with an oracle. */
final class RandomTensors {
    private RandomTensors() {}

    /** A tensor of numbers between -1 and 1. */
    static Tensor random(RandomGenerator random, Precision precision, int... extents) {
        Tensor tensor = Tensor.zeros(precision, Shape.of(extents));
        tensor.write(random.doubles(tensor.size(), -1, 1).toArray());
        return tensor;
    }

    /** A tensor of the shape of another. */
    static Tensor zerosLike(Tensor tensor) {
        return Tensor.zeros(tensor.precision(), tensor.shape());
    }

    /** Largest difference relative to the largest expected element, or to 1 if that is larger. */
    static double difference(Tensor actual, double[] expected) {
        double[] values = actual.toDoubles();
        assertThat(values).hasSameSizeAs(expected);
        double largest = 1;
        double difference = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            difference = Math.max(difference, Math.abs(expected[i] - values[i]));
        }
        return difference / largest;
    }

    /** Checks that a kernel agrees with an oracle up to rounding. */
    static void assertClose(Tensor actual, double[] expected) {
        assertThat(difference(actual, expected)).isLessThan(actual.precision() == Precision.FLOAT32 ? 1e-5 : 1e-12);
    }
}
