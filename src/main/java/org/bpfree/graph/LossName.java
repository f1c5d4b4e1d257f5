package org.bpfree.graph;

import org.bpfree.settings.Doc;

/** How far class scores are from the label of an image. */
public enum LossName {
    @Doc("Cross-entropy of the softmax of the scores.")
    CROSS_ENTROPY,
    @Doc("Half the squared distance of the scores from the one-hot label.")
    SQUARED_ERROR,
    @Doc(
            "Cross-entropy of the sigmoid of each score with whether its class is the label, added over the classes; PyTorch's mean over"
                    + " classes is this one with the learning rate divided by their number.")
    BINARY_CROSS_ENTROPY
}
