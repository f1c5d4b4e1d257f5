package org.bpfree.learn.equilibrium;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.bpfree.graph.Node;
import org.bpfree.graph.Op;
import org.bpfree.learn.Findings;
import org.bpfree.learn.TypedProvider;
import org.bpfree.tensor.ActivationFunction;
import org.bpfree.tensor.Precision;

/** Announces equilibrium propagation. */
public final class EquilibriumProvider extends TypedProvider<EquilibriumSettings> {
    private static final Set<ActivationFunction> BOUNDED = EnumSet.of(
            ActivationFunction.CLIP,
            ActivationFunction.HALF_CLIP,
            ActivationFunction.HARD_TANH,
            ActivationFunction.SIGMOID,
            ActivationFunction.TANH);

    /** Nudges below this size drown in the rounding of single precision. */
    private static final double LEAST_SINGLE = 1e-3;

    /** Cost from which a user is warned, in steps of backpropagation. */
    private static final double DEAR = 20;

    /** For {@link java.util.ServiceLoader}. */
    public EquilibriumProvider() {
        super(
                EquilibriumSettings.class,
                "Lets states settle freely and nudged towards the label; weights learn from the difference.",
                "Scellier, Bengio: Equilibrium Propagation, arXiv 1602.05179, 2017; Laborieux et al.: Scaling Equilibrium Propagation to Deep ConvNets, arXiv 2006.03824, 2021",
                EquilibriumLearner::new);
    }

    @Override
    public void check(EquilibriumSettings settings, Setup setup, Findings findings) {
        boolean states = false;
        for (Node node : setup.graph().nodes()) {
            Optional<ActivationFunction> function = node.op().pointwise();
            states |= function.isPresent();
            if (function.isPresent() && !BOUNDED.contains(function.get())) {
                findings.misfit(
                        node,
                        "has no bounds, and states could grow without end. Use clip, half-clip, hard-tanh, sigmoid or tanh.");
            } else if (node.op().silencesAtRandom()) {
                findings.misfit(node, "silences states at random while they settle. Remove it.");
            } else if (function.isEmpty() && node != setup.graph().input() && !isLinear(node.op())) {
                findings.misfit(
                        node,
                        "is a layer of type " + node.op().kind()
                                + ", and between states lie linear layers and max-pools only. Remove it.");
            }
        }
        if (!states) {
            findings.misfit(setup.graph().output(), "reads no activation, and activations are the states. Add one.");
        }
        if (setup.precision() == Precision.FLOAT32 && settings.beta() < LEAST_SINGLE) {
            findings.warning("learner.beta is " + settings.beta()
                    + ", and the phases differ by so little that their difference is mostly rounding in float32. Set 0.001 or"
                    + " more, or training.precision: float64.");
        }
        double steps = (settings.freeSteps() + settings.nudgedPhases() * settings.nudgedSteps()) * 2 / 3.0;
        if (steps > DEAR) {
            findings.warning(String.format(
                    Locale.ROOT,
                    "a batch costs about %.0f steps of backpropagation, two thirds for each step of a phase.",
                    steps));
        }
    }

    private static boolean isLinear(Op op) {
        boolean weighs = op.isDense() || op.convolution().isPresent();
        return weighs
                || op.isView()
                || op.isSum()
                || op.isFixedLinear()
                || op.pool().isPresent();
    }
}
