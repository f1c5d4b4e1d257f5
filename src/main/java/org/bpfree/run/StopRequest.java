package org.bpfree.run;

import java.util.function.BooleanSupplier;

/** Whether somebody asked for an end of training, which comes after the present batch. */
public interface StopRequest extends BooleanSupplier {
    /** The exit code of the process after the request. */
    int exitCode();
}
