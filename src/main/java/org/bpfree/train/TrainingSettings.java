package org.bpfree.train;

import java.util.Arrays;
import java.util.Optional;
import org.bpfree.data.ImageSet;
import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.Range;
import org.bpfree.tensor.Precision;

/**
 * The block {@code training} of an experiment file.
 *
 * @param epochs passes over the training split
 * @param batchSize images a step; the last batch of an epoch may be smaller
 * @param precision of all tensors
 * @param reduction whether the updates of the images of a batch are averaged or added
 * @param checkpointEvery batches between checkpoints, 0 for one after each epoch only
 * @param twin whether a backpropagation twin is trained afterwards, from the same seed
 * @param maxNorm largest norm of the incoming weights of a unit, 0 for no limit
 * @param divergenceFactor mean loss, in multiples of that of guessing, above which training has diverged; 0 for no bound
 * @param earlyStopping when to stop before the last epoch; absent for never
 * @param classWeights how much the images of each class count
 * @param test whether the final weights are tested on the test images
 */
public record TrainingSettings(
        @Doc("Passes over the training split.") @Range(min = 1)
        int epochs,

        @Doc("Images a step; the last batch of an epoch may be smaller.") @Default("128") @Range(min = 1)
        int batchSize,

        @Doc("Precision of all tensors.") @Default("float32")
        Precision precision,

        @Doc("Whether the updates of the images of a batch are averaged or added.") @Default("mean")
        Reduction reduction,

        @Doc("Batches between checkpoints, 0 for one after each epoch only.") @Default("0") @Range(min = 0)
        int checkpointEvery,

        @Doc("Train a backpropagation twin afterwards, from the same seed, and report its accuracy.") @Default("false")
        boolean twin,

        @Doc(
                "Largest Euclidean norm of the incoming weights of a unit or filter of the network after a step, to which larger ones are"
                        + " scaled down (max-norm); 0 for no limit.")
        @Default("0")
        @Range(min = 0)
        double maxNorm,

        @Doc(
                "Mean loss of a batch, of the validation or of the test images, in multiples of the loss of guessing, above which training"
                        + " counts as diverged (exit code 4); 0 for no bound.")
        @Default("1000")
        @Range(min = 0)
        double divergenceFactor,

        @Doc("When to stop before the last epoch; absent for never.") @Default("null")
        Optional<EarlyStopping> earlyStopping,

        @Doc("How much the images of each class count in the loss and its error.") @Default("none")
        ClassWeights classWeights,

        @Doc(
                "Test the final weights on the test images. Without it their files are not opened: for runs that only help to choose"
                        + " settings.")
        @Default("true")
        boolean test) {

    /** The same settings for a single network. */
    public TrainingSettings withoutTwin() {
        return new TrainingSettings(
                epochs,
                batchSize,
                precision,
                reduction,
                checkpointEvery,
                false,
                maxNorm,
                divergenceFactor,
                earlyStopping,
                classWeights,
                test);
    }

    /** How much the images of each class count. */
    public enum ClassWeights {
        @Doc("All alike.")
        NONE,
        @Doc(
                "The loss of an image, and its error, are multiplied by N / (K n), for N training images of K classes, n of them of its class:"
                        + " all classes count alike, and the mean weight is 1.")
        BALANCED;

        /** The weights of classes by their numbers of training images; 0 for a class without any. Nothing where all count alike. */
        public Optional<double[]> of(ImageSet train) {
            if (this == NONE) {
                return Optional.empty();
            }
            long[] images = new long[train.classes()];
            for (int i = 0; i < train.size(); i++) {
                images[train.label(i)]++;
            }
            long present = Arrays.stream(images).filter(each -> each > 0).count();
            return Optional.of(Arrays.stream(images)
                    .mapToDouble(each -> each == 0 ? 0 : (double) train.size() / (present * each))
                    .toArray());
        }
    }

    /** How the updates of the images of a batch become one update. */
    public enum Reduction {
        @Doc("Averaged: divided by the number of images in the batch.")
        MEAN,
        @Doc("Added.")
        SUM
    }

    /**
     * When to stop before the last epoch.
     *
     * @param metric what must improve
     * @param patience epochs without improvement after which training stops
     * @param minDelta smallest change that counts as an improvement for the patience; which epoch is best does not depend on it
     * @param minEpochs epochs that are always trained
     */
    public record EarlyStopping(
            @Doc("What must improve; needs data.validation above 0.") @Default("validation-accuracy")
            Metric metric,

            @Doc("Epochs without improvement after which training stops.") @Default("10") @Range(min = 1)
            int patience,

            @Doc(
                    "Smallest change that counts as an improvement for patience; which epoch is best does not depend on it.")
            @Default("0")
            @Range(min = 0)
            double minDelta,

            @Doc("Epochs that are always trained.") @Default("0") @Range(min = 0)
            int minEpochs) {}

    /** A figure that early stopping watches. */
    public enum Metric {
        @Doc("Fraction of validation images classified correctly; larger is better.")
        VALIDATION_ACCURACY,
        @Doc("Mean loss over the validation images; smaller is better.")
        VALIDATION_LOSS
    }
}
