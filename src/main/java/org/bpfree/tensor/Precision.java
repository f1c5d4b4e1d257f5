package org.bpfree.tensor;

import org.bpfree.settings.Doc;

/** Number format of all tensors of a run. */
public enum Precision {
    @Doc("32-bit; fast, with oneDNN kernels.")
    FLOAT32(4),
    @Doc("64-bit; slow for convolutions, for checks against theory.")
    FLOAT64(8);

    private final int bytes;

    Precision(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes of one number. */
    public int bytes() {
        return bytes;
    }
}
