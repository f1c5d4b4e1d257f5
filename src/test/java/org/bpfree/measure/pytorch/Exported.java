package org.bpfree.measure.pytorch;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.bpfree.data.Normalizer;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.LossFunction;
import org.bpfree.graph.Parameter;
import org.bpfree.graph.ParameterSpec.Role;
import org.bpfree.graph.Parameters;
import org.bpfree.graph.Pass;
import org.bpfree.learn.Bench;
import org.bpfree.measure.Layout;
import org.bpfree.model.LayerSettings;
import org.bpfree.random.RandomStream;
import org.bpfree.tensor.Arena;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;

/** A network with random values, statistics included, its images and the scores it gives them. */
final class Exported {
    static final int IMAGES = 3;
    static final Normalizer NORMALIZER = Normalizer.of(new double[] {0.5, 0.25}, new double[] {-0.25, 0.5});

    final Graph graph;
    final Parameters parameters;
    final Tensor images;
    final double[] scores;

    Exported(Precision precision, Shape image, int classes, List<LayerSettings> layers) {
        graph = Bench.graph(image, classes, layers.toArray(LayerSettings[]::new));
        parameters = Parameters.initialize(graph.parameters(), precision, 5);
        RandomGenerator random = RandomStream.of(5, "test/values");
        parameters.asMap().forEach((parameter, value) -> {
            if (parameter.spec().role() != Role.WEIGHTS) {
                value.write(random.doubles(value.size(), isVariance(parameter) ? 0.5 : -1, 1.5)
                        .toArray());
            }
        });
        images = Tensor.zeros(precision, image.batched(IMAGES));
        images.write(random.doubles(images.size(), -1, 1).toArray());
        Pass pass = new Pass(
                graph,
                parameters,
                images,
                Kernel.Mode.PREDICT,
                new Arena(precision),
                purpose -> RandomStream.of(5, purpose, 0));
        pass.forward();
        scores = pass.output().toDoubles();
    }

    private static boolean isVariance(Parameter parameter) {
        return parameter.spec().name().equals("runningVariance");
    }

    /** Writes the state dict. */
    Map<String, TorchArray> write(Path file) {
        String layout = Layout.of(Layout.Order.CHANNELS_FIRST, graph, LossFunction.CROSS_ENTROPY, NORMALIZER, Map.of());
        Map<String, TorchArray> arrays = StateDict.of(graph).arrays(parameters);
        TorchFile.write(file, arrays, layout);
        return arrays;
    }

    /** The image numbers {@code [image][channel][row][column]}. */
    double[][][][] channelsFirst() {
        Shape shape = graph.imageShape();
        double[] all = images.toDoubles();
        double[][][][] turned = new double[IMAGES][shape.extent(2)][shape.extent(0)][shape.extent(1)];
        int i = 0;
        for (int image = 0; image < IMAGES; image++) {
            for (int row = 0; row < shape.extent(0); row++) {
                for (int column = 0; column < shape.extent(1); column++) {
                    for (int channel = 0; channel < shape.extent(2); channel++) {
                        turned[image][channel][row][column] = all[i++];
                    }
                }
            }
        }
        return turned;
    }
}
