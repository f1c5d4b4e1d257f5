package org.bpfree.learn.forwardforward;

import java.util.random.RandomGenerator;
import org.bpfree.graph.Kernel;
import org.bpfree.learn.LabelledImages;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Tensor;

/** Makes the negative samples of batches. */
@FunctionalInterface
interface Negatives {
    /** Purpose of the random numbers that samples are drawn with. */
    String STREAM = "forward-forward/negatives";

    /**
     * Binds the negative samples of a batch.
     *
     * @param scores read: those of the images without a label, {@code [batch, classes]}
     * @param output written, as the images of the batch
     */
    Routine bind(LabelledImages batch, Tensor scores, Tensor output);

    /** The images with wrong labels. */
    static Negatives labelled(LabelForm form, WrongLabels labels, Kernel.Noise noise) {
        return (batch, scores, output) -> {
            double[] read = new double[scores.size()];
            int[] wrong = new int[batch.size()];
            Routine embed = form.embed(batch.images(), wrong, output);
            Routine draw = () -> {
                scores.read(0, read, 0, read.length);
                RandomGenerator random = noise.stream(STREAM);
                labels.draw(read, batch.labels(), random, wrong);
            };
            return draw.then(embed);
        };
    }
}
