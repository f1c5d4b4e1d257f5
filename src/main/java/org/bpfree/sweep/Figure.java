package org.bpfree.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.OptionalDouble;
import org.bpfree.measure.Statistics;

/** A figure of {@code result.json} whose mean over seeds tables for people show, and how they show it. */
public enum Figure {
    /** Share of the test images. */
    TEST_ACCURACY("testAccuracy", "test accuracy, %", 100, "%.2f"),
    /** Mean over the test images. */
    TEST_LOSS("testLoss", "test loss", 1, "%.4f"),
    /** Mean over the weights that learn, at the last probe. */
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

    /** Its mean and deviation over seeds. */
    String text(Statistics statistics) {
        return statistics.text(scale, format);
    }

    /** Its value in one result; a dash where the result has none. */
    String text(JsonNode result) {
        OptionalDouble value = of(result);
        return value.isPresent() ? String.format(Locale.ROOT, format, scale * value.getAsDouble()) : "–";
    }
}
