package org.bpfree.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.bpfree.graph.Graph;
import org.bpfree.graph.LossFunction;
import org.bpfree.settings.TypeName;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every learner keeps, whatever its theory. A subclass says which learners, so that those of another JAR can be tried, too; the class is in
 * the JAR of tests ({@code bpfree-conformance.jar}).
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class LearnerConformance {
    // Of the learners of the program, the slowest reaches 0.79 of the loss of its output layer alone, and most 0.1;
    // with the
    // sign of the last hidden layer or of all of them wrong, backpropagation stays above 0.97. No layer spoils more
    // than 1.21
    // of what those above it reach; a lower one with the wrong sign spoils 2.9 or more.
    private static final double AHEAD = 0.88;
    private static final double SPOILT = 1.8;

    /** The learners that are tried. */
    protected abstract Stream<LearnerProvider<?>> learners();

    /**
     * Settings of a learner beside its type, as in {@code scale: 2}; the default is none. For learners whose defaults are made for larger images or
     * longer runs than those here.
     */
    protected String settings(String type) {
        return "";
    }

    private static Bench bench(long seed, ConformanceNetwork network) {
        return bench(seed, network, LossFunction.CROSS_ENTROPY);
    }

    private static Bench bench(long seed, ConformanceNetwork network, LossFunction loss) {
        Bench bench = Bench.seeded(
                seed,
                Precision.FLOAT32,
                loss,
                ConformanceNetwork.IMAGE,
                ConformanceNetwork.CLASSES,
                40,
                network.layers());
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
    private boolean suits(LearnerProvider<?> provider, ConformanceNetwork network) {
        boolean special = network == ConformanceNetwork.INVERTIBLE || network == ConformanceNetwork.SPIKING;
        return accepts(provider, network) && (!special || !accepts(provider, ConformanceNetwork.CONVOLUTIONAL));
    }

    private boolean accepts(LearnerProvider<?> provider, ConformanceNetwork network) {
        return misfits(provider, network, LossFunction.CROSS_ENTROPY).isEmpty();
    }

    private List<Misfit> misfits(LearnerProvider<?> provider, ConformanceNetwork network, LossFunction loss) {
        Graph graph = Bench.graph(ConformanceNetwork.IMAGE, ConformanceNetwork.CLASSES, network.layers());
        return chosen(provider).check(graph, loss, Precision.FLOAT32).misfits();
    }

    Stream<Arguments> learnersOnNetworks() {
        return learners().flatMap(learner -> Stream.of(ConformanceNetwork.values())
                .filter(network -> suits(learner, network))
                .map(network -> Arguments.of(learner, network)));
    }

    private Learner create(LearnerProvider<?> provider, Bench bench) {
        return chosen(provider).create(bench.context());
    }

    private ChosenLearner<?> chosen(LearnerProvider<?> provider) {
        String type = provider.settings().getAnnotation(TypeName.class).value();
        String others = settings(type).isEmpty() ? "" : ", " + settings(type);
        return ChosenLearner.of(provider, Practice.settings("{type: " + type + others + "}"));
    }

    private static void step(Learner learner, Bench bench, double rate) {
        step(learner, bench, rate, trained -> true);
    }

    private static void step(Learner learner, Bench bench, double rate, Predicate<Trained> which) {
        double ratePerUpdate = rate / learner.updatesPerBatch();
        learner.learn(bench.batch);
        move(learner.moved(0), which, bench, ratePerUpdate);
        for (int update = 1; update < learner.updatesPerBatch(); update++) {
            learner.learnMore(bench.batch, update);
            move(learner.moved(update), which, bench, ratePerUpdate);
        }
    }

    private static void move(List<Trained> moved, Predicate<Trained> which, Bench bench, double rate) {
        for (Trained trained : moved) {
            if (!which.test(trained)) {
                continue;
            }
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
    void isDescribed(LearnerProvider<?> provider) {
        assertThat(ConformanceNetwork.values()).anyMatch(network -> suits(provider, network));
        assertThat(provider.settings()).isRecord();
        assertThat(provider.settings().getAnnotation(TypeName.class).value()).matches("[a-z0-9-]+");
        assertThat(provider.summary()).isNotBlank();
        assertThat(provider.source()).isNotBlank();
        assertThat(chosen(provider).settings()).isInstanceOf(provider.settings());
    }

    @ParameterizedTest
    @MethodSource("learnersOnNetworks")
    @DisplayName("gives every trained tensor an update of its shape, under a name of its own")
    void updatesHaveTheShapeOfTheirValues(LearnerProvider<?> provider, ConformanceNetwork network) {
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
    void learningLeavesValuesAlone(LearnerProvider<?> provider, ConformanceNetwork network) {
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
    void lossFalls(LearnerProvider<?> provider, ConformanceNetwork network) {
        Bench bench = bench(1, network);
        Learner learner = create(provider, bench);
        double before = bench.loss(learner);
        for (int i = 0; i < 200; i++) {
            step(learner, bench, 0.2);
        }
        assertThat(bench.loss(learner)).isLessThan(0.7 * before);
    }

    Stream<Arguments> learnersWithLosses() {
        return learnersOnNetworks()
                .flatMap(each -> Stream.of(LossFunction.SQUARED_ERROR, LossFunction.BINARY_CROSS_ENTROPY)
                        .map(loss -> Arguments.of(each.get()[0], each.get()[1], loss)))
                .filter(each -> each.get()[1] != ConformanceNetwork.SHARED_WEIGHTS);
    }

    @ParameterizedTest
    @MethodSource("learnersWithLosses")
    @DisplayName("accepts every loss, and lowers it, or its own objective, on separable images")
    void acceptsOtherLosses(LearnerProvider<?> provider, ConformanceNetwork network, LossFunction loss) {
        assertThat(misfits(provider, network, loss)).isEmpty();
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
    void equalSeedsGiveEqualBytes(LearnerProvider<?> provider, ConformanceNetwork network) {
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
    void equalBytesInSharedMemory(LearnerProvider<?> provider, ConformanceNetwork network) {
        Bench kept = bench(1, network);
        Bench shared = bench(1, network);
        Learner keeping = create(provider, kept);
        Learner sharing = chosen(provider).create(shared.trainingContext());
        assertThat(valuesAfterTraining(sharing, shared))
                .usingRecursiveComparison()
                .isEqualTo(valuesAfterTraining(keeping, kept));
        assertThat(sharing.scratchBytes()).isLessThanOrEqualTo(keeping.scratchBytes());
    }

    private Map<String, double[]> valuesAfterTraining(
            LearnerProvider<?> provider, ConformanceNetwork network, long seed) {
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
    void resumesFromItsTensors(LearnerProvider<?> provider, ConformanceNetwork network) {
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
    void partialBatches(LearnerProvider<?> provider, ConformanceNetwork network) {
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
    void predicts(LearnerProvider<?> provider, ConformanceNetwork network) {
        Bench bench = bench(1, network);
        Learner learner = create(provider, bench);
        Map<String, double[]> before = values(learner);
        Tensor scores = learner.predict(bench.batch);
        assertThat(scores.shape()).isEqualTo(Shape.of(40, ConformanceNetwork.CLASSES));
        for (double score : scores.toDoubles()) {
            assertThat(score).isFinite();
        }
        assertThat(values(learner)).usingRecursiveComparison().isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("learnersOnNetworks")
    @DisplayName("shows a non-finite pixel as a non-finite loss, even where a max-pool swallows it")
    void nonFiniteInputShows(LearnerProvider<?> provider, ConformanceNetwork network) {
        Bench bench = bench(1, network);
        Learner learner = create(provider, bench);
        bench.batch.images().set(5, Double.NaN);
        assertThat(bench.loss(learner)).isNaN();
    }

    Stream<Arguments> learnersWithLayersApart() {
        return learnersOnNetworks().filter(each -> each.get()[1] != ConformanceNetwork.SHARED_WEIGHTS);
    }

    @ParameterizedTest
    @MethodSource("learnersWithLayersApart")
    @DisplayName(
            "gains by training its output layer, and more by its hidden layers, none of which spoils what those above it reach")
    void hiddenLayersBeatShallow(LearnerProvider<?> provider, ConformanceNetwork network) {
        Bench untrained = bench(1, network);
        Learner learner = create(provider, untrained);
        List<String> layers = trainedLayers(learner);
        int output = layers.size() - 1;
        double shallow = lossAfterTraining(provider, network, layers.subList(output, layers.size()));
        assertThat(shallow).as("loss with the output layer trained").isLessThan(untrained.loss(learner));
        assumeThat(layers).as("trained layers").hasSizeGreaterThan(1); // a control such as shallow trains one
        double above = shallow;
        for (int layer = output - 1; layer >= 0; layer--) {
            double loss = lossAfterTraining(provider, network, layers.subList(layer, layers.size()));
            assertThat(loss)
                    .as("loss with " + layers.get(layer) + " trained, too")
                    .isLessThan(SPOILT * above);
            above = loss;
        }
        assertThat(above).as("loss with all layers trained").isLessThan(AHEAD * shallow);
    }

    /** The layers of the network that have trained parameters, from the images up. */
    private static List<String> trainedLayers(Learner learner) {
        return learner.trained().stream()
                .filter(trained -> !trained.own())
                .map(LearnerConformance::layer)
                .distinct()
                .toList();
    }

    private static String layer(Trained parameter) {
        return parameter.name().substring(0, parameter.name().lastIndexOf('/'));
    }

    /** The loss after some steps that move the parameters of some layers only, and all tensors that are the learner's own. */
    private double lossAfterTraining(LearnerProvider<?> provider, ConformanceNetwork network, List<String> layers) {
        Bench bench = bench(1, network);
        Learner learner = create(provider, bench);
        for (int i = 0; i < 100; i++) {
            step(learner, bench, 0.1, trained -> trained.own() || layers.contains(layer(trained)));
        }
        return bench.loss(learner);
    }
}
