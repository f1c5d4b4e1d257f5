package org.bpfree.model;

import org.bpfree.settings.Doc;

/** Whether a convolution or a pool may look past the border of its input. */
public enum Padding {
    /** Past the border there are zeros, which count for nothing in a pool. */
    @Doc("The output has the size of the input divided by the stride, rounded up.")
    SAME,
    /** Windows stay inside. */
    @Doc("Only positions where the whole window lies inside the input.")
    VALID
}
