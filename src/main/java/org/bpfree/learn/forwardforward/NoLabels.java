package org.bpfree.learn.forwardforward;

import org.bpfree.tensor.Elementwise;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Tensor;

/** Images that show no label. */
record NoLabels() implements LabelForm {
    @Override
    public Routine embed(Tensor images, int[] labels, Tensor output) {
        return neutral(images, output);
    }

    @Override
    public Routine neutral(Tensor images, Tensor output) {
        return Elementwise.copy(images, output);
    }
}
