package org.bpfree.learn.gait;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;
import org.bpfree.graph.Initializer;
import org.bpfree.graph.LossFunction;
import org.bpfree.graph.Parameter;
import org.bpfree.learn.Bench;
import org.bpfree.learn.Layers;
import org.bpfree.learn.Practice;
import org.bpfree.learn.Vectors;
import org.bpfree.learn.backprop.BackpropLearner;
import org.bpfree.model.InvertibleLayers;
import org.bpfree.model.LayerSettings;
import org.bpfree.model.Padding;
import org.bpfree.random.RandomStream;
import org.bpfree.tensor.ActivationFunction;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;

/** The networks of section 10 of the specification: 60 samples of width 64, biases N(0, 0.05^2), leaky rectifiers. */
final class SquareNets {
    static final int WIDTH = 64;
    static final int CLASSES = 10;
    static final int BATCH = 60;

    private SquareNets() {}

    static LayerSettings leaky() {
        return Layers.activation(ActivationFunction.LEAKY_RELU);
    }

    /** A square layer of which the first {@code read} units are read. */
    static LayerSettings dense(int read) {
        return new LayerSettings(new InvertibleLayers.SquareDense(0, read, true, Initializer.ORTHOGONAL));
    }

    static LayerSettings conv(int read, int kernel, int stride) {
        return new LayerSettings(
                new InvertibleLayers.SquareConv(read, kernel, stride, Padding.SAME, true, Initializer.ORTHOGONAL));
    }

    /** {@code depth} square layers of 64 with a leaky rectifier each, the last of which gives 10 scores. */
    static Bench deep(int depth, Precision precision) {
        return deep(1, depth, precision);
    }

    static Bench deep(long seed, int depth, Precision precision) {
        List<LayerSettings> layers = new ArrayList<>(List.of(Layers.flatten()));
        for (int layer = 1; layer <= depth; layer++) {
            layers.add(dense(layer < depth ? 0 : CLASSES));
            layers.add(leaky());
        }
        return bench(seed, precision, Shape.of(8, 8, 1), layers.toArray(LayerSettings[]::new));
    }

    static Bench bench(long seed, Precision precision, Shape image, LayerSettings... layers) {
        Bench bench = Bench.seeded(seed, precision, LossFunction.SQUARED_ERROR, image, CLASSES, BATCH, layers);
        for (Parameter parameter : bench.graph.trainableParameters()) {
            if (!parameter.carriesErrors()) {
                RandomGenerator random = RandomStream.of(seed, "test/" + parameter.key());
                change(bench, parameter, bias -> bias + 0.05 * random.nextGaussian());
            }
        }
        return bench;
    }

    /** A tower 64-64-32-16-10: each layer reads the first units of the one below, the others are auxiliary. */
    static Bench tower() {
        return bench(
                1,
                Precision.FLOAT64,
                Shape.of(8, 8, 1),
                Layers.flatten(),
                dense(64),
                leaky(),
                dense(32),
                leaky(),
                dense(16),
                leaky(),
                dense(10));
    }

    /** Square convolutions of (kernel, stride) (3, 1), (3, 2), (2, 2) that keep 4, 6 and 6 channels. */
    static Bench convolutions() {
        return bench(
                1,
                Precision.FLOAT64,
                Shape.of(12, 12, 3),
                conv(4, 3, 1),
                leaky(),
                conv(6, 3, 2),
                leaky(),
                conv(6, 2, 2),
                leaky(),
                Layers.flatten(),
                dense(CLASSES));
    }

    /** Replaces each weight by {@code factor * weight} plus a normal number of the given deviation. */
    static void changeWeights(long seed, Bench bench, double factor, double deviation) {
        for (Parameter parameter : bench.graph.crossedWeights()) {
            RandomGenerator random = RandomStream.of(seed, "test/" + parameter.key());
            change(bench, parameter, weight -> factor * weight + deviation * random.nextGaussian());
        }
    }

    private static void change(Bench bench, Parameter parameter, DoubleUnaryOperator formula) {
        Tensor tensor = bench.parameters.get(parameter);
        tensor.write(Arrays.stream(tensor.toDoubles()).map(formula).toArray());
    }

    /** Angles of the updates of weights to backpropagation's in degrees, from the first layer to the last. */
    static double[] angles(String learner, Bench bench) {
        return compare(learner, bench, Vectors::angle);
    }

    /** Norms of the updates of weights relative to backpropagation's. */
    static double[] normRatios(String learner, Bench bench) {
        return compare(learner, bench, (update, gradient) -> Vectors.norm(update) / Vectors.norm(gradient));
    }

    interface Comparison {
        double of(double[] update, double[] gradient);
    }

    static double[] compare(String learner, Bench bench, Comparison comparison) {
        Map<String, double[]> gradients = Bench.updates(new BackpropLearner(bench.context()), bench.batch);
        Map<String, double[]> updates = Bench.updates(Practice.learner(learner, bench), bench.batch);
        return bench.graph.trainableParameters().stream()
                .filter(Parameter::carriesErrors)
                .mapToDouble(weights -> comparison.of(updates.get(weights.key()), gradients.get(weights.key())))
                .toArray();
    }
}
