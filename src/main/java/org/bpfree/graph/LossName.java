package org.bpfree.graph;

import org.bpfree.settings.Doc;

/** How far class scores are from the label of an image. */
public enum LossName {
    @Doc("Cross-entropy of the softmax of the scores.")
    CROSS_ENTROPY,
    @Doc("Half the squared distance of the scores from the one-hot label.")
    SQUARED_ERROR
}
