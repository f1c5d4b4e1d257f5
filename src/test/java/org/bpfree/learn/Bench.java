package org.bpfree.learn;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Loss;
import org.bpfree.graph.LossFunction;
import org.bpfree.graph.Parameters;
import org.bpfree.graph.Pass;
import org.bpfree.model.GraphBuilder;
import org.bpfree.model.LayerSettings;
import org.bpfree.model.ModelSettings;
import org.bpfree.random.RandomStream;
import org.bpfree.tensor.Arena;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;

/** A small network with random images and labels on which a learner under test takes a step. */
public final class Bench {
    /** The network. */
    public final Graph graph;
    /** Its values. */
    public final Parameters parameters;
    /** The batch. */
    public final LabelledImages batch;

    /** The memory of the batch. */
    public final LabelledImages.Slot slot;

    private final Precision precision;
    private final LossFunction loss;
    private final long seed;
    private Pass pass; // made when first needed

    private Bench(Graph graph, Precision precision, LossFunction loss, int images, long seed) {
        this.graph = graph;
        this.precision = precision;
        this.loss = loss;
        this.seed = seed;
        parameters = Parameters.initialize(graph.parameters(), precision, seed);
        slot = new LabelledImages.Slot(precision, images, graph.imageShape());
        batch = slot.batch(images);
        RandomGenerator random = RandomStream.of(seed, "test/images");
        double[] pixels = random.doubles(batch.images().size(), -0.5, 0.5).toArray();
        batch.images().write(pixels);
        for (int i = 0; i < images; i++) {
            batch.labels()[i] = random.nextInt(graph.classes());
        }
    }

    /** A bench in double precision with cross-entropy. */
    public static Bench of(Shape image, int classes, int images, LayerSettings... layers) {
        return of(Precision.FLOAT64, LossFunction.CROSS_ENTROPY, image, classes, images, layers);
    }

    /** A bench of any kind. */
    public static Bench of(
            Precision precision, LossFunction loss, Shape image, int classes, int images, LayerSettings... layers) {
        return seeded(7, precision, loss, image, classes, images, layers);
    }

    /** A bench of any kind whose values, images and labels come from a seed of its own. */
    public static Bench seeded(
            long seed,
            Precision precision,
            LossFunction loss,
            Shape image,
            int classes,
            int images,
            LayerSettings... layers) {
        return new Bench(graph(image, classes, layers), precision, loss, images, seed);
    }

    /** The graph of layers that must fit. */
    public static Graph graph(Shape image, int classes, LayerSettings... layers) {
        ModelSettings model = new ModelSettings(List.of(layers), java.util.Optional.empty());
        return GraphBuilder.build(model, image, classes, problem -> {
                    throw new AssertionError(problem);
                })
                .orElseThrow();
    }

    /** The context for a learner on this bench, with scratch of its own. */
    public LearnerContext context() {
        return context(new Arena(precision));
    }

    /** A context as in training: nodes are fused, and errors that are done with make room for others. */
    public LearnerContext trainingContext() {
        return context(Arena.sharing(precision)).withFusedNodes();
    }

    private LearnerContext context(Arena arena) {
        return LearnerContext.of(graph, parameters, loss, arena, purpose -> RandomStream.of(seed, purpose, 3), seed);
    }

    /** The losses of the batch with the present values, dropout and batch statistics included. */
    public double loss(Learner learner) {
        return learner.learn(batch).lossSum();
    }

    /** The same without a learner, by a forward pass of training alone. */
    public double loss() {
        if (pass == null) {
            pass = new Pass(
                    graph,
                    parameters,
                    batch.images(),
                    Kernel.Mode.TRAIN,
                    new Arena(precision),
                    purpose -> RandomStream.of(seed, purpose, 3));
        }
        pass.forward();
        return evaluate(pass.output()).lossSum();
    }

    /** The updates of one step by name, copied. */
    public static Map<String, double[]> updates(Learner learner, LabelledImages batch) {
        learner.learn(batch);
        Map<String, double[]> updates = new TreeMap<>();
        for (Trained trained : learner.trained()) {
            updates.put(trained.name(), trained.update().toDoubles());
        }
        return updates;
    }

    /** Losses and error of arbitrary scores. */
    public Loss.Result evaluate(Tensor scores) {
        return new Loss(loss, graph.classes()).evaluate(scores, batch.labels(), null);
    }
}
