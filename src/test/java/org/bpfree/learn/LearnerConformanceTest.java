package org.bpfree.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bpfree.learn.Layers.activation;
import static org.bpfree.learn.Layers.conv;
import static org.bpfree.learn.Layers.dense;
import static org.bpfree.learn.Layers.flatten;
import static org.bpfree.learn.Layers.loudConv;
import static org.bpfree.learn.Layers.loudDense;
import static org.bpfree.learn.Layers.maxPool;
import static org.bpfree.learn.Layers.tanh;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bpfree.graph.Initializer;
import org.bpfree.graph.LossFunction;
import org.bpfree.graph.op.DropoutOp;
import org.bpfree.model.BasicLayers;
import org.bpfree.model.InvertibleLayers;
import org.bpfree.model.JoinLayers;
import org.bpfree.model.LayerSettings;
import org.bpfree.model.Padding;
import org.bpfree.model.PoolLayers;
import org.bpfree.settings.TypeName;
import org.bpfree.tensor.ActivationFunction;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every learner found through ServiceLoader keeps, whatever its theory. */
@DisplayName("Every learner")
class LearnerConformanceTest {
    private static final Shape IMAGE = Shape.of(8, 8, 2);
    private static final int CLASSES = 4;

    static Stream<LearnerProvider> learners() {
        return ServiceLoader.load(LearnerProvider.class).stream().map(ServiceLoader.Provider::get);
    }

    private enum Network {
        CONVOLUTIONAL(
                conv(6),
                tanh(),
                maxPool(),
                conv(8, 3, 2, Padding.SAME, false),
                tanh(),
                flatten(),
                dense(12),
                tanh(),
                dense(CLASSES)),
        SHARED_WEIGHTS(
                conv(6),
                tanh(),
                maxPool(),
                conv("a", "max-pool1", 6, 1, ""),
                tanh(),
                conv("b", "tanh2", 6, 2, "a"),
                tanh(),
                flatten(),
                dense(12),
                dense("c", "dense1", 12, true, ""),
                tanh(),
                dense("d", "tanh4", 12, true, "c"),
                new LayerSettings("", List.of("dense1", "d"), new JoinLayers.Add()),
                tanh(),
                dense(CLASSES)),
        INVERTIBLE(
                conv(6, 3, 2, Padding.SAME, false),
                activation(ActivationFunction.LEAKY_RELU),
                new LayerSettings(new InvertibleLayers.SquareConv(4, 2, 2, Padding.SAME, true, Initializer.ORTHOGONAL)),
                activation(ActivationFunction.LEAKY_RELU),
                flatten(),
                new LayerSettings(new InvertibleLayers.SquareDense(0, CLASSES, false, Initializer.ORTHOGONAL))),
        SPIKING(
                loudConv(6),
                new LayerSettings("pool", List.of(), new PoolLayers.SumPool(2, 1.1)),
                new LayerSettings(new BasicLayers.Dropout(0.1, DropoutOp.Together.VALUES)),
                loudConv(6),
                new LayerSettings("", List.of("conv2", "pool"), new JoinLayers.Add()),
                flatten(),
                loudDense("", 12, ""),
                loudDense("twice", 12, ""),
                loudDense("again", 12, "twice"),
                loudDense("", CLASSES, ""));

        private final LayerSettings[] layers;

        Network(LayerSettings... layers) {
            this.layers = layers;
        }
    }

    private static Bench bench(long seed, Network network) {
        return bench(seed, network, LossFunction.CROSS_ENTROPY);
    }

    private static Bench bench(long seed, Network network, LossFunction loss) {
        Bench bench = Bench.seeded(seed, Precision.FLOAT32, loss, IMAGE, CLASSES, 40, network.layers);
        makeSeparable(bench);
        return bench;
    }

    /** The label decides the brightness of one quarter of the image: easy for anything that learns at all. */
    private static void makeSeparable(Bench bench) {
        double[] pixels = bench.batch.images().toDoubles();
        int image = pixels.length / bench.batch.size();
        for (int i = 0; i < pixels.length; i++) {
            int row = i % image / (8 * 2) / 4;
            int column = i % (8 * 2) / (4 * 2);
            pixels[i] = 0.2 * pixels[i] + (bench.batch.labels()[i / image] == 2 * row + column ? 0.5 : -0.2);
        }
        bench.batch.images().write(pixels);
    }

    /** Whether a learner is tried on a network: on those of special layers only when it takes no other. */
    private static boolean suits(LearnerProvider provider, Network network) {
        boolean special = network == Network.INVERTIBLE || network == Network.SPIKING;
        return accepts(provider, network) && (!special || !accepts(provider, Network.CONVOLUTIONAL));
    }

    private static boolean accepts(LearnerProvider provider, Network network) {
        List<LearnerProvider.Misfit> misfits = new ArrayList<>();
        provider.check(defaults(provider), Bench.graph(IMAGE, CLASSES, network.layers), misfits::add);
        return misfits.isEmpty();
    }

    static Stream<Arguments> learnersOnNetworks() {
        return learners().flatMap(learner -> Stream.of(Network.values())
                .filter(network -> suits(learner, network))
                .map(network -> Arguments.of(learner, network)));
    }

    private static Learner create(LearnerProvider provider, Bench bench) {
        return provider.create(defaults(provider), bench.context());
    }

    /** The settings of a learner with everything left to its default. */
    private static LearnerSettings defaults(LearnerProvider provider) {
        String type = provider.settings().getAnnotation(TypeName.class).value();
        return Practice.settings("{type: " + type + "}");
    }

    private static void step(Learner learner, Bench bench, double rate) {
        double ratePerUpdate = rate / learner.updatesPerBatch();
        learner.learn(bench.batch);
        move(learner, bench, ratePerUpdate);
        for (int update = 1; update < learner.updatesPerBatch(); update++) {
            learner.learnMore(bench.batch, update);
            move(learner, bench, ratePerUpdate);
        }
    }

    private static void move(Learner learner, Bench bench, double rate) {
        for (Trained trained : learner.trained()) {
            double[] value = trained.value().toDoubles();
            double[] update = trained.update().toDoubles();
            for (int i = 0; i < value.length; i++) {
                value[i] -= rate * update[i] / bench.batch.size();
            }
            trained.value().write(value);
        }
    }

    /** What only the optimizer may change. */
    private static Map<String, double[]> trainedValues(Learner learner) {
        Map<String, double[]> values = new TreeMap<>();
        learner.trained()
                .forEach(trained -> values.put(trained.name(), trained.value().toDoubles()));
        return values;
    }

    /** Everything a resumed run must have again. */
    private static Map<String, double[]> values(Learner learner) {
        Map<String, double[]> values = trainedValues(learner);
        learner.state().forEach((name, tensor) -> values.put(name, tensor.toDoubles()));
        return values;
    }

    private static void restore(Learner learner, Map<String, double[]> values) {
        learner.trained().forEach(trained -> trained.value().write(values.get(trained.name())));
        learner.state().forEach((name, tensor) -> tensor.write(values.get(name)));
    }

    @ParameterizedTest
    @MethodSource("learners")
    @DisplayName("has a name, a summary, a source and default settings, and takes one of the networks of this test")
    void isDescribed(LearnerProvider provider) {
        assertThat(Network.values()).anyMatch(network -> suits(provider, network));
        assertThat(provider.settings()).isRecord();
        assertThat(provider.settings().getAnnotation(TypeName.class).value()).matches("[a-z0-9-]+");
        assertThat(provider.summary()).isNotBlank();
        assertThat(provider.source()).isNotBlank();
        assertThat(defaults(provider)).isInstanceOf(provider.settings());
    }

    @ParameterizedTest
    @MethodSource("learnersOnNetworks")
    @DisplayName("gives every trained tensor an update of its shape, under a name of its own")
    void updatesHaveTheShapeOfTheirValues(LearnerProvider provider, Network network) {
        Learner learner = create(provider, bench(1, network));
        assertThat(learner.trained()).isNotEmpty();
        assertThat(learner.trained().stream().map(Trained::name)).doesNotHaveDuplicates();
        for (Trained trained : learner.trained()) {
            assertThat(trained.update().shape())
                    .as(trained.name())
                    .isEqualTo(trained.value().shape());
        }
    }

    @ParameterizedTest
    @MethodSource("learnersOnNetworks")
    @DisplayName("finds finite updates and changes no value by itself")
    void learningLeavesValuesAlone(LearnerProvider provider, Network network) {
        Bench bench = bench(1, network);
        Learner learner = create(provider, bench);
        Map<String, double[]> before = trainedValues(learner);
        Map<String, double[]> updates = Bench.updates(learner, bench.batch);
        updates.forEach((name, update) -> {
            for (double element : update) {
                assertThat(element).as(name).isFinite();
            }
        });
        assertThat(trainedValues(learner)).usingRecursiveComparison().isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("learnersOnNetworks")
    @DisplayName("lowers the loss on separable images")
    void lossFalls(LearnerProvider provider, Network network) {
        Bench bench = bench(1, network);
        Learner learner = create(provider, bench);
        double before = bench.loss(learner);
        for (int i = 0; i < 200; i++) {
            step(learner, bench, 0.2);
        }
        assertThat(bench.loss(learner)).isLessThan(0.7 * before);
    }

    static Stream<Arguments> learnersWithLosses() {
        return learnersOnNetworks()
                .flatMap(each -> Stream.of(LossFunction.SQUARED_ERROR, LossFunction.BINARY_CROSS_ENTROPY)
                        .map(loss -> Arguments.of(each.get()[0], each.get()[1], loss)))
                .filter(each -> each.get()[1] != Network.SHARED_WEIGHTS);
    }

    @ParameterizedTest
    @MethodSource("learnersWithLosses")
    @DisplayName("accepts every loss, and lowers it, or its own objective, on separable images")
    void acceptsOtherLosses(LearnerProvider provider, Network network, LossFunction loss) {
        List<LearnerProvider.Misfit> misfits = new ArrayList<>();
        provider.check(defaults(provider), loss, misfits::add);
        assertThat(misfits).isEmpty();
        Bench bench = bench(1, network, loss);
        Learner learner = create(provider, bench);
        double before = bench.loss(learner);
        for (int i = 0; i < 100; i++) {
            step(learner, bench, 0.1);
        }
        assertThat(bench.loss(learner)).isLessThan(0.9 * before);
    }

    @ParameterizedTest
    @MethodSource("learnersOnNetworks")
    @DisplayName("gives equal bytes for equal seeds, and others for another seed")
    void equalSeedsGiveEqualBytes(LearnerProvider provider, Network network) {
        assertThat(valuesAfterTraining(provider, network, 1))
                .usingRecursiveComparison()
                .isEqualTo(valuesAfterTraining(provider, network, 1));
        assertThat(valuesAfterTraining(provider, network, 1))
                .usingRecursiveComparison()
                .isNotEqualTo(valuesAfterTraining(provider, network, 2));
    }

    @ParameterizedTest
    @MethodSource("learnersOnNetworks")
    @DisplayName("gives equal bytes where errors make room for others, in no more memory")
    void equalBytesInSharedMemory(LearnerProvider provider, Network network) {
        Bench kept = bench(1, network);
        Bench shared = bench(1, network);
        Learner keeping = create(provider, kept);
        Learner sharing = provider.create(defaults(provider), shared.trainingContext());
        assertThat(valuesAfterTraining(sharing, shared))
                .usingRecursiveComparison()
                .isEqualTo(valuesAfterTraining(keeping, kept));
        assertThat(sharing.scratchBytes()).isLessThanOrEqualTo(keeping.scratchBytes());
    }

    private static Map<String, double[]> valuesAfterTraining(LearnerProvider provider, Network network, long seed) {
        Bench bench = bench(seed, network);
        return valuesAfterTraining(create(provider, bench), bench);
    }

    private static Map<String, double[]> valuesAfterTraining(Learner learner, Bench bench) {
        for (int i = 0; i < 5; i++) {
            step(learner, bench, 0.1);
        }
        return values(learner);
    }

    @ParameterizedTest
    @MethodSource("learnersOnNetworks")
    @DisplayName("goes on with equal bytes after its tensors were copied into a new instance")
    void resumesFromItsTensors(LearnerProvider provider, Network network) {
        Bench first = bench(1, network);
        Learner original = create(provider, first);
        for (int i = 0; i < 3; i++) {
            step(original, first, 0.1);
        }
        Bench second = bench(1, network);
        Learner copy = create(provider, second);
        restore(copy, values(original));
        step(original, first, 0.1);
        step(copy, second, 0.1);
        assertThat(values(copy)).usingRecursiveComparison().isEqualTo(values(original));
    }

    @ParameterizedTest
    @MethodSource("learnersOnNetworks")
    @DisplayName("treats a smaller batch as the images it holds, and comes back to the large one unchanged")
    void partialBatches(LearnerProvider provider, Network network) {
        Bench bench = bench(1, network);
        Learner learner = create(provider, bench);
        Map<String, double[]> before = values(learner);
        Map<String, double[]> whole = Bench.updates(learner, bench.batch);
        LabelledImages part = bench.slot.batch(7);
        Map<String, double[]> small = Bench.updates(learner, part);
        assertThat(small).usingRecursiveComparison().isNotEqualTo(whole);
        restore(learner, before); // some learners change state of their own
        assertThat(Bench.updates(learner, bench.batch))
                .usingRecursiveComparison()
                .isEqualTo(whole);
    }

    @ParameterizedTest
    @MethodSource("learnersOnNetworks")
    @DisplayName("predicts one finite score a class, and does so without changing what it learned")
    void predicts(LearnerProvider provider, Network network) {
        Bench bench = bench(1, network);
        Learner learner = create(provider, bench);
        Map<String, double[]> before = values(learner);
        Tensor scores = learner.predict(bench.batch);
        assertThat(scores.shape()).isEqualTo(Shape.of(40, CLASSES));
        for (double score : scores.toDoubles()) {
            assertThat(score).isFinite();
        }
        assertThat(values(learner)).usingRecursiveComparison().isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("learnersOnNetworks")
    @DisplayName("shows a non-finite pixel as a non-finite loss, even where a max-pool swallows it")
    void nonFiniteInputShows(LearnerProvider provider, Network network) {
        Bench bench = bench(1, network);
        Learner learner = create(provider, bench);
        bench.batch.images().set(5, Double.NaN);
        assertThat(bench.loss(learner)).isNaN();
    }
}
