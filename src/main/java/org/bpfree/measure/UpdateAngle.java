package org.bpfree.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The mean angle between a learner's updates and backpropagation's at one measurement, or why there is none. A mean stands for the weights of
 * all layers, which count alike: one layer without an angle leaves none, since the mean of the others would tell of another network.
 *
 * @param degrees the mean; null when there is none
 * @param note why there is none, beginning with {@value #UNDEFINED} or {@value #NOT_MEANINGFUL}; null when there is one, or when nothing
 *     was measured
 */
public record UpdateAngle(Double degrees, String note) {
    /** What tables show where a layer has no update, or where an update or a gradient is zero or not finite. */
    public static final String UNDEFINED = "undefined";

    /** What tables show where a gradient is below the floor, so that its direction is noise. */
    public static final String NOT_MEANINGFUL = "not meaningful";

    private static final String WEIGHTS = "/weights/updateAngle";
    private static final int MOST_LAYERS = 4;

    /**
     * The angle of one measurement.
     *
     * @param figures as {@link AlignmentProbe} names them; others are passed over
     * @param gradientFloor the floor they were measured with
     */
    public static UpdateAngle of(Map<String, Double> figures, double gradientFloor) {
        List<Double> angles = new ArrayList<>();
        List<String> undefined = new ArrayList<>();
        List<String> belowFloor = new ArrayList<>();
        figures.entrySet().stream()
                .filter(figure -> figure.getKey().startsWith(AlignmentProbe.PREFIX))
                .filter(figure -> figure.getKey().endsWith(WEIGHTS))
                .sorted(Map.Entry.comparingByKey())
                .forEach(figure -> {
                    String name = figure.getKey();
                    String layer = name.substring(AlignmentProbe.PREFIX.length(), name.length() - WEIGHTS.length());
                    Double relative =
                            figures.get(AlignmentProbe.PREFIX + layer + "/weights/" + AlignmentProbe.GRADIENT_NORM);
                    if (Double.isFinite(figure.getValue())) {
                        angles.add(figure.getValue());
                    } else if (relative != null && relative > 0 && relative < gradientFloor) {
                        belowFloor.add(layer);
                    } else {
                        undefined.add(layer);
                    }
                });
        if (!undefined.isEmpty() || !belowFloor.isEmpty()) {
            return new UpdateAngle(null, note(undefined, belowFloor));
        }
        return angles.isEmpty()
                ? new UpdateAngle(null, null)
                : new UpdateAngle(
                        angles.stream()
                                .mapToDouble(Double::doubleValue)
                                .average()
                                .getAsDouble(),
                        null);
    }

    /** What a table shows in the place of a number, for a note. */
    public static String word(String note) {
        return note.startsWith(NOT_MEANINGFUL) ? NOT_MEANINGFUL : UNDEFINED;
    }

    private static String note(List<String> undefined, List<String> belowFloor) {
        List<String> parts = new ArrayList<>();
        if (!undefined.isEmpty()) {
            parts.add(UNDEFINED + " in " + some(undefined)
                    + ": no update, or an update or gradient that is zero or not finite");
        }
        if (!belowFloor.isEmpty()) {
            parts.add(NOT_MEANINGFUL + " in " + some(belowFloor)
                    + ": its gradient, relative to the largest of a layer, is below probes.gradientFloor");
        }
        return String.join("; ", parts);
    }

    private static String some(List<String> layers) {
        String shown = layers.stream().limit(MOST_LAYERS).collect(Collectors.joining(", "));
        return layers.size() > MOST_LAYERS ? shown + " and " + (layers.size() - MOST_LAYERS) + " more" : shown;
    }
}
