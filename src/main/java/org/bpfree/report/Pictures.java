package org.bpfree.report;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;

/**
 * Pictures of a trained network, for its part of the report.
 *
 * @param filters the filters of the first layer, where it has some that are pictures
 * @param samples images of the test split with what the network takes them for
 * @param missing why there are no samples, where there are none
 */
public record Pictures(Optional<Filters> filters, List<Sample> samples, String missing) {
    /**
     * Filters side by side, on one scale.
     *
     * @param image of them all
     * @param scale what the colours mean
     */
    public record Filters(BufferedImage image, String scale) {}

    /**
     * One test image.
     *
     * @param image as it is in the dataset
     * @param label its class
     * @param prediction the class the network gives it
     * @param share of that class in the soft-max of the scores, 0..1
     */
    public record Sample(BufferedImage image, String label, String prediction, double share) {}

    /** None at all, for the reason given. */
    public static Pictures none(String why) {
        return new Pictures(Optional.empty(), List.of(), why);
    }
}
