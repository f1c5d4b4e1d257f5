package org.bpfree.report;

import java.util.Map;

/** How figures of layers are titled and explained in charts. */
final class FigureNames {
    private static final String DEGREES = "degrees";

    private record Figure(String title, String unit, double scale, String help) {}

    private static final Map<String, Figure> KNOWN = Map.of(
            "relativeGradientNorm",
            new Figure(
                    "Norm of backpropagation's gradient",
                    "share of the largest of a layer",
                    1,
                    "How much of a gradient there is to be compared with: where it is tiny, its direction is noise."),
            "updateAngle",
            new Figure(
                    "Angle to backpropagation",
                    DEGREES,
                    1,
                    "Angle between what the learner changes in the weights and what backpropagation would change: 0° is the same "
                            + "direction, 90° and more does not lower the loss to first order."),
            "updateNormRatio",
            new Figure(
                    "Length of the update beside backpropagation's",
                    "ratio",
                    1,
                    "1 is a step as long as backpropagation's."),
            "feedbackAngle",
            new Figure(
                    "Angle of the feedback to the weights",
                    DEGREES,
                    1,
                    "How far the weights that carry errors back point away from those that carry activations forward."),
            "feedbackNormRatio",
            new Figure(
                    "Length of the feedback beside the weights",
                    "ratio",
                    1,
                    "1 is feedback of the size of the weights."),
            "signAgreement",
            new Figure(
                    "Feedback with the sign of the weight",
                    "share of the weights",
                    1,
                    "Share of feedback weights that have the sign of their forward weight: 0.5 is chance."),
            "firingRate",
            new Figure("Firing rate", "spikes per unit and time step", 1, "How busy the units of a layer are."),
            "silentShare",
            new Figure(
                    "Units that do not spike",
                    "% of the units",
                    100,
                    "Units that did nothing on any image of the probe."),
            "spikesPerImage",
            new Figure("Spikes", "per image", 1, "What an image costs on hardware that pays by the spike."));

    private FigureNames() {}

    private static Figure of(String figure) {
        return KNOWN.getOrDefault(figure, new Figure(figure, "", 1, ""));
    }

    /** What a reader calls the figure; its own name when it is not known here. */
    static String title(String figure) {
        return of(figure).title;
    }

    static String unit(String figure) {
        return of(figure).unit;
    }

    /** A sentence that says what it means; empty when it is not known here. */
    static String help(String figure) {
        return of(figure).help;
    }

    /** What the figure is multiplied by to be in its unit. */
    static double scale(String figure) {
        return of(figure).scale;
    }

    static boolean isAngle(String figure) {
        return of(figure).unit.equals(DEGREES);
    }
}
