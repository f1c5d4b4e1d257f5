package org.bpfree.learn.dual;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Node;
import org.bpfree.graph.Parameter;
import org.bpfree.graph.Pass;
import org.bpfree.learn.ErrorSweep;
import org.bpfree.learn.Errors;
import org.bpfree.learn.GraphLearner;
import org.bpfree.learn.LabelledImages;
import org.bpfree.learn.LearnerContext;
import org.bpfree.learn.RememberedStatistics;
import org.bpfree.learn.dual.DualPropagationSettings.Inputs;
import org.bpfree.learn.dual.DualPropagationSettings.Visits;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Tensor;

/**
 * Dual propagation (Høier, Staudt and Zach, <i>Dual Propagation</i>, arXiv 2302.01228, 2023; Høier and Zach, <i>Two Tales of
 * Single-Phase Contrastive Hebbian Learning</i>, arXiv 2402.08573, 2024). Every unit has two states {@code s+} and {@code s-}. With their
 * mean {@code m = alpha s+ + (1 - alpha) s-} and difference {@code d = s+ - s-}, a visit of layer {@code l} sets
 *
 * <pre>
 *   a(l) = W(l) m(l-1) + b(l),   r(l) = W(l+1)' d(l+1)
 *   s+(l) = phi(a(l) + p r(l)),  s-(l) = phi(a(l) - q r(l))
 * </pre>
 *
 * and weights learn by {@code dW(l) = -d(l) m(l-1)' / beta}. At the output {@code d(L) = -beta dL/ds}, from the scores of the forward
 * pass, with which both states start. {@code p = 1 - alpha, q = alpha} in DP-transpose, the other way round in DP.
 *
 * <p>With {@code e = -d / beta} a visit is a {@link Kernel#chord}, so that one round of {@code visits: down} is an
 * {@link ErrorSweep} on any graph; pools and all else between two activations belong to {@code W}. The weights above an activation learn
 * after it was visited, from its mean.
 *
 * <p>{@code down} costs a step of backpropagation, {@code K} rounds of {@code up} cost {@code 2K/3 + 1}, of {@code down-up} the same.
 */
final class DualPropagationLearner extends GraphLearner {
    private final DualPropagationSettings settings;
    private final Set<Node> dyads;
    private final RememberedStatistics statistics;

    /** A learner for all trainable parameters. */
    DualPropagationLearner(DualPropagationSettings settings, LearnerContext context) {
        super(context);
        this.settings = settings;
        train(context.graph().trainableParameters());
        dyads = dyads(context.graph());
        statistics = new RememberedStatistics(context, context.graph());
    }

    /** The units with two states: activations below the output that have something trained below them. */
    private static Set<Node> dyads(Graph graph) {
        Set<Node> dyads = new LinkedHashSet<>();
        for (Node node : graph.nodes()) {
            if (node.op().pointwise().isPresent() && graph.needsError(node) && node != graph.output()) {
                dyads.add(node);
            }
        }
        return dyads;
    }

    /** Several visits need activations and means side by side; with one the means take the place of the activations. */
    @Override
    protected Set<Node> withState() {
        return settings.visits() == Visits.DOWN ? Set.of() : dyads;
    }

    @Override
    protected Credit bind(Pass pass, LabelledImages batch, Errors errors) {
        Routine visits = settings.visits() == Visits.DOWN
                ? down(pass, errors)
                : new Rounds(pass, errors, context.arena(), settings, dyads, this::update);
        return () -> {
            statistics.keep();
            visits.run();
            statistics.restore();
        };
    }

    private Routine down(Pass pass, Errors errors) {
        Means means = new Means(pass, settings.inputs() == Inputs.DYADS ? dyads : Set.of());
        DownRule rule = new DownRule(means);
        Routine sweep = ErrorSweep.bind(pass, errors, rule);
        return sweep.then(means.refresh()).then(means.learn(rule.kept, context.arena(), this::update));
    }

    /** One visit of every layer from the output down. */
    private final class DownRule implements ErrorSweep.Rule {
        private final Means means;
        private final Map<Node, Tensor> kept = new HashMap<>();

        DownRule(Means means) {
            this.means = means;
        }

        @Override
        public Tensor update(Parameter parameter) {
            return DualPropagationLearner.this.update(parameter);
        }

        @Override
        public Tensor feedback(Parameter parameter) {
            return context.parameters().get(parameter);
        }

        @Override
        public boolean learnsLater(Node node) {
            return means.readers().contains(node);
        }

        @Override
        public Routine backward(Node node, Pass pass, Kernel.Wiring wiring) {
            if (learnsLater(node)) {
                kept.put(node, wiring.error());
            }
            if (!dyads.contains(node)) {
                return ErrorSweep.Rule.super.backward(node, pass, wiring);
            }
            Tensor mean = settings.inputs() == Inputs.DYADS ? pass.activation(node) : null;
            return pass.kernel(node).chord(wiring, settings.chord(mean));
        }
    }

    static List<Node> fromOutput(Graph graph) {
        List<Node> order = new ArrayList<>(graph.nodes());
        Collections.reverse(order);
        return order;
    }
}
