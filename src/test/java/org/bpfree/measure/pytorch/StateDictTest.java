package org.bpfree.measure.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bpfree.failure.Failure;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Initializer;
import org.bpfree.learn.Bench;
import org.bpfree.learn.Layers;
import org.bpfree.model.BasicLayers;
import org.bpfree.model.InvertibleLayers;
import org.bpfree.model.JoinLayers;
import org.bpfree.model.LayerSettings;
import org.bpfree.model.Padding;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;
import org.bpfree.testing.Yaml;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A state dict of PyTorch")
class StateDictTest {
    private static final Shape IMAGE = Shape.of(7, 6, 2);
    private static final int CLASSES = 3;

    /** A padded convolution with a stride, batch norm, and a map that is flattened, once as it is and once after a sigmoid. */
    private static final List<LayerSettings> LAYERS = List.of(
            Layers.conv(4, 3, 2, Padding.SAME, true),
            new LayerSettings("norm", List.of(), new BasicLayers.BatchNorm(0.1, 1e-5)),
            new LayerSettings("flat", List.of(), new BasicLayers.Flatten()),
            new LayerSettings(
                    "soft", List.of("flat"), new BasicLayers.Activation(org.bpfree.tensor.ActivationFunction.SIGMOID)),
            new LayerSettings("flatnorm", List.of(), new BasicLayers.BatchNorm(0.1, 1e-5)),
            new LayerSettings("both", List.of("flat", "flatnorm"), new JoinLayers.Concat()),
            Layers.dense(CLASSES, true));

    @TempDir
    private Path folder;

    private double[][] logits(Map<String, TorchArray> dict, double[][][][] images) {
        return Arrays.stream(images).map(image -> logits(dict, image)).toArray(double[][]::new);
    }

    /** The network by plain loops over maps {@code [channel][row][column]}, from nothing but what PyTorch would see. */
    private double[] logits(Map<String, TorchArray> dict, double[][][] image) {
        double[] kernels = numbers(dict, "conv1.weight", 4, 2, 3, 3);
        double[] bias = numbers(dict, "conv1.bias", 4);
        double[] flat = new double[4 * 4 * 3]; // ceil(7 / 2) rows, ceil(6 / 2) columns
        for (int out = 0, at = 0; out < 4; out++) {
            for (int row = 0; row < 4; row++) {
                for (int column = 0; column < 3; column++, at++) {
                    double sum = bias[out];
                    for (int in = 0; in < 2; in++) {
                        for (int y = 0; y < 3; y++) {
                            for (int x = 0; x < 3; x++) {
                                // Of 7 rows, 3 + 2 * 3 = 9 are seen: one more on each side. Of 6 columns 7: one more
                                // after.
                                int imageRow = 2 * row + y - 1;
                                int imageColumn = 2 * column + x;
                                if (imageRow >= 0 && imageRow < 7 && imageColumn < 6) {
                                    sum += kernels[((out * 2 + in) * 3 + y) * 3 + x] * image[in][imageRow][imageColumn];
                                }
                            }
                        }
                    }
                    flat[at] = normalized(dict, "norm", 4, out, sum);
                }
            }
        }
        double[] both = new double[2 * flat.length];
        for (int i = 0; i < flat.length; i++) {
            both[i] = flat[i];
            both[flat.length + i] = normalized(dict, "flatnorm", flat.length, i, 1 / (1 + Math.exp(-flat[i])));
        }
        double[] weights = numbers(dict, "dense1.weight", CLASSES, both.length);
        double[] scores = numbers(dict, "dense1.bias", CLASSES);
        for (int unit = 0; unit < CLASSES; unit++) {
            for (int i = 0; i < both.length; i++) {
                scores[unit] += weights[unit * both.length + i] * both[i];
            }
        }
        return scores;
    }

    private static double normalized(Map<String, TorchArray> dict, String layer, int size, int i, double value) {
        double mean = numbers(dict, layer + ".running_mean", size)[i];
        double variance = numbers(dict, layer + ".running_var", size)[i];
        return (value - mean) / Math.sqrt(variance + 1e-5) * numbers(dict, layer + ".weight", size)[i]
                + numbers(dict, layer + ".bias", size)[i];
    }

    private static double[] numbers(Map<String, TorchArray> dict, String key, int... shape) {
        TorchArray array = dict.get(key);
        assertThat(array.shape()).as(key).containsExactly(shape);
        ByteBuffer elements = array.elements().duplicate().order(ByteOrder.LITTLE_ENDIAN);
        double[] numbers = new double[array.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = array.type() == TorchArray.Type.FLOAT ? elements.getFloat() : elements.getDouble();
        }
        return numbers;
    }

    @Test
    @DisplayName("gives the scores of the network, computed by loops over maps with channels first")
    void scores() {
        Exported exported = new Exported(Precision.FLOAT64, IMAGE, CLASSES, LAYERS);
        Path file = folder.resolve("weights.pt");
        exported.write(file);
        double[] scores = Arrays.stream(logits(TorchFile.read(file), exported.channelsFirst()))
                .flatMapToDouble(Arrays::stream)
                .toArray();
        assertThat(scores).containsExactly(exported.scores, within(1e-9));
    }

    @Test
    @DisplayName("whose dense weights kept the order of channels last would give others")
    void orderMatters() {
        Exported exported = new Exported(Precision.FLOAT64, IMAGE, CLASSES, LAYERS);
        Map<String, TorchArray> dict = new LinkedHashMap<>(exported.write(folder.resolve("weights.pt")));
        Tensor weights = exported.parameters.asMap().entrySet().stream()
                .filter(entry -> entry.getKey().key().equals("dense1/weights"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
        ByteBuffer plain = ByteBuffer.allocate((int) weights.byteSize())
                .put(weights.bytes())
                .flip();
        dict.put(
                "dense1.weight",
                new TorchArray(TorchArray.Type.DOUBLE, dict.get("dense1.weight").shape(), plain));
        double score = logits(dict, exported.channelsFirst())[0][0];
        assertThat(Math.abs(score - exported.scores[0])).isGreaterThan(1e-3);
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    @DisplayName("comes back bit for bit")
    void back(Precision precision) {
        Exported exported = new Exported(precision, IMAGE, CLASSES, LAYERS);
        Path file = folder.resolve("weights.pt");
        exported.write(file);
        List<String> wrong = new ArrayList<>();
        Map<String, Tensor> back = StateDict.of(exported.graph).tensors(TorchFile.read(file), wrong);
        assertThat(wrong).isEmpty();
        assertThat(back).hasSameSizeAs(exported.parameters.asMap().keySet());
        exported.parameters.asMap().forEach((parameter, value) -> assertThat(
                        back.get(parameter.key()).bytes())
                .as(parameter.key())
                .isEqualTo(value.bytes()));
    }

    @Test
    @DisplayName("tells arrays that do not fit by their names and shapes in PyTorch")
    void misfits() {
        StateDict dict = StateDict.of(Bench.graph(IMAGE, CLASSES, LAYERS.toArray(LayerSettings[]::new)));
        List<String> wrong = new ArrayList<>();
        dict.tensors(
                Map.of("dense1.bias", new TorchArray(TorchArray.Type.FLOAT, new int[] {2}, ByteBuffer.allocate(8))),
                wrong);
        dict.tensors(
                Map.of("fc.bias", new TorchArray(TorchArray.Type.FLOAT, new int[] {2}, ByteBuffer.allocate(8))), wrong);
        assertThat(wrong).containsExactly("dense1.bias 2: must be 3", "fc.bias 2: no such tensor");
    }

    @Test
    @DisplayName("cannot be had of a layer without counterpart, which is named")
    void noCounterpart() {
        Graph graph = Bench.graph(
                Shape.of(1, 3, 1),
                2,
                Layers.flatten(),
                new LayerSettings(
                        "square", List.of(), new InvertibleLayers.SquareDense(0, 2, true, Initializer.ORTHOGONAL)));
        assertThatThrownBy(() -> StateDict.of(graph))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("'square' of type square-dense has no counterpart in PyTorch");
        for (String type : List.of("group-norm", "depthwise-conv")) {
            LayerSettings unknown = Yaml.settings(LayerSettings.class, "{type: " + type + ", name: it}");
            Graph other = Bench.graph(Shape.of(2, 3, 8), 2, unknown, Layers.flatten(), Layers.dense(2));
            assertThatThrownBy(() -> StateDict.of(other))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("'it' of type " + type + " has no counterpart in PyTorch");
        }
    }

    @Test
    @DisplayName("that is cut short or something else is told as such")
    void damaged() throws IOException {
        Path file = folder.resolve("weights.pt");
        TorchArray tooShort = new TorchArray(TorchArray.Type.FLOAT, new int[] {3}, ByteBuffer.allocate(8));
        TorchFile.write(file, Map.of("a.weight", tooShort), "{}");
        assertThatThrownBy(() -> TorchFile.read(file))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("'a.weight' has fewer elements than its shape says");
        Files.write(file, new byte[] {1, 2, 3});
        assertThat(TorchFile.isOne(file)).isFalse();
        // os.system, pickled by hand: nothing a pickle names is run.
        String call = "\u0080\u0002cos\nsystem\n(X\u0004\0\0\0touctR.";
        assertThatThrownBy(() -> PickleReader.read(call.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)))
                .hasMessageContaining("it holds os.system, which no state dict needs");
    }
}
