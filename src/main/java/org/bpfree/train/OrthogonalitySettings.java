package org.bpfree.train;

import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.Range;

/**
 * The block {@code orthogonality} of an experiment file: a penalty that keeps square weights near orthogonal, whatever the learner.
 *
 * @param strength factor on the penalty (lambda), 0 for none
 * @param penalty which form
 */
public record OrthogonalitySettings(
        @Doc(
                "Factor on the penalty of square weights that are not orthogonal, 0 for none. It is added to the batch's mean or sum,"
                        + " as training.reduction says.")
        @Default("0")
        @Range(min = 0)
        double strength,

        @Doc("Which penalty.") @Default("off-diagonal") Penalty penalty) {
    /** A measure of the distance from orthogonal weights. */
    public enum Penalty {
        @Doc("Squares of the products of different columns; their lengths are free (arXiv 2006.06438).")
        OFF_DIAGONAL,
        @Doc("Squared distance of all products of columns from the identity (arXiv 2102.11598).")
        IDENTITY
    }
}
