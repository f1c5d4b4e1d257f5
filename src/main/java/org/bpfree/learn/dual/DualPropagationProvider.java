package org.bpfree.learn.dual;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Node;
import org.bpfree.graph.Op;
import org.bpfree.learn.Findings;
import org.bpfree.learn.Promise;
import org.bpfree.learn.Promises;
import org.bpfree.learn.StepView;
import org.bpfree.learn.TypedProvider;
import org.bpfree.learn.Vectors;
import org.bpfree.learn.dual.DualPropagationSettings.Inputs;
import org.bpfree.learn.dual.DualPropagationSettings.Variant;
import org.bpfree.learn.dual.DualPropagationSettings.Visits;
import org.bpfree.tensor.ActivationFunction;
import org.bpfree.tensor.Precision;

/** Announces dual propagation. */
public final class DualPropagationProvider extends TypedProvider<DualPropagationSettings> {
    private static final Set<ActivationFunction> LINEAR = // piece by piece
            EnumSet.of(ActivationFunction.RELU, ActivationFunction.LEAKY_RELU, ActivationFunction.HARD_TANH);

    private static final Set<ActivationFunction> SMOOTH =
            EnumSet.of(ActivationFunction.TANH, ActivationFunction.SIGMOID, ActivationFunction.GELU);

    /** Nudges up to this size move a few units at most across a kink. */
    private static final double SMALL = 1e-3;

    /** Nudges below this size drown in the rounding of single precision. */
    private static final double LEAST_SINGLE = 1e-2;

    /** Rounds that cost more than 20 steps of backpropagation, at 2/3 each beside one. */
    private static final int DEAR = 28;

    /** For {@link java.util.ServiceLoader}. */
    public DualPropagationProvider() {
        super(
                DualPropagationSettings.class,
                "Each unit has two states, nudged either way; their mean is its activity and their difference its error.",
                "Høier, Staudt, Zach: Dual Propagation: Accelerating Contrastive Hebbian Learning with Dyadic Neurons, arXiv 2302.01228, 2023; Høier, Zach: Two Tales of Single-Phase Contrastive Hebbian Learning, arXiv 2402.08573, 2024",
                DualPropagationLearner::new);
    }

    @Override
    public void check(DualPropagationSettings settings, Setup setup, Findings findings) {
        if (settings.visits() == Visits.DOWN && settings.rounds() > 1) {
            findings.misfit(
                    "rounds",
                    "is " + settings.rounds()
                            + ", but visits: down has one round: nothing goes up that a second could see."
                            + " Leave it out, or set visits: down-up.");
        }
        if (settings.visits() != Visits.DOWN && settings.inputs() == Inputs.FORWARD) {
            findings.misfit(
                    "inputs",
                    "with visits other than down the network runs on the means of the two states, and weights learn from what"
                            + " it reads. Leave it out, or set visits: down.");
        }
        if (setup.precision() == Precision.FLOAT32 && settings.beta() < LEAST_SINGLE) {
            findings.warning("learner.beta is " + settings.beta()
                    + ", and the two states of a unit differ by so little that their difference is mostly rounding in"
                    + " float32. Set 0.01 or more, or training.precision: float64.");
        }
        if (settings.rounds() > DEAR) {
            findings.warning(settings.rounds() + " rounds cost more than 20 steps of backpropagation a batch.");
        }
    }

    @Override
    public List<Promise> promises(DualPropagationSettings settings, Graph graph, Precision precision) {
        List<Promise> promises = new ArrayList<>();
        boolean down = settings.visits() == Visits.DOWN;
        boolean still = settings.variant() == Variant.DP_T && settings.alpha() == 0;
        if (still || settings.inputs() == Inputs.FORWARD) {
            promises.add(Promises.outputLayerExact(Promises.rounding(precision)));
        }
        double beta = settings.beta();
        Predicate<StepView.Layer> weights =
                layer -> layer.update() != null && layer.key().endsWith("/weights");
        if (down
                && settings.variant() == Variant.DP_T
                && beta <= SMALL
                && activations(graph).allMatch(LINEAR::contains)) {
            promises.add(Promises.perLayer(
                    "angle to backpropagation's update in degrees",
                    weights.and(layer -> Vectors.norm(layer.gradient()) > 0),
                    layer -> Vectors.angle(layer.update(), layer.gradient()),
                    1,
                    true));
        }
        if (down && settings.alpha() == 0.5 && activations(graph).allMatch(SMOOTH::contains)) {
            promises.add(Promises.perLayer(
                    "update is near backpropagation's",
                    weights,
                    layer -> Vectors.relativeDifference(layer.update(), layer.gradient()),
                    Math.max(Promises.rounding(precision) / beta, 10 * beta * beta),
                    true));
        }
        return promises;
    }

    private static Stream<ActivationFunction> activations(Graph graph) {
        return graph.nodes().stream().map(Node::op).map(Op::pointwise).flatMap(Optional::stream);
    }
}
