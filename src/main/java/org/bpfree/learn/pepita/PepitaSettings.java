package org.bpfree.learn.pepita;

import org.bpfree.learn.LearnerSettings;
import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.Range;
import org.bpfree.settings.TypeName;

/**
 * Settings of PEPITA.
 *
 * @param projectionScale factor on the projection of the error to the images as it is drawn
 * @param errorSign whether the images are modulated by the sign of the error
 * @param outputError which of the two errors the output layer learns from
 * @param convolutionScale what the sum over the positions of a map is divided by
 */
@TypeName("pepita")
@Doc("PEPITA: a second forward pass on images that the error modulates, arXiv 2201.11665.")
public record PepitaSettings(
        @Doc(
                "Factor on the projection of the error to the images as it is drawn; 0 trains the output layer alone, as a control.")
        @Default("0.05")
        @Range(min = 0)
        double projectionScale,

        @Doc("Whether the images are modulated by the sign of the error.") @Default("false")
        boolean errorSign,

        @Doc("Which error the output layer learns from.") @Default("modulated")
        OutputError outputError,

        @Doc("What the sum over the positions of a map is divided by.") @Default("mean")
        ConvolutionScale convolutionScale)
        implements LearnerSettings {
    /** Which error the output layer learns from. */
    public enum OutputError {
        @Doc("That of the second pass.")
        MODULATED,
        @Doc("That of the first pass.")
        FIRST
    }

    /** What the sum over the positions of a map is divided by. */
    public enum ConvolutionScale {
        @Doc("The number of positions.")
        MEAN,
        @Doc("The square root of the number of positions.")
        SQRT;

        /** The factor on the sum over so many positions. */
        double factor(long positions) {
            return this == MEAN ? 1.0 / positions : 1 / Math.sqrt(positions);
        }
    }
}
