package org.bpfree.sweep;

import org.bpfree.run.RunFolder;

/** Trains the run of a cell in this process; whatever it throws is noted as the reason why the cell failed. */
public interface CellTraining {
    /**
     * Trains from the beginning.
     *
     * @param configuration the whole experiment as YAML
     * @param run a folder that is new or empty
     * @return whether training came to its end; false when it was interrupted
     */
    boolean begin(String configuration, RunFolder run);

    /** Goes on from the newest checkpoint of a run; returns as {@link #begin}. */
    boolean resume(RunFolder run);
}
