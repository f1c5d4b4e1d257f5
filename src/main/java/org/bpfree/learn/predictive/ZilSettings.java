package org.bpfree.learn.predictive;

import org.bpfree.learn.LearnerSettings;
import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.Range;
import org.bpfree.settings.TypeName;

/**
 * Settings of Z-IL. All but {@code schedule}, {@code form} and those of {@code firing: detected} exist to break its exactness on purpose.
 *
 * @param schedule which nodes move in a round
 * @param form how prediction errors are kept
 * @param levelling whether identity nodes level the graph
 * @param gamma inference rate
 * @param firing when the parameters of a node at level {@code l} learn
 * @param initialNoise standard deviation of Gaussian noise on the initial states
 * @param silence rounds for which an element of the error must have been zero to be detected (t_d)
 * @param extraRounds rounds beyond those the error needs to reach every node
 */
@TypeName("z-il")
@Doc("Zero-divergence inference learning: predictive coding whose update is backpropagation's, arXiv 2103.04689.")
public record ZilSettings(
        @Doc("Which nodes move in a round.") @Default("front")
        Schedule schedule,

        @Doc("How prediction errors are kept.") @Default("error")
        Form form,

        @Doc("Whether identity nodes fill edges that skip levels; off is a negative control and needs schedule full.")
        @Default("on")
        Levelling levelling,

        @Doc("Inference rate; any but 1 is a negative control: updates become gamma^level times the gradient.")
        @Default("1")
        @Range(min = 0, aboveMin = true)
        double gamma,

        @Doc("When a node's parameters learn; all but level need schedule full, late and last are negative controls.")
        @Default("level")
        Firing firing,

        @Doc("Noise on the initial states; any but 0 is a negative control and needs schedule full.")
        @Default("0")
        @Range(min = 0)
        double initialNoise,

        @Doc("With firing detected: rounds (t_d) for which an element of the error must have been zero.")
        @Default("4")
        @Range(min = 1)
        int silence,

        @Doc("With firing detected: rounds beyond those the error needs to reach every node.")
        @Default("0")
        @Range(min = 0)
        int extraRounds)
        implements LearnerSettings {
    /** Which nodes move in a round. */
    public enum Schedule {
        @Doc("Those the error has just reached: each node is visited once, at the cost of backpropagation.")
        FRONT,
        @Doc("All nodes in every round, as the paper writes it.")
        FULL
    }

    /** How prediction errors are kept. */
    public enum Form {
        @Doc("Directly: no rounding.")
        ERROR,
        @Doc("As the difference mu - x of prediction and state, as the paper writes it; loses small errors in float32.")
        STATE
    }

    /** Whether the graph is levelled. */
    public enum Levelling {
        @Doc("Identity nodes fill edges that skip levels.")
        ON,
        @Doc("The graph as it is; errors meet at a node at different times.")
        OFF
    }

    /** When the parameters of a node learn. */
    public enum Firing {
        @Doc("In the round that is the level of the node.")
        LEVEL,
        @Doc("One round later.")
        LATE,
        @Doc("All in the last round.")
        LAST,
        @Doc("In every round, but only from elements of the error that were zero until then (Fa-Z-IL).")
        DETECTED
    }

    /** Whether the update is that of backpropagation by theory. */
    boolean exact() {
        return levelling == Levelling.ON && gamma == 1 && firing == Firing.LEVEL && initialNoise == 0;
    }

    /** Whether the error itself tells when to learn. */
    boolean detects() {
        return firing == Firing.DETECTED;
    }

    /** Whether a setting needs all nodes to move. */
    boolean needsFull() {
        return levelling == Levelling.OFF || firing != Firing.LEVEL || initialNoise != 0;
    }
}
