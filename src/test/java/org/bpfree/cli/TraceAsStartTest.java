package org.bpfree.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bpfree.learn.Layers.activation;
import static org.bpfree.learn.Layers.conv;
import static org.bpfree.learn.Layers.dense;
import static org.bpfree.learn.Layers.flatten;
import static org.bpfree.learn.Layers.loudConv;
import static org.bpfree.learn.Layers.loudDense;
import static org.bpfree.learn.Layers.tanh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.bpfree.data.Normalizer;
import org.bpfree.experiment.InstalledTypes;
import org.bpfree.experiment.ModelCheck;
import org.bpfree.failure.Failure;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Initializer;
import org.bpfree.graph.LossFunction;
import org.bpfree.learn.Bench;
import org.bpfree.learn.LearnerSettings;
import org.bpfree.learn.Practice;
import org.bpfree.measure.BackpropReference;
import org.bpfree.measure.NumpyArchive;
import org.bpfree.measure.Trace;
import org.bpfree.model.BasicLayers;
import org.bpfree.model.InvertibleLayers;
import org.bpfree.model.LayerSettings;
import org.bpfree.model.Padding;
import org.bpfree.run.InitialWeights;
import org.bpfree.tensor.ActivationFunction;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;
import org.bpfree.train.Snapshot;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A trace fed back by --init")
class TraceAsStartTest {
    private static final Shape IMAGE = Shape.of(6, 6, 2);
    private static final int CLASSES = 4;
    private static final double GARBAGE = 0.37;

    private static final List<LayerSettings[]> NETWORKS = List.of(
            new LayerSettings[] {
                conv(6),
                new LayerSettings(new BasicLayers.BatchNorm(0.1, 1e-5)),
                tanh(),
                conv(4),
                tanh(),
                flatten(),
                dense(12),
                tanh(),
                dense(CLASSES)
            },
            new LayerSettings[] {conv(6), tanh(), conv(4), tanh(), flatten(), dense(12), tanh(), dense(CLASSES)},
            new LayerSettings[] {
                conv(6),
                activation(ActivationFunction.RELU),
                flatten(),
                dense(12),
                activation(ActivationFunction.RELU),
                dense(CLASSES)
            },
            new LayerSettings[] {
                conv(6, 3, 2, Padding.SAME, false),
                activation(ActivationFunction.LEAKY_RELU),
                flatten(),
                new LayerSettings(new InvertibleLayers.SquareDense(0, CLASSES, false, Initializer.ORTHOGONAL))
            },
            new LayerSettings[] {loudConv(6), flatten(), loudDense("", 12, ""), loudDense("", CLASSES, "")});

    @TempDir
    private Path folder;

    /** Every learner with its defaults, and settings that keep other tensors. */
    static Stream<String> learners() {
        Stream<String> installed = InstalledTypes.find().variants(LearnerSettings.class).keySet().stream()
                .map(name -> "{type: " + name + "}");
        return Stream.concat(
                installed,
                Stream.of(
                        "{type: frsf, concordance: 0.8, constrainNorm: true}",
                        "{type: usf, magnitude: norm-init}",
                        "{type: brsf, concordance: 0.8}",
                        "{type: ekdaa, errorKernels: random}",
                        "{type: spiking-microcircuit, feedback: fa}",
                        "{type: spiking-microcircuit, feedback: brsf}",
                        "{type: z-il, schedule: full, form: state}"));
    }

    private static Bench bench(LearnerSettings settings) {
        for (LayerSettings[] layers : NETWORKS) {
            Graph graph = Bench.graph(IMAGE, CLASSES, layers);
            if (ModelCheck.chosen(settings)
                    .check(graph, LossFunction.CROSS_ENTROPY, Precision.FLOAT32)
                    .misfits()
                    .isEmpty()) {
                return Bench.seeded(7, Precision.FLOAT32, LossFunction.CROSS_ENTROPY, IMAGE, CLASSES, 8, layers);
            }
        }
        throw new AssertionError("no network suits " + settings);
    }

    private Path trace(Practice practice, Bench bench, LearnerSettings settings, String name) {
        LearnerSettings reference = ModelCheck.reference(settings);
        Path file = folder.resolve(name);
        Trace.of(
                        practice.context,
                        practice.learner,
                        bench.batch,
                        new BackpropReference(practice.context, context -> ModelCheck.chosen(reference)
                                .create(context)),
                        Normalizer.of(new double[] {0.5}, new double[] {-0.25}))
                .write(file);
        return file;
    }

    private static Map<String, Tensor> arrays(Path file) {
        return NumpyArchive.read(file, name -> !name.equals("labels"));
    }

    private static Map<String, Tensor> values(Practice practice, Bench bench) {
        return Snapshot.ofArchive(bench.parameters, practice.learner);
    }

    @ParameterizedTest
    @MethodSource("learners")
    @DisplayName("gives the same weights, the same tensors of the learner, and the same step, bit for bit")
    void same(String learner) {
        LearnerSettings settings = Practice.settings(learner);
        Bench bench = bench(settings);
        Practice practice = new Practice(learner, bench, 0.05, 0.9, 1e-3);
        for (int step = 0; step < 3; step++) {
            practice.step();
        }
        Path first = trace(practice, bench, settings, "first.npz");

        Bench other = bench(settings);
        // The noise of a step depends on its number alone, so the other must have come as far.
        Practice fresh = new Practice(learner, other, 0.05, 0.9, 1e-3);
        for (int step = 0; step < 3; step++) {
            fresh.step();
        }
        values(fresh, other).values().forEach(tensor -> tensor.fill(GARBAGE));
        InitialWeights weights = new InitialWeights(first);
        weights.load(other.graph, other.parameters);
        weights.load(fresh.learner, other.parameters);

        values(fresh, other)
                .forEach((name, tensor) ->
                        assertThat(arrays(first).get(name).toDoubles()).as(name).isEqualTo(tensor.toDoubles()));
        Map<String, Tensor> again = arrays(trace(fresh, other, settings, "again.npz"));
        Map<String, Tensor> expected = arrays(first);
        assertThat(again.keySet()).containsExactlyElementsOf(expected.keySet());
        again.forEach((name, tensor) -> assertThat(tensor.toDoubles())
                .as(name)
                .isEqualTo(expected.get(name).toDoubles()));
    }

    @Test
    @DisplayName("keeps what stood in for weights apart from what the learner keeps")
    void apart() {
        String learner = "{type: frsf}";
        LearnerSettings settings = Practice.settings(learner);
        Bench bench = bench(settings);
        Practice practice = new Practice(learner, bench, 0.05, 0, 0);
        Map<String, Tensor> arrays = arrays(trace(practice, bench, settings, "trace.npz"));
        double[] w = arrays.get("parameter/dense1/weights").toDoubles();
        double[] m = arrays.get("learner/feedback/dense1/weights").toDoubles();
        double[] b = arrays.get("feedback/dense1/weights").toDoubles();
        for (int i = 0; i < w.length; i++) {
            assertThat(b[i]).isEqualTo(m[i] * Math.signum(w[i]));
        }
        assertThat(m).as("so the two differ").isNotEqualTo(b);
    }

    @Test
    @DisplayName("takes no values from what tells of the step, and says so")
    void note() {
        String learner = "{type: frsf}";
        LearnerSettings settings = Practice.settings(learner);
        Bench bench = bench(settings);
        InitialWeights weights =
                new InitialWeights(trace(new Practice(learner, bench, 0.05, 0, 0), bench, settings, "trace.npz"));
        assertThat(weights.note()).hasValueSatisfying(note -> assertThat(note)
                .contains("feedback/*", "activation/*", "update/*")
                .doesNotContain("parameter/", "learner/"));
    }

    @Test
    @DisplayName("must hold the learner's own tensors when it tells what stood in for weights")
    void standInsAlone() {
        Bench bench = bench(Practice.settings("{type: frsf}"));
        Practice practice = new Practice("{type: frsf}", bench, 0.05, 0, 0);
        NumpyArchive archive = new NumpyArchive();
        archive.add("feedback/dense1/weights", practice.learner.state().get("feedback/dense1/weights"));
        archive.write(folder.resolve("old.npz"));
        InitialWeights weights = new InitialWeights(folder.resolve("old.npz"));
        assertThatThrownBy(() -> weights.load(practice.learner, bench.parameters))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("feedback/*")
                .hasMessageContaining("learner/feedback/dense1/weights");
    }

    @ParameterizedTest
    @MethodSource("inferring")
    @DisplayName("tells states, predictions and the forward pass apart where nodes have states")
    void states(String learner) {
        LearnerSettings settings = Practice.settings(learner);
        Bench bench = bench(settings);
        Practice practice = new Practice(learner, bench, 0.05, 0, 0);
        Map<String, Tensor> arrays = arrays(trace(practice, bench, settings, "trace.npz"));
        Map<String, Tensor> plain = new TreeMap<>();
        Bench same = bench(settings);
        Practice backprop = new Practice("{type: backprop}", same, 0.05, 0, 0);
        backprop.learn();
        plain.putAll(backprop.learner.activations(same.batch));
        plain.forEach((node, tensor) ->
                assertThat(arrays.get("forward/" + node).toDoubles()).isEqualTo(tensor.toDoubles()));
        assertThat(arrays.get("state/tanh3").toDoubles())
                .isNotEqualTo(plain.get("tanh3").toDoubles());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dfa", "sdfa", "drtp"})
    @DisplayName("holds the projections of learners that have them, [classes, size of the input]")
    void projections(String type) {
        String learner = "{type: " + type + "}";
        LearnerSettings settings = Practice.settings(learner);
        Bench bench = bench(settings);
        Map<String, Tensor> arrays =
                arrays(trace(new Practice(learner, bench, 0.05, 0, 0), bench, settings, "trace.npz"));
        assertThat(arrays.get("learner/feedback/dense1/weights").shape()).isEqualTo(Shape.of(CLASSES, 6 * 6 * 4));
        assertThat(arrays).as("they stand in for no weights").doesNotContainKey("feedback/dense1/weights");
    }

    @Test
    @DisplayName("says in layout.json what its arrays are, where nodes have states and where not")
    void layout() throws IOException {
        assertThat(layout("{type: predictive-coding}")).contains("state/*", "forward/*", "predicted for it");
        assertThat(layout("{type: frsf}"))
                .contains("learner/*", "activations of the forward pass")
                .contains("\"scale\" : [ 0.5 ]", "\"shift\" : [ -0.25 ]", "row by row, channels fastest")
                .doesNotContain("state/*", "forward/*", "predicted for it");
    }

    private String layout(String learner) throws IOException {
        LearnerSettings settings = Practice.settings(learner);
        Bench bench = bench(settings);
        Path file = trace(new Practice(learner, bench, 0.05, 0, 0), bench, settings, "trace.npz");
        try (ZipFile zip = new ZipFile(file.toFile())) {
            byte[] text = zip.getInputStream(zip.getEntry("layout.json")).readAllBytes();
            return new String(text, StandardCharsets.UTF_8);
        }
    }

    static Stream<String> inferring() {
        return Stream.of("{type: predictive-coding}", "{type: incremental-pc}", "{type: z-il, schedule: full}");
    }
}
