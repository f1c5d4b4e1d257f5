package org.bpfree.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.bpfree.random.RandomStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

@DisplayName("Group normalization")
class GroupNormalizationTest {
    private static final double EPSILON = 1e-3;

    private final double[][] expected = new double[4][]; // output, error of the input, gradients of scale and shift

    private static Tensor[] operands(RandomGenerator random, Precision precision, int batch, int pixels, int channels) {
        return new Tensor[] {
            RandomTensors.random(random, precision, batch, pixels, channels),
            RandomTensors.random(random, precision, channels),
            RandomTensors.random(random, precision, channels),
            RandomTensors.random(random, precision, batch, pixels, channels),
            RandomTensors.random(random, precision, channels)
        };
    }

    private static Tensor[] run(Tensor[] operands, int groups) {
        Tensor output = RandomTensors.zerosLike(operands[0]);
        Tensor inputError = RandomTensors.zerosLike(operands[0]);
        Tensor scaleGradient = RandomTensors.zerosLike(operands[1]);
        Tensor shiftGradient = RandomTensors.zerosLike(operands[1]);
        GroupNormalization fast =
                new GroupNormalization(operands[0], operands[1], operands[2], output, groups, EPSILON);
        Routine step =
                fast.forward().then(fast.backward(operands[3], operands[4], inputError, scaleGradient, shiftGradient));
        step.run();
        step.run(); // nothing may be left over from the first
        return new Tensor[] {output, inputError, scaleGradient, shiftGradient};
    }

    /** By the definition: each group of each sample by itself. */
    private void expect(Tensor[] operands, int groups) {
        double[] x = operands[0].toDoubles();
        double[] e = operands[3].toDoubles();
        int channels = operands[1].size();
        int size = x.length / operands[0].shape().extent(0);
        expected[0] = new double[x.length];
        expected[1] = new double[x.length];
        expected[2] = new double[channels];
        expected[3] = new double[channels];
        for (int sample = 0; sample * size < x.length; sample++) {
            for (int group = 0; group < groups; group++) {
                int first = sample * size;
                int wanted = group;
                int[] members = java.util.stream.IntStream.range(first, first + size)
                        .filter(at -> at % channels / (channels / groups) == wanted)
                        .toArray();
                expect(operands, members, x, e);
            }
        }
    }

    private void expect(Tensor[] operands, int[] members, double[] x, double[] e) {
        int channels = operands[1].size();
        double mean = Arrays.stream(members).mapToDouble(at -> x[at]).average().orElseThrow();
        double variance = Arrays.stream(members)
                .mapToDouble(at -> (x[at] - mean) * (x[at] - mean))
                .average()
                .orElseThrow();
        double deviation = Math.sqrt(variance + EPSILON);
        double g = Arrays.stream(members)
                .mapToDouble(at -> e[at] * operands[4].at(at % channels))
                .average()
                .orElseThrow();
        double gx = Arrays.stream(members)
                .mapToDouble(at -> e[at] * operands[4].at(at % channels) * (x[at] - mean) / deviation)
                .average()
                .orElseThrow();
        for (int at : members) {
            double standardized = (x[at] - mean) / deviation;
            int channel = at % channels;
            expected[0][at] = operands[1].at(channel) * standardized + operands[2].at(channel);
            expected[1][at] = (e[at] * operands[4].at(channel) - g - standardized * gx) / deviation;
            expected[2][channel] += e[at] * standardized;
            expected[3][channel] += e[at];
        }
    }

    @RepeatedTest(30)
    @DisplayName("agrees with loops over the definition, on random shapes")
    void agreesWithNaiveLoops(RepetitionInfo repetition) {
        RandomGenerator random = RandomStream.of(repetition.getCurrentRepetition(), "group-norm shapes");
        Precision precision = random.nextBoolean() ? Precision.FLOAT32 : Precision.FLOAT64;
        int groups = 1 + random.nextInt(6);
        int channels = groups * (1 + random.nextInt(random.nextBoolean() ? 4 : 60));
        int batch = 1 + random.nextInt(random.nextBoolean() ? 4 : 30);
        Tensor[] operands = operands(random, precision, batch, 2 + random.nextInt(300), channels);
        expect(operands, groups);
        Tensor[] actual = run(operands, groups);
        for (int i = 0; i < actual.length; i++) {
            RandomTensors.assertClose(actual[i], expected[i]);
        }
    }

    @Test
    @DisplayName("of one group on vectors is layer normalization")
    void oneGroupIsLayerNormalization() {
        Tensor[] operands = operands(RandomStream.of(1, "vectors"), Precision.FLOAT64, 5, 1, 24);
        Tensor layer = RandomTensors.zerosLike(operands[0]);
        new LayerNormalization(operands[0], operands[1], operands[2], layer, EPSILON).forward();
        RandomTensors.assertClose(run(operands, 1)[0], layer.toDoubles());
    }

    @Test
    @DisplayName("negative control: another number of groups is told")
    void anotherNumberOfGroupsIsNoticed() {
        Tensor[] operands = operands(RandomStream.of(1, "control"), Precision.FLOAT32, 3, 20, 12);
        expect(operands, 4);
        Tensor[] actual = run(operands, 3);
        assertThat(RandomTensors.difference(actual[0], expected[0])).isGreaterThan(1e-2);
        assertThat(RandomTensors.difference(actual[1], expected[1])).isGreaterThan(1e-2);
    }

    @Test
    @DisplayName("allocates nothing")
    void allocatesNothing() {
        Tensor[] operands = operands(RandomStream.of(1, "allocation"), Precision.FLOAT32, 3, 20, 12);
        Tensor inputError = RandomTensors.zerosLike(operands[0]);
        Tensor gradient = RandomTensors.zerosLike(operands[1]);
        GroupNormalization fast = new GroupNormalization(
                operands[0], operands[1], operands[2], RandomTensors.zerosLike(operands[0]), 4, EPSILON);
        Routine step = fast.forward().then(fast.backward(operands[3], operands[4], inputError, gradient, gradient));
        assertThat(Allocation.ofOneOfMany(step)).isLessThan(Allocation.OF_SHARING);
    }
}
