package org.bpfree.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.bpfree.failure.Failure;
import org.bpfree.train.Divergence;

/** What an exception means to a user. */
public final class Diagnosis {
    private Diagnosis() {}

    /** The failure that an exception means to a user. */
    public static Failure of(Throwable exception) {
        if (exception instanceof Failure failure) {
            return failure;
        }
        if (exception instanceof OutOfMemoryError outOfMemory) {
            return OutOfMemory.explain(outOfMemory);
        }
        if (exception instanceof Divergence) {
            return Failure.of(
                    Failure.Kind.DIVERGED,
                    "training diverged: " + exception.getMessage(),
                    "Lower optimizer.learningRate, or limit updates with optimizer.clipNorm.");
        }
        if (exception instanceof IOException || exception instanceof UncheckedIOException) {
            Throwable cause = exception.getCause() instanceof IOException inner ? inner : exception;
            return Failure.failed(
                    "reading or writing failed: " + (cause.getMessage() == null ? cause : cause.getMessage()));
        }
        return Failure.of(
                Failure.Kind.INTERNAL,
                "internal error: " + exception,
                "This is a defect of bpfree. Please report it with the command, the output of --stacktrace and of 'bpfree --version'.");
    }
}
