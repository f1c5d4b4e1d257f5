package org.bpfree.measure.features;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bpfree.data.Permutation;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Initializer;
import org.bpfree.graph.Loss;
import org.bpfree.graph.LossFunction;
import org.bpfree.graph.Parameters;
import org.bpfree.learn.LabelledImages;
import org.bpfree.learn.LearnerContext;
import org.bpfree.learn.backprop.BackpropLearner;
import org.bpfree.model.BasicLayers;
import org.bpfree.model.GraphBuilder;
import org.bpfree.model.LayerSettings;
import org.bpfree.model.ModelSettings;
import org.bpfree.optimizer.AdamW;
import org.bpfree.optimizer.OptimizerSettings;
import org.bpfree.optimizer.ScheduleSettings;
import org.bpfree.random.RandomStream;
import org.bpfree.tensor.Arena;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Shape;
import org.bpfree.train.Optimizer;

/**
 * How well a linear classifier reads the features of a layer (Alain and Bengio, arXiv 1610.01644). Features are standardized by the mean
 * and deviation of the training features; the classifier is soft-max regression from zero, trained by AdamW for {@link #EPOCHS} epochs of
 * batches of {@link #BATCH}, with a step size that falls linearly to zero.
 */
public final class LinearProbe {
    static final int EPOCHS = 20;
    static final int BATCH = 100;
    private static final double RATE = 1e-2;
    private static final double DECAY = 0.01;
    private static final double LEAST_DEVIATION = 1e-6;

    private final int classes;
    private final long seed;

    /**
     * Features with labels.
     *
     * @param values {@code [count, size]}
     * @param labels {@code [count]}
     */
    public record Features(float[] values, int[] labels) {
        int size() {
            return values.length / labels.length;
        }
    }

    /** A probe for so many classes; the seed decides the order of the images. */
    public LinearProbe(int classes, long seed) {
        this.classes = classes;
        this.seed = seed;
    }

    /** The accuracy on test features of a classifier trained on others, 0..1. Standardizes both arrays in place. */
    public double accuracy(Features train, Features test) {
        standardize(train, test);
        Graph graph = graph(train.size());
        Parameters parameters = Parameters.initialize(graph.parameters(), Precision.FLOAT32, seed);
        LearnerContext context = LearnerContext.of(
                graph,
                parameters,
                LossFunction.CROSS_ENTROPY,
                new Arena(Precision.FLOAT32),
                purpose -> RandomStream.of(seed, purpose),
                seed);
        BackpropLearner learner = new BackpropLearner(context);
        LabelledImages.Slot slot = new LabelledImages.Slot(Precision.FLOAT32, BATCH, graph.imageShape());
        train(learner, slot, train);
        int[] inOrder = IntStream.range(0, test.labels.length).toArray();
        int correct = 0;
        for (int first = 0; first < test.labels.length; first += BATCH) {
            LabelledImages batch = fill(slot, test, inOrder, first, Math.min(BATCH, inOrder.length - first));
            Loss.Result result = context.loss().evaluate(learner.predict(batch), batch.labels(), null);
            correct += result.correct();
        }
        return (double) correct / test.labels.length;
    }

    private Graph graph(int size) {
        List<LayerSettings> layers = List.of(
                new LayerSettings(new BasicLayers.Flatten()),
                new LayerSettings(new BasicLayers.Dense(classes, true, Initializer.ZEROS, 1, Initializer.ZEROS)));
        return GraphBuilder.build(
                        new ModelSettings(layers, Optional.empty()), Shape.of(1, 1, size), classes, problem -> {
                            throw new IllegalStateException(problem.toString());
                        })
                .orElseThrow();
    }

    private void train(BackpropLearner learner, LabelledImages.Slot slot, Features train) {
        Optimizer optimizer = new Optimizer(
                new OptimizerSettings(RATE, new AdamW(0.9, 0.999, 1e-8), DECAY, 0, new ScheduleSettings.Constant(), 0),
                learner.trained());
        int steps = EPOCHS * ((train.labels.length + BATCH - 1) / BATCH);
        int step = 0;
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            int[] order = Permutation.of(train.labels.length, RandomStream.of(seed, "probe/order", epoch));
            for (int first = 0; first < order.length; first += BATCH) {
                int size = Math.min(BATCH, order.length - first);
                learner.learn(fill(slot, train, order, first, size));
                optimizer.apply(1.0 / size, RATE * (1 - (double) step / steps), ++step);
            }
        }
    }

    private static LabelledImages fill(LabelledImages.Slot slot, Features from, int[] order, int first, int count) {
        int size = from.size();
        float[] numbers = new float[count * size];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            System.arraycopy(from.values, order[first + i] * size, numbers, i * size, size);
            labels[i] = from.labels[order[first + i]];
        }
        return slot.fill(numbers, labels, count);
    }

    private static void standardize(Features train, Features test) {
        int size = train.size();
        for (int feature = 0; feature < size; feature++) {
            double sum = 0;
            double squares = 0;
            for (int i = feature; i < train.values.length; i += size) {
                sum += train.values[i];
                squares += (double) train.values[i] * train.values[i];
            }
            double mean = sum / train.labels.length;
            double deviation = Math.sqrt(Math.max(0, squares / train.labels.length - mean * mean));
            // A feature that never changes tells nothing; it becomes 0 everywhere.
            double factor = deviation > LEAST_DEVIATION ? 1 / deviation : 0;
            scale(train.values, feature, size, mean, factor);
            scale(test.values, feature, size, mean, factor);
        }
    }

    private static void scale(float[] values, int feature, int size, double mean, double factor) {
        for (int i = feature; i < values.length; i += size) {
            values[i] = (float) ((values[i] - mean) * factor);
        }
    }
}
