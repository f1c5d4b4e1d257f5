package org.bpfree.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bpfree.data.BatchStream;
import org.bpfree.data.DataSettings.Augmentation;
import org.bpfree.data.DataSettings.Normalization;
import org.bpfree.data.ImageSet;
import org.bpfree.data.ImageShape;
import org.bpfree.data.Normalizer;
import org.bpfree.data.TestImages;
import org.bpfree.graph.Loss;
import org.bpfree.graph.LossFunction;
import org.bpfree.graph.Predictions;
import org.bpfree.learn.LabelledImages;
import org.bpfree.learn.Learner;
import org.bpfree.learn.Trained;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;
import org.bpfree.testing.Yaml;

/** A learner of one number whose losses and figures are those of a script, on ten images in batches of four. */
final class ScriptedLearner implements Learner {
    static final int IMAGES = 10;
    static final int BATCH = 4;
    static final ImageSet TRAINING = TestImages.random(new ImageShape(2, 2, 1), IMAGES);
    static final ImageSet NONE = TestImages.random(new ImageShape(2, 2, 1), 0);
    static final Normalizer NORMALIZER = Normalizer.of(Normalization.UNIT, TRAINING);

    final Tensor value = Tensor.of(Precision.FLOAT64, Shape.of(1), 100);
    final Tensor update = Tensor.of(Precision.FLOAT64, Shape.of(1), 0);
    final LabelledImages.Slot slot = new LabelledImages.Slot(Precision.FLOAT64, BATCH, Shape.of(2, 2, 1));

    /** What happened, in order. */
    final List<String> log = new ArrayList<>();

    /** Mean loss of each batch; the last one counts for all after it. */
    double[] losses = {1};
    /** Accuracy on the validation images after each epoch. */
    double[] accuracies = {0.5};
    /** Mean loss on the validation images. */
    double validationLoss = 1;
    /** What the learner writes as its update, summed over the batch. */
    double gradient = 12;

    int updates = 1;
    private int learned;
    private int measured;

    private static double entry(double[] script, int i) {
        return script[Math.min(i, script.length - 1)];
    }

    @Override
    public Loss.Result learn(LabelledImages batch) {
        String labels = Arrays.stream(batch.labels(), 0, batch.size())
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(" "));
        log.add("learn " + labels);
        update.set(0, gradient);
        return new Loss.Result(entry(losses, learned++) * batch.size(), 1, batch.size());
    }

    @Override
    public int updatesPerBatch() {
        return updates;
    }

    @Override
    public void learnMore(LabelledImages batch, int number) {
        log.add("more " + number);
        update.set(0, gradient * (number + 1));
    }

    @Override
    public void startEpoch(int epoch) {
        log.add("epoch " + epoch);
    }

    @Override
    public Loss.Result evaluate(LabelledImages batch, Loss loss, Predictions predictions) {
        loss.evaluate(predict(batch), batch.targets(), null, predictions);
        // One batch of validation images an epoch.
        double accuracy = entry(accuracies, measured++);
        return new Loss.Result(validationLoss * batch.size(), (int) Math.round(accuracy * batch.size()), batch.size());
    }

    /** Scores for ten classes that are right where the label is even, and one too high where it is odd. */
    @Override
    public Tensor predict(LabelledImages batch) {
        Tensor scores = Tensor.zeros(Precision.FLOAT64, Shape.of(batch.size(), 10));
        for (int i = 0; i < batch.size(); i++) {
            int label = batch.labels()[i];
            scores.set(i * 10 + (label + label % 2) % 10, 1);
        }
        return scores;
    }

    @Override
    public Map<String, Tensor> activations(LabelledImages batch) {
        return Map.of();
    }

    @Override
    public List<Trained> trained() {
        return List.of(new Trained("w", value, update, Trained.Kind.OTHER));
    }

    @Override
    public long scratchBytes() {
        return 0;
    }

    /** A step of plain gradient descent. */
    TrainingStep step(TrainingSettings.Reduction reduction, LossBound bound, TrainingStep.Observer observer) {
        return new TrainingStep(
                this,
                new OrthogonalityPenalty(Yaml.settings(OrthogonalitySettings.class, "{}"), trained()),
                new Optimizer(Yaml.optimizer("{type: sgd, learningRate: 0.5}"), trained()),
                new MaxNorm(0, trained()),
                slot,
                new StepNoise(1),
                reduction,
                bound,
                observer);
    }

    Evaluator evaluator() {
        return new Evaluator(this, slot, new Loss(LossFunction.CROSS_ENTROPY, 10), NORMALIZER);
    }

    /** The training images in an order of their own each epoch. */
    static BatchStream stream() {
        return new BatchStream(TRAINING, NORMALIZER, new Augmentation(false, 0), BATCH, 1, BatchStream.Arrangement.ANY);
    }
}
