package org.bpfree.learn.predictive;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Node;
import org.bpfree.graph.Parameter;
import org.bpfree.graph.Pass;
import org.bpfree.learn.ErrorSweep;
import org.bpfree.learn.Errors;
import org.bpfree.learn.LabelledImages;
import org.bpfree.learn.LearnerContext;
import org.bpfree.tensor.Elementwise;
import org.bpfree.tensor.Norm;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Tensor;

/**
 * Error-based predictive coding (Goemaere, Oliviers, Bogacz and Demeester, arXiv 2505.20137): the energy of predictive coding, {@code E = sum pi/2
 * |e|^2 + loss}, as a function of the errors. States follow from them in one pass, {@code s = mu + e}, so that a move of the errors reaches every
 * layer at once:
 *
 * <pre>
 *   v &lt;- m v + e + delta / pi,   e &lt;- e - lambda v        delta: dloss/ds by backpropagation at the present states
 * </pre>
 *
 * <p>After {@code T} moves the parameters between two states learn from {@code -pi e} of the upper one, and no error crosses a state. With one round
 * {@code -pi e} is {@code lambda} times backpropagation's error. The released code has {@code pi = 1}; dividing the step by it is this project's.
 *
 * <p>Costs {@code (2 T + 2) / 3} steps of backpropagation.
 */
final class EpcLearner extends InferenceLearner {
    private final EpcSettings settings;
    private final Map<Node, Double> precisions = new LinkedHashMap<>();
    private double firstEnergy;
    private double lastEnergy;

    /** A learner for all trainable parameters. */
    EpcLearner(EpcSettings settings, LearnerContext context) {
        super(context, context.graph(), settings.states().of(context.graph()));
        this.settings = settings;
        List<Node> states = settings.states().inOrder(context.graph());
        for (int i = 0; i < states.size(); i++) {
            precisions.put(states.get(i), settings.precision(i));
        }
    }

    /** The energy of the last batch before the errors moved and, where weights learn from settled states, after, as the mean of an image. */
    @Override
    public Map<String, Double> measurements(LabelledImages batch) {
        Map<String, Double> energies = new LinkedHashMap<>();
        energies.put("energy/first", firstEnergy / batch.size());
        if (settings.weightUpdate() == EpcSettings.WeightUpdate.SETTLED) {
            energies.put("energy/last", lastEnergy / batch.size());
        }
        return energies;
    }

    @Override
    Credit bindRounds(Pass pass, LabelledImages batch, Errors errors) {
        Bound bound = new Bound(pass);
        Routine move = ErrorSweep.bind(pass, errors, bound.moving());
        Routine learn = ErrorSweep.bind(pass, errors, bound.learning());
        return () -> {
            firstEnergy = loss(pass, batch, errors);
            bound.forget();
            for (int round = 1; round <= settings.rounds(); round++) {
                move.run();
                if (round < settings.rounds() || settings.weightUpdate() == EpcSettings.WeightUpdate.SETTLED) {
                    bound.forward();
                    lastEnergy = loss(pass, batch, errors);
                }
            }
            if (settings.weightUpdate() == EpcSettings.WeightUpdate.FORWARD) {
                pass.forward();
                loss(pass, batch, errors);
            } else {
                lastEnergy += bound.energy();
            }
            bound.weigh();
            learn.run();
        };
    }

    private double loss(Pass pass, LabelledImages batch, Errors errors) {
        return context.loss()
                .evaluate(pass.output(), batch.labels(), errors.output())
                .lossSum();
    }

    /** The errors of one batch size. */
    private final class Bound {
        private final Pass pass;
        private final Map<Node, Tensor> moved = new HashMap<>();
        private final Map<Node, Tensor> velocities = new HashMap<>();
        private final Map<Node, Norm> norms = new HashMap<>();
        private final List<Routine> forward = new ArrayList<>();
        private final List<Routine> weighing = new ArrayList<>();

        Bound(Pass pass) {
            this.pass = pass;
            boolean above = false; // whether a state lies at or below
            for (Node node : pass.graph().nodes()) {
                if (above && node != pass.graph().input()) {
                    forward.add(pass.kernel(node)::forward);
                }
                if (precisions.containsKey(node)) {
                    above = true;
                    bindState(node);
                }
            }
        }

        private void bindState(Node node) {
            Tensor e = context.arena().batch("epc/error/" + node.name(), pass.batch(), node.shape());
            moved.put(node, e);
            norms.put(node, new Norm(e));
            if (settings.errorMomentum() > 0) {
                velocities.put(node, context.arena().batch("epc/velocity/" + node.name(), pass.batch(), node.shape()));
            }
            forward.add(Elementwise.add(pass.activation(node), e, pass.value(node)));
            weighing.add(Elementwise.scale(e, -precisions.get(node) * settings.factor(), e));
        }

        void forget() {
            moved.values().forEach(e -> e.fill(0));
            velocities.values().forEach(velocity -> velocity.fill(0));
        }

        void forward() {
            forward.forEach(Routine::run);
        }

        /** What the errors add to the loss. */
        double energy() {
            double sum = 0;
            for (Map.Entry<Node, Norm> norm : norms.entrySet()) {
                double length = norm.getValue().value();
                sum += precisions.get(norm.getKey()) / 2 * length * length;
            }
            return sum;
        }

        /** Turns errors into what the parameters below them learn from. */
        void weigh() {
            weighing.forEach(Routine::run);
        }

        private Routine move(Node node, Tensor delta) {
            Tensor e = moved.get(node);
            Tensor velocity = velocities.get(node);
            double rate = settings.errorRate();
            double share = 1 / precisions.get(node);
            if (velocity == null) {
                return Elementwise.blend(e, 1 - rate, delta, -rate * share, e);
            }
            return Elementwise.blend(velocity, settings.errorMomentum(), delta, share, velocity)
                    .then(Elementwise.add(velocity, e, velocity))
                    .then(Elementwise.blend(e, 1, velocity, -rate, e));
        }

        /** Backpropagation at the present states, which moves the errors on its way down. */
        ErrorSweep.Rule moving() {
            return new Weights() {
                @Override
                public Tensor update(Parameter parameter) {
                    return null;
                }

                @Override
                public boolean learnsLater(Node node) {
                    return precisions.containsKey(node);
                }

                @Override
                public Routine backward(Node node, Pass network, Kernel.Wiring wiring) {
                    Routine down = super.backward(node, network, wiring);
                    return precisions.containsKey(node)
                            ? move(node, wiring.error()).then(down)
                            : down;
                }
            };
        }

        /** Backpropagation from every state to those below it. */
        ErrorSweep.Rule learning() {
            return new Weights() {
                @Override
                public Tensor update(Parameter parameter) {
                    return EpcLearner.this.update(parameter);
                }

                @Override
                public Tensor given(Node node) {
                    return moved.get(node);
                }
            };
        }
    }

    private abstract class Weights implements ErrorSweep.Rule {
        @Override
        public Tensor feedback(Parameter parameter) {
            return context.parameters().get(parameter);
        }

        @Override
        public Routine backward(Node node, Pass network, Kernel.Wiring wiring) {
            return ErrorSweep.Rule.super.backward(node, network, wiring);
        }
    }
}
