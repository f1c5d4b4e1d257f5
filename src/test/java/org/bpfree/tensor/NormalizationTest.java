package org.bpfree.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.bpfree.random.RandomStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

@DisplayName("Normalizations agree with loops over the definition, on random shapes")
class NormalizationTest {
    private static final double EPSILON = 1e-3;
    private static final double MOMENTUM = 0.3;

    /** Random operands of one normalization. */
    private static final class Case {
        final Tensor input;
        final Tensor error;
        final Tensor scale;
        final Tensor shift;
        final Tensor feedback;
        final Tensor output;
        final Tensor inputError;
        final Tensor scaleGradient;
        final Tensor shiftGradient;

        Case(RandomGenerator random) {
            Precision precision = random.nextBoolean() ? Precision.FLOAT32 : Precision.FLOAT64;
            int rows = 2 + random.nextInt(random.nextBoolean() ? 12 : 1500);
            int columns = 1 + random.nextInt(random.nextBoolean() ? 9 : 200);
            input = RandomTensors.random(random, precision, rows, columns);
            error = RandomTensors.random(random, precision, rows, columns);
            scale = RandomTensors.random(random, precision, columns);
            shift = RandomTensors.random(random, precision, columns);
            feedback = RandomTensors.random(random, precision, columns);
            output = RandomTensors.zerosLike(input);
            inputError = RandomTensors.zerosLike(input);
            scaleGradient = RandomTensors.zerosLike(scale);
            shiftGradient = RandomTensors.zerosLike(scale);
        }

        NaiveNormalization naive(boolean byColumn) {
            return new NaiveNormalization(input, scale, shift, error, feedback, EPSILON, byColumn);
        }

        void assertBackward(NaiveNormalization naive) {
            RandomTensors.assertClose(inputError, naive.inputError);
            RandomTensors.assertClose(scaleGradient, naive.scaleGradient);
            RandomTensors.assertClose(shiftGradient, naive.shiftGradient);
        }
    }

    @RepeatedTest(30)
    @DisplayName("layer-norm")
    void layerNormalization(RepetitionInfo repetition) {
        Case operands = new Case(RandomStream.of(repetition.getCurrentRepetition(), "layer-norm shapes"));
        NaiveNormalization naive = operands.naive(false);
        LayerNormalization fast =
                new LayerNormalization(operands.input, operands.scale, operands.shift, operands.output, EPSILON);
        for (int run = 0; run < 2; run++) { // nothing may be left over from the first
            fast.forward();
            fast.backward(
                    operands.error,
                    operands.feedback,
                    operands.inputError,
                    operands.scaleGradient,
                    operands.shiftGradient);
        }
        RandomTensors.assertClose(operands.output, naive.output);
        operands.assertBackward(naive);
    }

    @RepeatedTest(30)
    @DisplayName("batch-norm")
    void batchNormalization(RepetitionInfo repetition) {
        Case operands = new Case(RandomStream.of(repetition.getCurrentRepetition(), "batch-norm shapes"));
        NaiveNormalization naive = operands.naive(true);
        Tensor runningMean = RandomTensors.zerosLike(operands.scale);
        Tensor runningVariance = RandomTensors.zerosLike(operands.scale);
        runningVariance.fill(1);
        BatchNormalization fast =
                new BatchNormalization(operands.input, operands.scale, operands.shift, operands.output, EPSILON);
        fast.forward(runningMean, runningVariance, MOMENTUM);
        RandomTensors.assertClose(operands.output, naive.output);
        int rows = operands.input.shape().extent(0);
        double[] unbiased = Arrays.stream(naive.variance)
                .map(variance -> 1 - MOMENTUM + MOMENTUM * variance * rows / (rows - 1))
                .toArray();
        RandomTensors.assertClose(runningVariance, unbiased);
        RandomTensors.assertClose(
                runningMean,
                Arrays.stream(naive.mean).map(mean -> MOMENTUM * mean).toArray());
        for (int run = 0; run < 2; run++) {
            fast.backward(
                    operands.error,
                    operands.feedback,
                    operands.inputError,
                    operands.scaleGradient,
                    operands.shiftGradient);
        }
        operands.assertBackward(naive);
    }

    @RepeatedTest(30)
    @DisplayName("batch-norm with a rectifier behind it, and a shortcut or none")
    void rectifiedBatchNormalization(RepetitionInfo repetition) {
        RandomGenerator random = RandomStream.of(repetition.getCurrentRepetition(), "rectified batch-norm shapes");
        Case operands = new Case(random);
        Tensor shortcut = random.nextBoolean()
                ? RandomTensors.random(
                        random,
                        operands.input.precision(),
                        operands.input.shape().toArray())
                : null;
        Tensor shortcutError = shortcut == null || random.nextBoolean() ? null : RandomTensors.zerosLike(shortcut);
        double[] output = operands.naive(true).output;
        double[] passed = operands.error.toDoubles();
        for (int i = 0; i < output.length; i++) {
            output[i] = Math.max(0, output[i] + (shortcut == null ? 0 : shortcut.at(i)));
            passed[i] = output[i] > 0 ? passed[i] : 0;
        }
        BatchNormalization fast = BatchNormalization.rectified(
                operands.input, operands.scale, operands.shift, shortcut, operands.output, EPSILON);
        Tensor statistics = RandomTensors.zerosLike(operands.scale);
        fast.forward(statistics, statistics, MOMENTUM);
        RandomTensors.assertClose(operands.output, output);
        fast.backward(
                operands.error,
                operands.feedback,
                operands.inputError,
                shortcutError,
                operands.scaleGradient,
                operands.shiftGradient);
        if (shortcutError != null) {
            RandomTensors.assertClose(shortcutError, passed);
        }
        operands.error.write(passed);
        operands.assertBackward(operands.naive(true));
    }

    @Test
    @DisplayName("a large mean costs no more than the rounding of the inputs")
    void largeMean() {
        Case operands = new Case(RandomStream.of(4, "normalization far from zero"));
        double[] values = operands.input.toDoubles();
        operands.input.write(Arrays.stream(values).map(x -> x + 30).toArray());
        new BatchNormalization(operands.input, operands.scale, operands.shift, operands.output, EPSILON)
                .forward(RandomTensors.zerosLike(operands.scale), RandomTensors.zerosLike(operands.scale), MOMENTUM);
        assertThat(RandomTensors.difference(operands.output, operands.naive(true).output))
                .isLessThan(1e-4);
    }

    @Test
    @DisplayName("negative control: layer-norm is told from batch-norm")
    void controlTellsThemApart() {
        Case operands = new Case(RandomStream.of(1, "layer-norm shapes"));
        new LayerNormalization(operands.input, operands.scale, operands.shift, operands.output, EPSILON).forward();
        assertThat(RandomTensors.difference(operands.output, operands.naive(true).output))
                .isGreaterThan(1e-2);
    }
}
