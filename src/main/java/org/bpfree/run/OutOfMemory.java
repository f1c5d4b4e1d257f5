package org.bpfree.run;

import org.bpfree.failure.Failure;

/** Says what did not fit into memory, which follows from where in the program it was asked for. */
enum OutOfMemory {
    PICTURE(
            "org.bpfree.data.format.Picture",
            "the picture does not fit into memory",
            "Make the picture smaller; the network sees it in the size of its dataset anyway."),
    DATASET("org.bpfree.data.", "the images of the dataset do not fit into memory", ""),
    CHECKPOINT("org.bpfree.train.Checkpoint", "the checkpoint does not fit into memory", ""),
    REPORT("org.bpfree.report.", "the report does not fit into memory", "Report fewer runs, or add --no-pictures."),
    ARCHIVE("org.bpfree.measure.NumpyA", "the NumPy archive does not fit into memory", ""),
    NETWORK(
            "org.bpfree.",
            "the network and its batch do not fit into memory",
            "Use a smaller training.batchSize or network.");

    private static final long MEGABYTE = 1 << 20;

    private final String place;
    private final String what;
    private final String hint;

    OutOfMemory(String place, String what, String hint) {
        this.place = place;
        this.what = what;
        this.hint = hint;
    }

    /** The failure that lack of memory means to a user. */
    static Failure explain(OutOfMemoryError error) {
        String[] more = {
            "Give the JVM more memory: java -Xmx4g -jar bpfree.jar …, or JAVA_OPTS=-Xmx4g scripts/bpfree …; it may take "
                    + Runtime.getRuntime().maxMemory() / MEGABYTE + " MB now."
        };
        OutOfMemory found = find(error);
        String[] hints = found.hint.isEmpty() ? more : new String[] {found.hint, more[0]};
        return Failure.causedBy(
                error, Failure.Kind.FAILED, "out of memory: " + found.what + " (" + error.getMessage() + ")", hints);
    }

    private static OutOfMemory find(OutOfMemoryError error) {
        for (StackTraceElement frame : innermost(error).getStackTrace()) {
            for (OutOfMemory each : values()) {
                if (frame.getClassName().startsWith(each.place)) {
                    return each;
                }
            }
        }
        return NETWORK;
    }

    /** Threads that share work wrap what the one that failed has thrown. */
    private static Throwable innermost(Throwable error) {
        return error.getCause() instanceof OutOfMemoryError cause ? innermost(cause) : error;
    }
}
