package org.bpfree.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.bpfree.random.RandomStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Rules in single precision")
class SinglePrecisionTest {
    private static final int COUNT = 1000;
    private static final int STEPS = 20;
    private static final double RATE = 0.01;

    static Stream<UpdateRule> rules() {
        return Stream.of(
                new AdamW(0.9, 0.999, 1e-8).rule(0.01),
                new Adam(0.9, 0.999, 1e-8, true).rule(0.1),
                new Adam(0.5, 0.9, 1e-3, false).rule(0),
                new Sgd(0, false, false, false, MomentumForm.PYTORCH).rule(0.1),
                new Sgd(0.9, false, false, false, MomentumForm.PYTORCH).rule(0.1),
                new Sgd(0.9, true, false, false, MomentumForm.PYTORCH).rule(0.1),
                new Sgd(0.9, false, false, false, MomentumForm.KERAS).rule(0.1),
                new Sgd(0.9, true, false, false, MomentumForm.KERAS).rule(0.1),
                new Sgd(0.5, false, true, false, MomentumForm.PYTORCH).rule(0.1));
    }

    @ParameterizedTest
    @MethodSource("rules")
    @DisplayName("move as those in double precision do, up to rounding")
    void followDoublePrecision(UpdateRule rule) {
        assertThat(distance(rule, rule.single().orElseThrow())).isLessThan(3e-6);
    }

    @Test
    @DisplayName("of another decay are found")
    void negativeControl() {
        UpdateRule right = new AdamW(0.9, 0.999, 1e-8).rule(0.01);
        UpdateRule wrong = new AdamW(0.9, 0.999, 1e-8).rule(0.02);
        assertThat(distance(right, wrong.single().orElseThrow())).isGreaterThan(3e-5);
        UpdateRule other = new Sgd(0.9, true, false, false, MomentumForm.KERAS).rule(0.1);
        UpdateRule plain = new Sgd(0.9, false, false, false, MomentumForm.KERAS).rule(0.1);
        assertThat(distance(other, plain.single().orElseThrow())).isGreaterThan(3e-5);
    }

    @Test
    @DisplayName("leave a number where it is whose updates are all zero, however small epsilon is")
    void noUpdate() {
        float[] w = {3};
        new Adam(0.9, 0.999, 1e-300, true)
                .rule(0)
                .single()
                .orElseThrow()
                .apply(w, new float[1], new float[1], new float[1], 1, RATE, 1);
        assertThat(w[0]).isEqualTo(3);
    }

    /** Largest difference of numbers between -1 and 1 after some steps. */
    private static double distance(UpdateRule twice, UpdateRule.Single single) {
        RandomGenerator random = RandomStream.of(1, "rules");
        double[] w = new double[COUNT];
        float[] x = new float[COUNT];
        for (int i = 0; i < COUNT; i++) {
            x[i] = random.nextFloat() * 2 - 1;
            w[i] = x[i];
        }
        double[][] slots = new double[2][COUNT];
        float[][] floats = new float[2][COUNT];
        for (int step = 1; step <= STEPS; step++) {
            double[] g = new double[COUNT];
            float[] h = new float[COUNT];
            for (int i = 0; i < COUNT; i++) {
                h[i] = random.nextFloat() * 2 - 1;
                g[i] = h[i];
            }
            twice.apply(w, g, slots[0], slots[1], COUNT, RATE, step);
            single.apply(x, h, floats[0], floats[1], COUNT, RATE, step);
        }
        double[] differences = new double[COUNT];
        Arrays.setAll(differences, i -> Math.abs(w[i] - x[i]));
        return Arrays.stream(differences).max().orElseThrow();
    }
}
