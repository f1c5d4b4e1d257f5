package org.bpfree.learn.forwardforward;

import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Tensor;

/** How labels come into images {@code [batch, height, width, channels]}. */
interface LabelForm {
    /**
     * Binds {@code output = } the images with a label each.
     *
     * @param labels read at each run, one an image; may be longer
     */
    Routine embed(Tensor images, int[] labels, Tensor output);

    /** Binds {@code output = } the images without saying which label they have. */
    Routine neutral(Tensor images, Tensor output);
}
