package org.bpfree.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.bpfree.measure.Statistics;
import org.bpfree.measure.UpdateAngle;

/** A figure of {@code result.json} whose mean over seeds tables for people show, and how they show it. */
public enum Figure {
    /** Share of the test images. */
    TEST_ACCURACY("testAccuracy", "test accuracy, %", 100, "%.2f"),
    /** Mean over the test images. */
    TEST_LOSS("testLoss", "test loss", 1, "%.4f"),
    /** Mean over the weights of all layers, at the last probe. */
    UPDATE_ANGLE("updateAngle", "angle to backprop, °", 1, "%.1f"),
    /** Of training, probes and tests left out. */
    TIME("imagesPerSecond", "ms an image", 1000, "%.3f") {
        @Override
        double shown(double imagesPerSecond) {
            return 1 / imagesPerSecond;
        }
    },
    /** Memory for activations, errors and whatever else the learner needs. */
    SCRATCH("scratchBytesPerImage", "scratch, KiB an image", 1.0 / 1024, "%.0f");

    private final String key;
    private final String title;
    private final double scale;
    private final String format;

    Figure(String key, String title, double scale, String format) {
        this.key = key;
        this.title = title;
        this.scale = scale;
        this.format = format;
    }

    /** What is averaged, from what the result holds. */
    double shown(double value) {
        return value;
    }

    /** The figure of a result; nothing where the result has none. */
    OptionalDouble of(JsonNode result) {
        JsonNode value = result.path(key);
        return value.isNumber() ? OptionalDouble.of(shown(value.asDouble())) : OptionalDouble.empty();
    }

    /** Its name in JSON. */
    String meanName() {
        return this == TIME ? "secondsPerImage" : key;
    }

    /** The head of its column. */
    String title() {
        return title;
    }

    /** Its mean and deviation over seeds; that it is undefined where {@code undefined} of them have a note in its place. */
    String text(Statistics statistics, int undefined) {
        return undefined == 0
                ? statistics.text(scale, format)
                : UpdateAngle.UNDEFINED + (undefined == 1 ? " in 1 seed" : " in " + undefined + " seeds");
    }

    /** Why a result has no such figure although it was measured; nothing where it has one, or where nobody measured. */
    Optional<String> note(JsonNode result) {
        JsonNode note = result.path(key + "Note");
        return note.isTextual() ? Optional.of(note.asText()) : Optional.empty();
    }

    /** Its value in one result; a word where it is undefined, a dash where nobody measured it. */
    String text(JsonNode result) {
        Optional<String> note = note(result);
        if (note.isPresent()) {
            return UpdateAngle.word(note.get());
        }
        OptionalDouble value = of(result);
        return value.isPresent() ? String.format(Locale.ROOT, format, scale * value.getAsDouble()) : "–";
    }
}
