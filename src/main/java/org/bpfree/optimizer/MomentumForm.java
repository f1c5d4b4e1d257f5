package org.bpfree.optimizer;

import org.bpfree.settings.Doc;

/** Where the step size {@code rate} stands when momentum {@code m} is kept; {@code g} is the update, weight decay included. */
public enum MomentumForm {
    /** With the step: a new step size scales all of it. */
    @Doc("v = m v + g, w = w - rate v: a new step size scales all of the step (torch.optim).")
    PYTORCH,
    /** With the momentum: what is kept of earlier steps keeps their step size. */
    @Doc("v = m v - rate g, w = w + v: what is kept of earlier steps keeps their step size (Keras).")
    KERAS;

    /** What the setting says of itself. */
    static final String DOC =
            "Where the step size stands when momentum is kept; tells only when the schedule changes it.";
}
