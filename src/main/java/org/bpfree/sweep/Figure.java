package org.bpfree.sweep;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.bpfree.measure.UpdateAngle;
import org.bpfree.run.RunResult;
import org.bpfree.statistics.Summary;

/** A figure of a result whose mean over seeds tables for people show, and how they show it. */
public enum Figure {
    /** Share of the test images. */
    TEST_ACCURACY("testAccuracy", "test accuracy, %", 100, "%.2f", result -> result.test()
            .accuracy()),
    /** Mean over the test images. */
    TEST_LOSS("testLoss", "test loss", 1, "%.4f", result -> result.test().loss()),
    /** Mean over the weights of all layers, at the last probe. */
    UPDATE_ANGLE("updateAngle", "angle to backprop, °", 1, "%.1f", result -> result.updateAngle()
            .degrees()),
    /** Of training, probes and tests left out. */
    TIME("secondsPerImage", "ms an image", 1000, "%.3f", result -> secondsPerImage(result.cost())),
    /** Memory for activations, errors and whatever else the learner needs. */
    SCRATCH("scratchBytesPerImage", "scratch, KiB an image", 1.0 / 1024, "%.0f", result -> scratch(result.cost()));

    private final String key;
    private final String title;
    private final double scale;
    private final String format;
    private final Function<RunResult, Double> measured;

    Figure(String key, String title, double scale, String format, Function<RunResult, Double> measured) {
        this.key = key;
        this.title = title;
        this.scale = scale;
        this.format = format;
        this.measured = measured;
    }

    private static Double secondsPerImage(RunResult.Cost cost) {
        return cost.imagesPerSecond() == null ? null : 1 / cost.imagesPerSecond();
    }

    private static Double scratch(RunResult.Cost cost) {
        return cost.scratchBytesPerImage() == null
                ? null
                : (Double) cost.scratchBytesPerImage().doubleValue();
    }

    /** The figure of a result; nothing where the result has none. */
    OptionalDouble of(RunResult result) {
        Double value = measured.apply(result);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** As {@link #of(RunResult)}; nothing where there is no result. */
    OptionalDouble of(Optional<RunResult> result) {
        return result.isPresent() ? of(result.get()) : OptionalDouble.empty();
    }

    /** Its name in JSON. */
    String meanName() {
        return key;
    }

    /** The head of its column. */
    String title() {
        return title;
    }

    /** Its mean and deviation over seeds; that it is undefined where {@code undefined} of them have a note in its place. */
    String text(Summary statistics, int undefined) {
        return undefined == 0
                ? statistics.text(scale, format)
                : UpdateAngle.UNDEFINED + (undefined == 1 ? " in 1 seed" : " in " + undefined + " seeds");
    }

    /** Why a result has no such figure although it was measured; nothing where it has one, or where nobody measured. */
    Optional<String> note(Optional<RunResult> result) {
        return this == UPDATE_ANGLE ? result.map(each -> each.updateAngle().note()) : Optional.empty();
    }

    /** Its value in one result; a word where it is undefined, a dash where nobody measured it. */
    String text(Optional<RunResult> result) {
        Optional<String> note = note(result);
        if (note.isPresent()) {
            return UpdateAngle.word(note.get());
        }
        OptionalDouble value = of(result);
        return value.isPresent() ? String.format(Locale.ROOT, format, scale * value.getAsDouble()) : "–";
    }
}
