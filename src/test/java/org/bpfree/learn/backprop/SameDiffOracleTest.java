package org.bpfree.learn.backprop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bpfree.learn.Layers.conv;
import static org.bpfree.learn.Layers.dense;
import static org.bpfree.learn.Layers.flatten;
import static org.bpfree.learn.Layers.maxPool;
import static org.bpfree.learn.Layers.tanh;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bpfree.graph.LossFunction;
import org.bpfree.graph.Parameter;
import org.bpfree.learn.Bench;
import org.bpfree.learn.Learner;
import org.bpfree.model.Padding;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Shape;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.autodiff.loss.LossReduce;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.enums.WeightsFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Pooling2DConfig;
import org.nd4j.linalg.factory.Nd4j;

@DisplayName("Backpropagation agrees with ND4J's automatic differentiation on a whole network")
class SameDiffOracleTest {
    private static final int BATCH = 6;
    private static final int CLASSES = 5;
    private static final Shape IMAGE = Shape.of(12, 12, 3);

    @ParameterizedTest
    @EnumSource(Precision.class)
    void gradientsAgree(Precision precision) {
        Bench bench = Bench.of(
                precision,
                LossFunction.CROSS_ENTROPY,
                IMAGE,
                CLASSES,
                BATCH,
                conv(4, 3, 1, Padding.SAME, true),
                tanh(),
                maxPool(),
                conv(6, 3, 2, Padding.SAME, true),
                tanh(),
                flatten(),
                dense(8, true),
                tanh(),
                dense(CLASSES, true));
        Learner learner = new BackpropLearner(bench.context());
        Map<String, double[]> ours = Bench.updates(learner, bench.batch);
        Map<String, double[]> theirs = automaticGradients(bench, precision);
        double tolerance = precision == Precision.FLOAT64 ? 1e-12 : 1e-4;
        assertThat(ours.keySet()).isEqualTo(theirs.keySet());
        ours.forEach((name, gradient) -> assertThat(relativeDifference(gradient, theirs.get(name)))
                .as(name)
                .isLessThan(tolerance));
    }

    private static double relativeDifference(double[] a, double[] b) {
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < a.length; i++) {
            largest = Math.max(largest, Math.abs(b[i]));
            difference = Math.max(difference, Math.abs(a[i] - b[i]));
        }
        return difference / largest;
    }

    private static Map<String, double[]> automaticGradients(Bench bench, Precision precision) {
        DataType type = precision == Precision.FLOAT64 ? DataType.DOUBLE : DataType.FLOAT;
        SameDiff graph = SameDiff.create();
        Map<String, SDVariable> variables = new LinkedHashMap<>();
        for (Parameter parameter : bench.graph.trainableParameters()) {
            INDArray value = array(
                    bench.parameters.get(parameter).toDoubles(),
                    parameter.spec().shape(),
                    type);
            variables.put(parameter.key(), graph.var(parameter.key(), toTheirs(value)));
        }
        SDVariable x = graph.constant("images", array(bench.batch.images().toDoubles(), IMAGE.batched(BATCH), type));
        SDVariable h1 = graph.math()
                .tanh(graph.cnn()
                        .conv2d(x, variables.get("conv1/weights"), variables.get("conv1/bias"), convolution(1)));
        SDVariable pooled = graph.cnn()
                .maxPooling2d(
                        h1,
                        Pooling2DConfig.builder()
                                .kH(2)
                                .kW(2)
                                .sH(2)
                                .sW(2)
                                .isNHWC(true)
                                .build());
        SDVariable h2 = graph.math()
                .tanh(graph.cnn()
                        .conv2d(pooled, variables.get("conv2/weights"), variables.get("conv2/bias"), convolution(2)));
        SDVariable flat = graph.reshape(h2, BATCH, 3 * 3 * 6);
        SDVariable h3 = graph.math().tanh(affine(graph, flat, variables, "dense1"));
        SDVariable scores = affine(graph, h3, variables, "dense2");
        INDArray oneHot = Nd4j.zeros(type, BATCH, CLASSES);
        for (int i = 0; i < BATCH; i++) {
            oneHot.putScalar(i, bench.batch.labels()[i], 1);
        }
        graph.loss().softmaxCrossEntropy("loss", graph.constant(oneHot), scores, null, LossReduce.SUM, 0);
        graph.setLossVariables("loss");
        Map<String, double[]> gradients = new java.util.TreeMap<>();
        graph.calculateGradients(null, variables.keySet())
                .forEach((name, gradient) -> gradients.put(
                        name,
                        toOurs(gradient).castTo(DataType.DOUBLE).dup('c').data().asDouble()));
        return gradients;
    }

    /** Automatic differentiation of convolutions works only with kernels as {@code [height, width, in, out]}. */
    private static INDArray toTheirs(INDArray weights) {
        return weights.rank() == 4 ? weights.permute(1, 2, 3, 0).dup('c') : weights;
    }

    private static INDArray toOurs(INDArray gradient) {
        return gradient.rank() == 4 ? gradient.permute(3, 0, 1, 2) : gradient;
    }

    private static INDArray array(double[] elements, Shape shape, DataType type) {
        long[] extents = java.util.Arrays.stream(shape.toArray()).asLongStream().toArray();
        return Nd4j.createFromArray(elements).reshape('c', extents).castTo(type);
    }

    private static Conv2DConfig convolution(int stride) {
        return Conv2DConfig.builder()
                .kH(3)
                .kW(3)
                .sH(stride)
                .sW(stride)
                .paddingMode(PaddingMode.SAME)
                .dataFormat(Conv2DConfig.NHWC)
                .weightsFormat(WeightsFormat.YXIO)
                .build();
    }

    private static SDVariable affine(SameDiff graph, SDVariable input, Map<String, SDVariable> variables, String name) {
        SDVariable transposed = graph.transpose(variables.get(name + "/weights"));
        return input.mmul(transposed).add(variables.get(name + "/bias"));
    }
}
