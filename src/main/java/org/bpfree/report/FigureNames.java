package org.bpfree.report;

import java.util.Map;

/** How figures of layers are titled in charts. */
final class FigureNames {
    private record Figure(String title, String unit, double scale) {}

    private static final Map<String, Figure> KNOWN = Map.of(
            "relativeGradientNorm",
            new Figure("Norm of backpropagation's gradient", "of the largest of a layer", 1),
            "updateAngle",
            new Figure("Angle of the update to backpropagation's", "degrees", 1),
            "updateNormRatio",
            new Figure("Length of the update beside backpropagation's", "ratio", 1),
            "feedbackAngle",
            new Figure("Angle of the feedback to the weights", "degrees", 1),
            "feedbackNormRatio",
            new Figure("Length of the feedback beside the weights", "ratio", 1),
            "signAgreement",
            new Figure("Feedback with the sign of the weight", "share", 1),
            "firingRate",
            new Figure("Firing rate", "spikes per unit and time step", 1),
            "silentShare",
            new Figure("Units that do not spike", "% of the units", 100),
            "spikesPerImage",
            new Figure("Spikes", "per image", 1));

    private FigureNames() {}

    /** What a reader calls the figure; its own name when it is not known here. */
    static String title(String figure) {
        return KNOWN.containsKey(figure) ? KNOWN.get(figure).title : figure;
    }

    static String unit(String figure) {
        return KNOWN.containsKey(figure) ? KNOWN.get(figure).unit : "";
    }

    /** What the figure is multiplied by to be in its unit. */
    static double scale(String figure) {
        return KNOWN.containsKey(figure) ? KNOWN.get(figure).scale : 1;
    }
}
