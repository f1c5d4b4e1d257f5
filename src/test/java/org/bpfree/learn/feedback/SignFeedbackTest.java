package org.bpfree.learn.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bpfree.learn.Layers.conv;
import static org.bpfree.learn.Layers.dense;
import static org.bpfree.learn.Layers.flatten;
import static org.bpfree.learn.Layers.tanh;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bpfree.binding.Setting;
import org.bpfree.graph.Initializer;
import org.bpfree.graph.Parameter;
import org.bpfree.learn.Bench;
import org.bpfree.learn.Practice;
import org.bpfree.learn.Vectors;
import org.bpfree.model.LayerSettings;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;
import org.bpfree.testing.Yaml;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Sign-concordant feedback")
class SignFeedbackTest {
    private static Bench bench() {
        return Bench.of(
                Shape.of(8, 8, 2), 4, 12, conv(6), tanh(), conv(8), tanh(), flatten(), dense(20), tanh(), dense(4));
    }

    /** Share of the elements of stand-ins whose sign is that of the weight. */
    private static double agreement(Map<String, double[]> feedback, Map<String, double[]> weights) {
        long agreeing = 0;
        long all = 0;
        for (Map.Entry<String, double[]> entry : feedback.entrySet()) {
            double[] w = weights.get(entry.getKey());
            for (int i = 0; i < w.length; i++) {
                agreeing += Math.signum(entry.getValue()[i]) == Math.signum(w[i]) ? 1 : 0;
            }
            all += w.length;
        }
        return (double) agreeing / all;
    }

    private static Map<String, double[]> copies(Map<String, Tensor> tensors) {
        Map<String, double[]> copies = new HashMap<>();
        tensors.forEach((name, tensor) -> copies.put(name, tensor.toDoubles()));
        return copies;
    }

    private static Map<String, double[]> weights(Bench bench) {
        Map<String, double[]> weights = new HashMap<>();
        for (Parameter parameter : bench.graph.crossedWeights()) {
            weights.put(parameter.key(), bench.parameters.get(parameter).toDoubles());
        }
        return weights;
    }

    @ParameterizedTest
    @CsvSource({"usf, init", "usf, norm-init", "usf, strict", "brsf, ", "frsf, "})
    @DisplayName("agrees in sign with the weights of the forward pass at every step, not with those after it")
    void signsAgreeAtEveryStep(String type, String magnitude) {
        Bench bench = bench();
        String option = magnitude == null ? "" : ", magnitude: " + magnitude;
        Practice practice = new Practice("{type: " + type + option + "}", bench, 0.5, 0.9, 1e-2);
        double afterStep = 1;
        for (int step = 0; step < 40; step++) {
            Map<String, double[]> forward = weights(bench);
            practice.step();
            Map<String, double[]> feedback = copies(practice.learner.feedback());
            assertThat(feedback).hasSize(3);
            assertThat(agreement(feedback, forward)).isEqualTo(1.0);
            afterStep = Math.min(afterStep, agreement(feedback, weights(bench)));
        }
        assertThat(afterStep).as("negative control: weights do change sign").isLessThan(1.0);
    }

    @ParameterizedTest
    @CsvSource({"usf, 0.75", "brsf, 0.75", "frsf, 0.75", "usf, 0.5", "frsf, 0"})
    @DisplayName("agrees in the share of signs that 'concordance' says, at every step")
    void partialConcordance(String type, double concordance) {
        Bench bench = bench();
        Practice practice =
                new Practice("{type: " + type + ", concordance: " + concordance + "}", bench, 0.5, 0.9, 1e-2);
        for (int step = 0; step < 10; step++) {
            Map<String, double[]> forward = weights(bench);
            practice.step();
            assertThat(agreement(copies(practice.learner.feedback()), forward)).isCloseTo(concordance, within(1e-3));
        }
    }

    @Test
    @DisplayName("agrees by chance only when it is random (fa)")
    void feedbackAlignmentAgreesByChance() {
        Bench bench = bench();
        Practice practice = new Practice("{type: fa}", bench, 0.1, 0, 0);
        practice.learn();
        assertThat(agreement(copies(practice.learner.feedback()), weights(bench)))
                .isCloseTo(0.5, within(0.03));
    }

    @Test
    @DisplayName(
            "frsf: magnitudes drift by exactly 0 over training with weight decay, and are no part of what is trained")
    void magnitudesAreFixed() {
        Bench bench = bench();
        Practice practice = new Practice("{type: frsf}", bench, 0.2, 0.9, 1e-1);
        Map<String, double[]> before = copies(practice.learner.state());
        Map<String, double[]> weights = weights(bench);
        for (int step = 0; step < 30; step++) {
            practice.step();
        }
        assertThat(copies(practice.learner.state())).usingRecursiveComparison().isEqualTo(before);
        assertThat(weights(bench))
                .as("negative control")
                .usingRecursiveComparison()
                .isNotEqualTo(weights);
        assertThat(practice.learner.trained()).noneMatch(trained -> trained.own());
        practice.learner.feedback().forEach((key, feedback) -> {
            double[] magnitudes = before.get("feedback/" + key);
            for (int i = 0; i < magnitudes.length; i++) {
                assertThat(magnitudes[i]).isNotNegative().isEqualTo(Math.abs(feedback.at(i)));
            }
        });
    }

    @Test
    @DisplayName("brsf: magnitudes of consecutive batches differ; frsf: they do not")
    void magnitudesAreRedrawn() {
        for (String type : List.of("brsf", "frsf")) {
            Practice practice = new Practice("{type: " + type + "}", bench(), 1e-9, 0, 0);
            practice.step();
            double[] first = practice.learner.feedback().get("conv2/weights").toDoubles();
            practice.step();
            double[] second = practice.learner.feedback().get("conv2/weights").toDoubles();
            long equal = 0;
            for (int i = 0; i < first.length; i++) {
                equal += Math.abs(first[i]) == Math.abs(second[i]) ? 1 : 0;
            }
            assertThat(equal).as(type).isEqualTo(type.equals("brsf") ? 0 : first.length);
        }
    }

    @Test
    @DisplayName(
            "usf: all of a layer's feedback has the size of the initial law, of the initial norm, of the present norm")
    void uniformMagnitudes() {
        for (String magnitude : List.of("init", "norm-init", "strict")) {
            Bench bench = bench();
            Practice practice = new Practice("{type: usf, magnitude: " + magnitude + "}", bench, 0.5, 0.9, 0);
            double[] before = weights(bench).get("dense1/weights");
            for (int step = 0; step < 5; step++) {
                practice.step();
            }
            double[] present = weights(bench).get("dense1/weights");
            practice.learn();
            double expected =
                    switch (magnitude) {
                        case "init" -> Math.sqrt(2.0 / (512 + 20)); // fan-in 8 * 8 * 8, fan-out 20
                        case "norm-init" -> Vectors.norm(before) / Math.sqrt(before.length);
                        default -> Vectors.norm(present) / Math.sqrt(present.length);
                    };
            assertThat(Vectors.norm(present)).isNotCloseTo(Vectors.norm(before), within(1e-3));
            for (double b : practice.learner.feedback().get("dense1/weights").toDoubles()) {
                assertThat(Math.abs(b)).as(magnitude).isCloseTo(expected, within(1e-12));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "usf, GLOROT_UNIFORM, 30.00", "usf, GLOROT_NORMAL, 37.07",
        "frsf, GLOROT_UNIFORM, 41.41", "frsf, GLOROT_NORMAL, 50.46",
        "brsf, GLOROT_UNIFORM, 41.41", "brsf, GLOROT_NORMAL, 50.46",
        "fa, GLOROT_UNIFORM, 90.00", "fa, GLOROT_NORMAL, 90.00"
    })
    @DisplayName("at the start, B is at the angle to W that the law says: cos = E|w|/rms, its square, 0")
    void anglesAtTheStart(String type, Initializer law, double degrees) {
        Bench bench = Bench.of(
                Shape.of(5, 5, 1), 10, 2, flatten(), drawn(400, law), tanh(), drawn(300, law), tanh(), dense(10));
        Practice practice = new Practice("{type: " + type + "}", bench, 0.1, 0, 0);
        practice.learn();
        double[] feedback = practice.learner.feedback().get("dense2/weights").toDoubles();
        assertThat(Vectors.angle(feedback, weights(bench).get("dense2/weights")))
                .isCloseTo(degrees, within(0.5));
    }

    private static LayerSettings drawn(int units, Initializer law) {
        return Yaml.layer(
                "{type: dense, units: %d, bias: false, initializer: %s}".formatted(units, Setting.nameOf(law)));
    }
}
