package org.bpfree.measure;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.bpfree.statistics.Summary;

/**
 * The floor of a comparison: what a network reaches when only its last layer learns (the learner {@code shallow} with {@code frozen: hidden}), on the same data, network,
 * seed and number of epochs. A learner that does not pass it has taught the layers below nothing of use.
 */
public final class ShallowFloor {
    private static final String CONTROL = "shallow";
    private static final String FROZEN = "hidden";

    private final Map<Map<String, String>, Double> floors = new HashMap<>();

    /**
     * What is known of a run.
     *
     * @param settings by path, as {@link FlatSettings} has them
     * @param testAccuracy fraction; empty while the run is not finished
     */
    public record Run(Map<String, String> settings, OptionalDouble testAccuracy) {}

    /** The floors among some runs; where several controls fit, the best is the floor. */
    public ShallowFloor(List<Run> runs) {
        for (Run run : runs) {
            if (isControl(run) && run.testAccuracy().isPresent()) {
                floors.merge(key(run), run.testAccuracy().getAsDouble(), Math::max);
            }
        }
    }

    /** How a run stands to the floor. */
    public Gain gain(Run run) {
        if (isControl(run)) {
            return new Gain(Control.SELF, OptionalDouble.empty());
        }
        Optional<Double> floor = Optional.ofNullable(floors.get(key(run)));
        if (floor.isEmpty()) {
            return new Gain(Control.NOT_RUN, OptionalDouble.empty());
        }
        OptionalDouble accuracy = run.testAccuracy();
        return new Gain(
                Control.RUN, accuracy.isPresent() ? OptionalDouble.of(accuracy.getAsDouble() - floor.get()) : accuracy);
    }

    private static boolean isControl(Run run) {
        return CONTROL.equals(run.settings().get("learner.type"))
                && FROZEN.equals(run.settings().getOrDefault("learner.frozen", FROZEN));
    }

    private static Map<String, String> key(Run run) {
        Map<String, String> key = new TreeMap<>();
        run.settings().forEach((path, value) -> {
            if (path.startsWith("data.")
                    || path.startsWith("model.")
                    || path.equals("seed")
                    || path.equals("training.epochs")) {
                key.put(path, value);
            }
        });
        return key;
    }

    /** Whether the control of a run is known. */
    public enum Control {
        /** It is finished. */
        RUN("run"),
        /** It is not among the runs, or not finished. */
        NOT_RUN("not run"),
        /** The run is the control itself. */
        SELF("is the floor");

        private final String text;

        Control(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * What a run gains.
     *
     * @param control whether there is a floor
     * @param value test accuracy above the floor's, as a fraction; empty without a floor or before the run is finished
     */
    public record Gain(Control control, OptionalDouble value) {
        private static final double POINTS = 100;

        /** For tables: points with their sign, or why there are none. */
        public String text() {
            return value.isPresent()
                    ? String.format(Locale.ROOT, "%+.2f", POINTS * value.getAsDouble())
                    : wordOf(control);
        }

        /**
         * For tables: mean and deviation over the seeds that are finished.
         *
         * @param gains of the runs of a group that are finished
         */
        public static String text(List<Gain> gains) {
            List<Double> values = gains.stream()
                    .filter(gain -> gain.value.isPresent())
                    .map(gain -> gain.value.getAsDouble())
                    .toList();
            if (values.isEmpty()) {
                return gains.isEmpty() ? "–" : wordOf(gains.get(0).control);
            }
            String text = Summary.of(values).text(POINTS, "%+.2f").replace("± +", "± ");
            return values.size() == gains.size()
                    ? text
                    : text + " (" + values.size() + " of " + gains.size() + " seeds)";
        }

        private static String wordOf(Control control) {
            return control == Control.NOT_RUN ? CONTROL + " not run" : control == Control.RUN ? "–" : "" + control;
        }
    }
}
