package org.bpfree.learn.ekdaa;

import org.bpfree.learn.LearnerSettings;
import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.Range;
import org.bpfree.settings.TypeName;

/**
 * Settings of EKDAA.
 *
 * @param mode which variant of the rule
 * @param beta size of the displacement (beta of the paper)
 * @param gamma speed of the error kernels relative to the weights (gamma of the paper)
 * @param errorKernels what the error kernels start as
 * @param displacement what {@code beta} is relative to
 */
@TypeName("ekdaa")
@Doc("Error-kernel driven activation alignment, arXiv 2206.01820.")
public record EkdaaSettings(
        @Doc("Which variant of the rule.") @Default("clean") Mode mode,

        @Doc("Size of the displacement that makes a target of an activation.")
        @Default("0.9")
        @Range(min = 0, aboveMin = true)
        double beta,

        @Doc("Speed of the error kernels relative to the weights; 0 keeps them fixed.") @Default("0.1") @Range(min = 0)
        double gamma,

        @Doc("What the error kernels start as.") @Default("transposed")
        ErrorKernels errorKernels,

        @Doc("What beta is relative to.") @Default("absolute")
        Displacement displacement)
        implements LearnerSettings {
    /** Variant of the rule. */
    public enum Mode {
        @Doc("Displacements are routed through pools; this project's corrected rule.")
        CLEAN,
        @Doc("The rule of the authors' released code, with its upsampled targets and normalizers.")
        RELEASED
    }

    /** What the error kernels start as. */
    public enum ErrorKernels {
        @Doc("The transposed weights, as in the authors' code.")
        TRANSPOSED,
        @Doc("A draw of their own from the law of the weights.")
        RANDOM
    }

    /** What beta is relative to. */
    public enum Displacement {
        @Doc("The displacement is beta times what the error kernels deliver, as in the authors' code.")
        ABSOLUTE,
        @Doc("The displacement is rescaled to beta times the norm of the pre-activations it moves, over the batch.")
        RELATIVE
    }
}
