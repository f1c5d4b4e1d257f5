package org.bpfree.report;

import java.util.OptionalDouble;
import java.util.function.Function;
import org.bpfree.run.RunRecord;
import org.bpfree.run.RunResult;

/** Figures of a finished run; nothing where it is not finished or of a version that did not write them. */
final class RunFigures {
    private RunFigures() {}

    /** Speed of the training steps. */
    static OptionalDouble imagesPerSecond(RunRecord run) {
        return of(run, result -> result.cost().imagesPerSecond());
    }

    /** What an image takes in a training step. */
    static OptionalDouble millisecondsPerImage(RunRecord run) {
        return of(
                run,
                result -> result.cost().imagesPerSecond() == null
                        ? null
                        : 1000 / result.cost().imagesPerSecond());
    }

    /** Memory for activations, errors and whatever else the learner needs. */
    static OptionalDouble kilobytesPerImage(RunRecord run) {
        return of(
                run,
                result -> result.cost().scratchBytesPerImage() == null
                        ? null
                        : result.cost().scratchBytesPerImage() / 1024.0);
    }

    /** Of the validation images after the last epoch, fraction. */
    static OptionalDouble validationAccuracy(RunRecord run) {
        return of(run, result -> result.validation().accuracy());
    }

    private static OptionalDouble of(RunRecord run, Function<RunResult, Double> figure) {
        Double value = run.result().map(figure).orElse(null);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
