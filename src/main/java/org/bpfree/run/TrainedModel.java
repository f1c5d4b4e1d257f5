package org.bpfree.run;

import java.nio.file.Path;
import java.util.List;
import org.bpfree.data.Normalizer;
import org.bpfree.experiment.Experiment;
import org.bpfree.experiment.ExperimentLoader;
import org.bpfree.failure.Failure;
import org.bpfree.files.InputFile;
import org.bpfree.learn.LabelledImages;
import org.bpfree.measure.SoftMax;
import org.bpfree.train.Checkpoint;

/**
 * A network with the values of a checkpoint.
 *
 * @param bench the working parts, restored
 * @param normalizer how the run turned pixels into numbers
 * @param checkpoint the file the values come from
 */
public record TrainedModel(Workbench bench, Normalizer normalizer, Path checkpoint) {
    /**
     * The class scores of one image.
     *
     * @param pixels holds the image, {@code [height, width, channels]} of unsigned bytes, from a position on
     */
    public double[] scores(byte[] pixels, int from) {
        return bench.learner().predict(batch(pixels, from)).toDoubles();
    }

    /** The probability of each class of one image, as the loss of the experiment reads scores; parameters as of {@link #scores}. */
    public double[] probabilities(byte[] pixels, int from) {
        double[] scores = scores(pixels, from);
        return bench.experiment().loss().separatesClasses() ? SoftMax.sigmoids(scores) : SoftMax.of(scores);
    }

    /** One image as a batch, with label 0. */
    public LabelledImages batch(byte[] pixels, int from) {
        float[] numbers = new float[Math.toIntExact(bench.graph().imageShape().size())];
        normalizer.apply(pixels, from, numbers, 0, numbers.length);
        return bench.slot().fill(numbers, new int[1], 1);
    }

    /** Which checkpoint of a run. */
    public enum Choice {
        /** The one with the best validation figure. */
        best,
        /** The newest one. */
        last
    }

    /**
     * Reads the model of a run.
     *
     * @param choice which checkpoint; null for the best one where there is one, else the newest
     */
    public static TrainedModel load(RunFolder folder, Choice choice) {
        Path best = folder.checkpoints().resolve("best");
        if (choice == Choice.best && !InputFile.isThere(best)) {
            throw Failure.usage(
                    "the run " + folder.path() + " has no best checkpoint",
                    "Only runs with data.validation above 0 have one. Use --checkpoint last.");
        }
        boolean useBest = choice == Choice.best || choice == null && InputFile.isThere(best);
        Checkpoint checkpoint = useBest ? Checkpoint.read(best) : folder.newestCheckpoint();
        Path file = checkpoint.file();
        Experiment experiment = ExperimentLoader.installed()
                .read(file.toString(), checkpoint.header().configuration(), List.of())
                .experiment();
        Workbench bench = Workbench.of(experiment);
        checkpoint.restore(bench.modelTensors());
        return new TrainedModel(
                bench,
                Normalizer.of(
                        checkpoint.header().pixelScale(), checkpoint.header().pixelShift()),
                file);
    }
}
