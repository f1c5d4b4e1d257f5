package org.bpfree.learn.predictive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bpfree.learn.Layers.activation;
import static org.bpfree.learn.Layers.conv;
import static org.bpfree.learn.Layers.dense;
import static org.bpfree.learn.Layers.flatten;
import static org.bpfree.learn.Layers.maxPool;
import static org.bpfree.learn.Layers.tanh;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bpfree.experiment.ModelCheck;
import org.bpfree.graph.Graph;
import org.bpfree.graph.LossFunction;
import org.bpfree.graph.Parameter;
import org.bpfree.learn.Bench;
import org.bpfree.learn.LearnerSettings;
import org.bpfree.learn.Practice;
import org.bpfree.learn.Vectors;
import org.bpfree.model.LayerSettings;
import org.bpfree.tensor.ActivationFunction;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Shape;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Inference in single precision")
class SinglePrecisionTest {
    private static final int WIDTH = 32;

    private static final LayerSettings[] PERCEPTRON = {
        flatten(),
        dense(WIDTH),
        tanh(),
        dense(WIDTH),
        tanh(),
        dense(WIDTH),
        tanh(),
        dense(WIDTH),
        tanh(),
        dense(WIDTH),
        tanh(),
        dense(WIDTH),
        tanh(),
        dense(10)
    };

    /** A quarter of the filters of VGG-5. */
    private static final LayerSettings[] VGG_5 = {
        conv(32), gelu(), maxPool(), conv(64), gelu(), maxPool(), conv(128), gelu(), maxPool(), conv(128), gelu(),
        maxPool(), flatten(), dense(10)
    };

    private static LayerSettings gelu() {
        return activation(ActivationFunction.GELU);
    }

    /** Angles of the updates in single precision to those in double precision from the same numbers, layer by layer. */
    private static double[] angles(String learner, String inDouble, Shape image, int images, LayerSettings... layers) {
        Bench exact = Bench.of(Precision.FLOAT64, LossFunction.CROSS_ENTROPY, image, 10, images, layers);
        Bench single = Bench.of(Precision.FLOAT32, LossFunction.CROSS_ENTROPY, image, 10, images, layers);
        for (Parameter parameter : exact.graph.parameters()) {
            exact.parameters
                    .get(parameter)
                    .write(single.parameters.get(parameter).toDoubles());
        }
        exact.batch.images().write(single.batch.images().toDoubles());
        Map<String, double[]> expected = Bench.updates(Practice.learner(inDouble, exact), exact.batch);
        Map<String, double[]> actual = Bench.updates(Practice.learner(learner, single), single.batch);
        return exact.graph.parameters().stream()
                .mapToDouble(parameter -> Vectors.angle(actual.get(parameter.key()), expected.get(parameter.key())))
                .toArray();
    }

    @ParameterizedTest
    @CsvSource({"0.01, 0, 8", "0.02, 0, 8", "0.0147, 0.05, 8", "0.1, 0.5, 12", "0.5, 0, 8"})
    @DisplayName("turns no update of six hidden tanh layers by 0.05 degrees")
    void perceptron(double rate, double momentum, int rounds) {
        String learner = "{type: predictive-coding, rounds: %d, inferenceRate: %s, inferenceMomentum: %s}"
                .formatted(rounds, rate, momentum);
        String other = "{type: predictive-coding, rounds: %d, inferenceRate: %s, inferenceMomentum: %s}"
                .formatted(rounds, 2 * rate, momentum);
        Shape image = Shape.of(8, 8, 1);
        assertThat(largest(angles(learner, learner, image, 32, PERCEPTRON))).isLessThan(0.05);
        assertThat(largest(angles(learner, other, image, 32, PERCEPTRON)))
                .as("negative control: another rate in double precision")
                .isGreaterThan(0.05);
    }

    private static double largest(double[] angles) {
        return Arrays.stream(angles).max().orElseThrow();
    }

    @Test
    @DisplayName("turns no update of a quarter of VGG-5 by 0.05 degrees at PCX's constants")
    void convolutional() {
        String learner = "{type: predictive-coding, rounds: 8, inferenceRate: 0.01471, inferenceMomentum: 0.05}";
        assertThat(largest(angles(learner, learner, Shape.of(32, 32, 3), 8, VGG_5)))
                .isLessThan(0.05);
    }

    /** Sixteen layers below the output, each of which gets a thousandth of the error of the next: 1e-48 at the last. */
    @ParameterizedTest
    @CsvSource({"0.001, FLOAT32, true", "0.001, FLOAT64, false", "0.1, FLOAT32, false"})
    @DisplayName("is warned of where an error gets smaller than the least number")
    void warning(double rate, Precision precision, boolean warned) {
        List<LayerSettings> layers = new ArrayList<>(List.of(flatten()));
        for (int layer = 0; layer < 16; layer++) {
            layers.add(dense(WIDTH));
            layers.add(tanh());
        }
        layers.add(dense(10));
        Graph graph = Bench.graph(Shape.of(8, 8, 1), 10, layers.toArray(LayerSettings[]::new));
        LearnerSettings settings =
                Practice.settings("{type: predictive-coding, rounds: 16, inferenceRate: %s}".formatted(rate));
        List<String> warnings = ModelCheck.chosen(settings)
                .check(graph, LossFunction.CROSS_ENTROPY, precision)
                .warnings();
        assertThat(warnings).hasSize(warned ? 1 : 0);
        warnings.forEach(
                text -> assertThat(text).contains("1e-48", "dense1", "float64").doesNotContain("dense17"));
    }
}
