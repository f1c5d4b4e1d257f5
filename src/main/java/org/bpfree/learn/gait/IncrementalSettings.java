package org.bpfree.learn.gait;

import org.bpfree.learn.LearnerSettings;
import org.bpfree.settings.Doc;

/** Settings that learners with small targets share. */
public sealed interface IncrementalSettings extends LearnerSettings permits GaitPropSettings, ItpSettings {
    String INCREMENT = "How far each target is from the activity.";
    String GAMMA =
            "Size of an increment; 0 for the published one, 1e-3 of the distance (fixed) or 1e-7 a unit (adaptive).";
    String FORM = "How the targets are computed.";
    String OUTPUT_TARGET =
            "How far the first target is from the scores; tells with fixed increments, which begin from that distance.";

    /** Which increment. */
    Increment increment();

    /** Size of the increment, 0 for the published one. */
    double gamma();

    /** How targets are computed. */
    Form form();

    /** How far the target of the output is from the scores. */
    OutputTarget outputTarget();

    /** How far the target of the output is from the scores. */
    enum OutputTarget {
        @Doc("By the gradient of the loss: with squared-error the target is the label (arXiv 2006.06438).")
        GRADIENT,
        @Doc("By half of it, which the local losses make up for (arXiv 2102.11598, released code).")
        HALF_GRADIENT
    }

    /** How far a target is from the activity. */
    enum Increment {
        @Doc("Each activity moves this share of its distance to its target (arXiv 2006.06438).")
        FIXED,
        @Doc("Each sample's activities in a layer move by this root mean square (arXiv 2102.11598).")
        ADAPTIVE
    }

    /** How targets are computed. */
    enum Form {
        @Doc("As published: targets themselves go down, and errors are small differences; use float64.")
        LITERAL,
        @Doc("Differences themselves go down: the same algebra without the loss of digits.")
        DIFFERENCE
    }

    /** The size of the increment with the published one filled in. */
    default double size() {
        double published = increment() == Increment.FIXED ? 1e-3 : 1e-7;
        return gamma() == 0 ? published : gamma();
    }
}
