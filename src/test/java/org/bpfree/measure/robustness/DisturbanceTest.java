package org.bpfree.measure.robustness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.bpfree.data.DataSettings.Normalization;
import org.bpfree.data.ImageSet;
import org.bpfree.data.ImageShape;
import org.bpfree.data.Normalizer;
import org.bpfree.graph.LossFunction;
import org.bpfree.learn.Bench;
import org.bpfree.learn.LearnerContext;
import org.bpfree.learn.backprop.BackpropLearner;
import org.bpfree.model.BasicLayers;
import org.bpfree.model.LayerSettings;
import org.bpfree.random.RandomStream;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;
import org.bpfree.testing.Yaml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Attacks and corruptions against what their formulas say. */
class DisturbanceTest {
    private static RandomGenerator random() {
        return RandomStream.of(3, "test/disturbance");
    }

    @Test
    void theFastAttackMovesEveryPixelByEpsilonUpTheSlopeAndStaysWithinBlackAndWhite() {
        double[] clean = {0.5, 0.5, 0.98, 0.01};
        Tensor slope = Tensor.of(Precision.FLOAT64, Shape.of(4), 3, -0.001, 1, -1);

        double[] moved = Attack.FGSM.apply(clean, 0.03, at -> slope, random());

        assertThat(moved).containsExactly(new double[] {0.53, 0.47, 1, 0}, within(1e-12));
    }

    @Test
    void whereTheSlopeIsZeroNothingMoves() {
        double[] clean = {0.5, 0.25};
        assertThat(Attack.FGSM.apply(clean, 0.1, at -> Tensor.zeros(Precision.FLOAT64, Shape.of(2)), random()))
                .containsExactly(clean);
    }

    @Test
    void theIteratedAttackEndsOnTheFarSideOfTheBallUnderASteadySlope() {
        double[] clean = {0.5, 0.5, 0.99};
        Tensor slope = Tensor.of(Precision.FLOAT64, Shape.of(3), 1, -1, 1);

        assertThat(Attack.PGD.apply(clean, 0.04, at -> slope, random()))
                .containsExactly(new double[] {0.54, 0.46, 1}, within(1e-12));
    }

    @Test
    void theIteratedAttackLooksAtTheSlopeWhereItHasCome() {
        // Loss (x - 0.52)^2 has its largest value within 0.5 +- 0.04 at 0.46, wherever the start lies but right of
        // 0.52.
        double[] clean = {0.5};
        double[] moved = Attack.PGD.apply(
                clean, 0.04, at -> Tensor.of(Precision.FLOAT64, Shape.of(1), 2 * (at[0] - 0.52)), random());

        assertThat(Math.abs(moved[0] - clean[0])).isCloseTo(0.04, within(1e-12));
    }

    @ParameterizedTest
    @EnumSource(Corruption.class)
    void corruptionsStayWithinBlackAndWhiteAndGrowWithTheirSeverity(Corruption corruption) {
        double[] image = RandomStream.of(1, "test/image").doubles(12 * 12 * 3).toArray();
        double before = 0;
        for (int severity = 1; severity <= Corruption.SEVERITIES; severity++) {
            double[] corrupted = image.clone();
            corruption.apply(corrupted, 12, 12, 3, severity, random());
            assertThat(Arrays.stream(corrupted).min().orElseThrow()).isNotNegative();
            assertThat(Arrays.stream(corrupted).max().orElseThrow()).isLessThanOrEqualTo(1);
            double distance = 0;
            for (int i = 0; i < image.length; i++) {
                distance += Math.pow(corrupted[i] - image[i], 2);
            }
            assertThat(distance).as("severity %d", severity).isGreaterThan(before);
            before = distance;
        }
    }

    @Test
    void blurKeepsAConstantImageAndTheSumOfAPoint() {
        double[] constant = new double[9 * 9];
        Arrays.fill(constant, 0.3);
        Corruption.BLUR.apply(constant, 9, 9, 1, 5, random());
        assertThat(constant).containsExactly(constantOf(0.3, 81), within(1e-12));

        double[] point = new double[15 * 15];
        point[7 * 15 + 7] = 1;
        Corruption.BLUR.apply(point, 15, 15, 1, 3, random());
        assertThat(Arrays.stream(point).sum()).isCloseTo(1, within(1e-12));
        // Neighbours of a Gaussian with deviation 1 are exp(-1/2) of its middle.
        assertThat(point[7 * 15 + 8] / point[7 * 15 + 7]).isCloseTo(Math.exp(-0.5), within(1e-12));
        assertThat(point[8 * 15 + 8] / point[7 * 15 + 7]).isCloseTo(Math.exp(-1), within(1e-12));
    }

    @Test
    void contrastShrinksDistancesFromTheMean() {
        double[] image = {0.2, 0.4, 0.6, 0.8};
        Corruption.CONTRAST.apply(image, 2, 2, 1, 2, random());
        assertThat(image).containsExactly(new double[] {0.35, 0.45, 0.55, 0.65}, within(1e-12));
    }

    @Test
    void occlusionIsOneGreySquare() {
        double[] image = new double[10 * 10 * 3];
        Corruption.OCCLUSION.apply(image, 10, 10, 3, 3, random());
        assertThat(Arrays.stream(image).filter(value -> value == 0.5).count()).isEqualTo(4 * 4 * 3);
    }

    private static double[] constantOf(double value, int count) {
        double[] all = new double[count];
        Arrays.fill(all, value);
        return all;
    }

    /** Two pixels, the class is the brighter one: accuracy under attack follows from epsilon. */
    @Test
    void accuracyFallsWhereEpsilonReachesHalfTheDifferenceOfThePixels() {
        Bench bench = Bench.of(
                Precision.FLOAT32,
                LossFunction.CROSS_ENTROPY,
                Shape.of(1, 2, 1),
                2,
                3,
                new LayerSettings(new BasicLayers.Flatten()),
                Yaml.layer("{type: dense, units: 2, bias: false, initializer: zeros}"));
        bench.parameters.get(bench.graph.parameters().get(0)).write(new double[] {1, -1, -1, 1});
        LearnerContext context = bench.context();
        byte[] pixels = {(byte) 200, 100, 100, (byte) 120, 50, (byte) 60}; // differences 100, 20, 10 of 255
        ImageSet images = new ImageSet(new ImageShape(1, 2, 1), 3, 2, pixels, new byte[] {0, 1, 1});
        Robustness.Victim victim = new Robustness.Victim(
                new BackpropLearner(context),
                new ImageGradient(context),
                bench.slot,
                context.loss(),
                new PixelScale(Normalizer.of(Normalization.CENTERED, images)));
        Robustness robustness = new Robustness(victim, images, 1);

        assertThat(robustness.predictsByItsGraph()).isTrue();
        assertThat(robustness.clean().accuracy()).isEqualTo(1);
        for (Attack attack : Attack.values()) {
            assertThat(robustness.attack(attack, 4 / 255.0, Optional.empty()).accuracy())
                    .isEqualTo(1);
            assertThat(robustness.attack(attack, 6 / 255.0, Optional.empty()).accuracy())
                    .isCloseTo(2 / 3.0, within(1e-12));
            assertThat(robustness.attack(attack, 51 / 255.0, Optional.empty()).accuracy())
                    .isZero();
            assertThat(robustness.attack(attack, 6 / 255.0, Optional.of(victim)).gradient())
                    .isEqualTo("surrogate");
        }
    }
}
