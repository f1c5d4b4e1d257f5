package org.bpfree.learn.feedback;

import org.bpfree.settings.Doc;

/** What learners that project to every layer directly can be told besides. */
public interface DirectSettings extends FeedbackSettings {
    /** How a convolution gets the error of its input. */
    Projection projection();

    /** How a convolution gets the error of its input. */
    enum Projection {
        @Doc("Through a matrix [classes, height * width * channels] of its own.")
        FULL,
        @Doc(
                "Broadcast to the map of its output, then through a transposed convolution with kernels [classes, size, size, channels].")
        CONVOLUTION
    }
}
