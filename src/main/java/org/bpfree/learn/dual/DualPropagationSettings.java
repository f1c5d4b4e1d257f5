package org.bpfree.learn.dual;

import org.bpfree.graph.Kernel;
import org.bpfree.learn.LearnerSettings;
import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.Range;
import org.bpfree.settings.TypeName;
import org.bpfree.tensor.Tensor;

/**
 * Settings of dual propagation.
 *
 * @param variant which share of the nudge each state of a unit gets
 * @param alpha weight of the positively nudged state in the mean of the two
 * @param beta size of the nudge at the output
 * @param visits in which order layers are visited
 * @param rounds how often
 * @param inputs what weights learn from beside the error
 */
@TypeName("dual-propagation")
@Doc(
        "Dual propagation: each unit has two states, whose mean is its activity and whose difference is its error, arXiv 2302.01228 and 2402.08573.")
public record DualPropagationSettings(
        @Doc("Which share of the nudge each state of a unit gets.") @Default("dp-t")
        Variant variant,

        @Doc("Weight of the positively nudged state in the mean of the two.") @Default("0.5") @Range(min = 0, max = 1)
        double alpha,

        @Doc("Size of the nudge at the output.") @Default("0.1") @Range(min = 0, aboveMin = true)
        double beta,

        @Doc("In which order layers are visited.") @Default("down")
        Visits visits,

        @Doc("How often they are; visits: down knows one round.") @Default("1") @Range(min = 1)
        int rounds,

        @Doc("What weights learn from beside the error.") @Default("dyads")
        Inputs inputs)
        implements LearnerSettings {
    /** Which share of the nudge each state of a unit gets. */
    public enum Variant {
        @Doc("1 - alpha for the positive state, alpha for the negative one, so that the mean stays put: DP-transpose.")
        DP_T,
        @Doc("alpha for the positive state, 1 - alpha for the negative one; the same with alpha 0.5.")
        DP
    }

    /** In which order layers are visited. */
    public enum Visits {
        @Doc("From the output down.")
        DOWN,
        @Doc("From the first layer up.")
        UP,
        @Doc("Down and up again in each round.")
        DOWN_UP
    }

    /** What weights learn from beside the error. */
    public enum Inputs {
        @Doc("The mean of both states of the units below.")
        DYADS,
        @Doc("The activations of the forward pass; with visits: down only.")
        FORWARD
    }

    /** The share of the pull that the positively nudged state gets (p). */
    double positive() {
        return variant == Variant.DP_T ? 1 - alpha : alpha;
    }

    /**
     * The chord of a unit whose output has an error. The pull on the states is {@code -beta} times the error, so the positive state lies
     * below.
     *
     * @param mean written: the mean of both states
     */
    Kernel.Chord chord(Tensor mean) {
        return new Kernel.Chord((1 - positive()) * beta, positive() * beta, 1 - alpha, mean);
    }
}
