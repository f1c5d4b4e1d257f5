package org.bpfree.measure.robustness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.bpfree.graph.Parameter;
import org.bpfree.graph.op.DropoutOp;
import org.bpfree.learn.Bench;
import org.bpfree.learn.LearnerContext;
import org.bpfree.learn.backprop.BackpropLearner;
import org.bpfree.model.BasicLayers;
import org.bpfree.model.LayerSettings;
import org.bpfree.tensor.ActivationFunction;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;
import org.bpfree.testing.Yaml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ImageGradientTest {
    private static final double STEP = 1e-5;
    private static final double TOLERANCE = 1e-7;

    static Stream<List<LayerSettings>> networks() {
        LayerSettings flatten = new LayerSettings(new BasicLayers.Flatten());
        LayerSettings tanh = new LayerSettings(new BasicLayers.Activation(ActivationFunction.TANH));
        LayerSettings conv = Yaml.layer("{type: conv, filters: 4, kernel: 3}");
        LayerSettings dense = Yaml.layer("{type: dense, units: 3}");
        return Stream.of(
                List.of(flatten, dense),
                List.of(conv, tanh, flatten, dense),
                List.of(conv, new LayerSettings(new BasicLayers.BatchNorm(0.1, 1e-5)), tanh, flatten, dense),
                List.of(
                        conv,
                        tanh,
                        new LayerSettings(new BasicLayers.Dropout(0.5, DropoutOp.Together.VALUES)),
                        flatten,
                        dense));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void isTheDerivativeOfTheLossOfThePrediction(List<LayerSettings> layers) {
        Bench bench = Bench.of(Shape.of(5, 4, 3), 3, 2, layers.toArray(LayerSettings[]::new));
        LearnerContext context = bench.context();
        // Remembered statistics other than 0 and 1, as after training.
        for (Parameter parameter : bench.graph.parameters()) {
            if (!parameter.trainable()) {
                Tensor value = bench.parameters.get(parameter);
                double[] changed = value.toDoubles();
                Arrays.setAll(changed, i -> 0.3 + 0.1 * i);
                value.write(changed);
            }
        }
        ImageGradient gradient = new ImageGradient(context);
        Tensor images = bench.batch.images();

        double[] exact = gradient.of(bench.batch).toDoubles();

        for (int i = 0; i < images.size(); i += 7) {
            double pixel = images.at(i);
            images.set(i, pixel + STEP);
            double above = loss(gradient, context, bench);
            images.set(i, pixel - STEP);
            double below = loss(gradient, context, bench);
            images.set(i, pixel);
            assertThat(exact[i]).as("number %d", i).isCloseTo((above - below) / (2 * STEP), within(TOLERANCE));
        }
    }

    private static double loss(ImageGradient gradient, LearnerContext context, Bench bench) {
        return context.loss()
                .evaluate(gradient.scores(bench.batch), bench.batch.labels(), null)
                .lossSum();
    }

    @Test
    void scoresAreThoseTheLearnerPredicts() {
        Bench bench =
                Bench.of(Shape.of(5, 4, 3), 3, 2, networks().toList().get(2).toArray(LayerSettings[]::new));
        LearnerContext context = bench.context();

        assertThat(new ImageGradient(context).scores(bench.batch).toDoubles())
                .containsExactly(
                        new BackpropLearner(context).predict(bench.batch).toDoubles());
    }
}
