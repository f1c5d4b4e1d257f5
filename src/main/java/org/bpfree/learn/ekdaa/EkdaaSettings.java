package org.bpfree.learn.ekdaa;

import java.util.Optional;
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
 * @param forward what convolutions, pools and flatten read of a convolution; empty for what the mode does
 * @param poolTarget what the target that a pool hands down is a target of; empty for what the mode does
 */
@TypeName("ekdaa")
@Doc("Error-kernel driven activation alignment, arXiv 2206.01820.")
public record EkdaaSettings(
        @Doc("clean routes displacements through pools; released is the rule of the authors' code, with its upsampled"
                + " targets, normalizers and linear convolutions.")
        @Default("clean")
        Mode mode,

        @Doc("Size of the displacement that makes a target of an activation.")
        @Default("0.9")
        @Range(min = 0, aboveMin = true)
        double beta,

        @Doc("Speed of the error kernels relative to the weights; 0 keeps them fixed.") @Default("0.1") @Range(min = 0)
        double gamma,

        @Doc("What the error kernels start as.") @Default("transposed")
        ErrorKernels errorKernels,

        @Doc("What beta is relative to.") @Default("absolute")
        Displacement displacement,

        @Doc("What convolutions, pools and flatten read of a convolution; left out, pre-activation with mode released.")
        @Default("null")
        Optional<Reading> forward,

        @Doc("What the target that a pool hands down is a target of; left out, pre-activation with mode released.")
        @Default("null")
        Optional<Reading> poolTarget)
        implements LearnerSettings {
    /** Settings that leave {@code forward} and {@code poolTarget} to the mode. */
    public EkdaaSettings(Mode mode, double beta, double gamma, ErrorKernels errorKernels, Displacement displacement) {
        this(mode, beta, gamma, errorKernels, displacement, Optional.empty(), Optional.empty());
    }

    /** Which of the two maps of a layer. */
    public enum Reading {
        @Doc("What comes out of the non-linearity (z).")
        ACTIVATION,
        @Doc("What goes into it (h).")
        PRE_ACTIVATION
    }

    /** Whether convolutions, pools and flatten read convolutions before their non-linearity. */
    boolean linearConvolutions() {
        return forward.orElse(published()) == Reading.PRE_ACTIVATION;
    }

    /** What the target that a pool hands down is a target of. */
    Reading targetOfPools() {
        return poolTarget.orElse(published());
    }

    private Reading published() {
        return mode == Mode.RELEASED ? Reading.PRE_ACTIVATION : Reading.ACTIVATION;
    }

    /** Variant of the rule. */
    public enum Mode {
        @Doc("Displacements are routed through pools; this project's corrected rule.")
        CLEAN,
        @Doc("The rule of the authors' released code, with its upsampled targets, normalizers and linear convolutions.")
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
