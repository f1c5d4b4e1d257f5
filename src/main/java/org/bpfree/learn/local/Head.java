package org.bpfree.learn.local;

import java.util.List;
import org.bpfree.learn.LabelledImages;
import org.bpfree.learn.Trained;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Tensor;

/** What teaches a block from its output: a loss with trained tensors of its own. */
interface Head {
    /** The tensors that the head trains. */
    List<Trained> trained();

    /**
     * Binds one step: the loss of a batch, the updates of the head's tensors and the error of the block's output.
     *
     * @param output of the block, {@code [batch, ...]}
     * @param error written, as the output
     */
    Routine teach(Tensor output, LabelledImages batch, Tensor error);

    /** The loss of the last batch, summed over its images. */
    double lossSum();
}
