package org.bpfree.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.bpfree.run.RunRecord;

/** A figure of one run over its steps, and what the steps are in epochs, images and seconds. */
final class RunCurve {
    /**
     * A moment.
     *
     * @param step steps taken
     * @param x where it lies on the axis
     * @param y the figure; NaN where it is undefined
     */
    record Point(long step, double x, double y) {}

    /** What lies on the horizontal axis. */
    enum Over {
        /** Passes over the training images: runs with other batch sizes take other numbers of steps. */
        EPOCHS("") {
            @Override
            double ofStep(RunRecord run) {
                for (JsonNode moment : run.moments()) {
                    if (moment.has("train/loss")) {
                        return moment.path("epoch").asDouble()
                                / moment.path("step").asDouble();
                    }
                }
                return 0; // no epoch is complete: everything lies at its start
            }
        },
        /** Training images seen. */
        IMAGES(" against images") {
            @Override
            double ofStep(RunRecord run) {
                try {
                    return Double.parseDouble(run.setting("training.batchSize"));
                } catch (NumberFormatException unknown) {
                    return Double.NaN;
                }
            }
        },
        /** Seconds of training steps at the speed of the whole run; clocks are kept out of the metrics. */
        SECONDS(" against time") {
            @Override
            double ofStep(RunRecord run) {
                OptionalDouble speed = RunFigures.imagesPerSecond(run);
                return speed.isPresent() ? IMAGES.ofStep(run) / speed.getAsDouble() : Double.NaN;
            }
        };

        private final String words;

        Over(String words) {
            this.words = words;
        }

        /** What stands behind the name of the figure; nothing for epochs, which are what one expects. */
        String words() {
            return words;
        }

        /** How far a step goes; NaN where the run does not tell. */
        abstract double ofStep(RunRecord run);
    }

    private RunCurve() {}

    /** The moments at which a figure was measured; none where the run does not tell where they lie. */
    static List<Point> of(RunRecord run, String name, double scale, Over over) {
        double step = over.ofStep(run);
        List<Point> points = new ArrayList<>();
        if (Double.isNaN(step)) {
            return points;
        }
        for (JsonNode moment : run.moments()) {
            if (moment.has(name)) {
                long steps = moment.path("step").asLong();
                points.add(new Point(
                        steps,
                        steps * step,
                        scale * Double.parseDouble(moment.get(name).asText())));
            }
        }
        return points;
    }

    /** The names of everything a run measured, in the order of the file. */
    static Set<String> names(RunRecord run) {
        Set<String> names = new LinkedHashSet<>();
        run.moments().forEach(moment -> moment.fieldNames().forEachRemaining(names::add));
        return names;
    }
}
