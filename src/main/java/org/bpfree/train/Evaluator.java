package org.bpfree.train;

import org.bpfree.data.Batch;
import org.bpfree.data.BatchStream;
import org.bpfree.data.BatchStream.Arrangement;
import org.bpfree.data.DataSettings.Augmentation;
import org.bpfree.data.ImageSet;
import org.bpfree.data.Normalizer;
import org.bpfree.graph.Loss;
import org.bpfree.graph.Predictions;
import org.bpfree.learn.LabelledImages;
import org.bpfree.learn.Learner;

/** Measures loss and accuracy of a learner's predictions over a set of images. */
public final class Evaluator {
    private final Learner learner;
    private final LabelledImages.Slot slot;
    private final Loss loss;
    private final Normalizer normalizer;

    /** An evaluator that fills batches into the given slot. */
    public Evaluator(Learner learner, LabelledImages.Slot slot, Loss loss, Normalizer normalizer) {
        this.learner = learner;
        this.slot = slot;
        this.loss = loss;
        this.normalizer = normalizer;
    }

    /** Told the label and the predicted class of every image, in order. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * One image.
         *
         * @param rank how many classes have a larger score than the label; 0 where it is found
         */
        void predicted(int label, int prediction, int rank);

        /** This one and another one, in this order. */
        default Visitor and(Visitor other) {
            return (label, prediction, rank) -> {
                predicted(label, prediction, rank);
                other.predicted(label, prediction, rank);
            };
        }
    }

    /** Losses over all images; {@link Loss.Result#NONE} for an empty set. */
    public Loss.Result evaluate(ImageSet images) {
        return evaluate(images, (label, prediction, rank) -> {});
    }

    /** Losses over all images, with each prediction shown to a visitor. */
    public Loss.Result evaluate(ImageSet images, Visitor visitor) {
        if (images.size() == 0) {
            return Loss.Result.NONE;
        }
        Loss.Result sum = Loss.Result.NONE;
        Predictions predictions = Predictions.of(slot.capacity());
        try (BatchStream stream =
                new BatchStream(images, normalizer, Augmentation.NONE, slot.capacity(), 0, Arrangement.STORED)) {
            stream.start(0, 0);
            for (Batch batch = stream.next(); batch != null; batch = stream.next()) {
                LabelledImages filled = slot.fill(batch.images, batch.labels, batch.size);
                sum = sum.plus(learner.evaluate(filled, loss, predictions));
                for (int i = 0; i < batch.size; i++) {
                    visitor.predicted(
                            batch.labels[i],
                            predictions.classes()[i],
                            predictions.ranks()[i]);
                }
            }
        }
        return sum;
    }
}
