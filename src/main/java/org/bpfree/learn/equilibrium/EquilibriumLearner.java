package org.bpfree.learn.equilibrium;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Loss;
import org.bpfree.graph.Node;
import org.bpfree.graph.Pass;
import org.bpfree.learn.BoundLearner;
import org.bpfree.learn.Errors;
import org.bpfree.learn.LabelledImages;
import org.bpfree.learn.LearnerContext;
import org.bpfree.learn.Trained;
import org.bpfree.learn.equilibrium.EquilibriumSettings.Schedule;
import org.bpfree.learn.equilibrium.EquilibriumSettings.Variant;
import org.bpfree.tensor.Elementwise;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Tensor;

/**
 * Equilibrium propagation (Scellier and Bengio, arXiv 1602.05179; centred: Laborieux et al., arXiv 2006.03824; states that move in turn:
 * github.com/rain-neuromorphics/energy-based-learning). Every activation {@code phi} is a state, between them lie linear maps {@code A}:
 *
 * <pre>
 *   Phi = sum of &lt;s(l), A(l)(s(l-1))&gt;
 *   s(l) &lt;- phi( A(l)(s(l-1)) + A(l+1)' s(l+1) ),   s(L) &lt;- phi( A(L)(s(L-1)) - beta dL/ds )
 *   dW = ( dPhi/dW at -beta  -  dPhi/dW at +beta ) / (2 beta)
 * </pre>
 *
 * <p>States start at 0 and settle freely, then from there with the label pulling by {@code beta}, then, again from there, by {@code -beta}. Under
 * a loss other than the squared error the output is no state: it reads the states, and {@code -beta} times its error is sent to them.
 *
 * <p>Costs two thirds of a step of backpropagation for each step of a phase.
 */
final class EquilibriumLearner extends BoundLearner {
    private final EquilibriumSettings settings;
    private final StateNetwork network;
    private final Map<LabelledImages, Double> residuals = new HashMap<>();

    /** A learner for all trainable parameters. */
    EquilibriumLearner(EquilibriumSettings settings, LearnerContext context) {
        super(context);
        this.settings = settings;
        network = new StateNetwork(context.graph(), context.lossFunction());
        train(context.graph().trainableParameters());
    }

    /** Moves of one step: of all states, or of the even levels and then of the odd ones. */
    private List<Set<Node>> turns() {
        if (settings.schedule() == Schedule.SYNCHRONOUS) {
            return List.of(network.states);
        }
        Set<Node> even = new LinkedHashSet<>(network.states);
        even.removeIf(state -> network.level(state) % 2 == 1);
        Set<Node> odd = new LinkedHashSet<>(network.states);
        odd.removeAll(even);
        return even.isEmpty() ? List.of(odd) : List.of(even, odd);
    }

    private Routine step(Relaxation relaxation, Routine pull) {
        Routine step = Routine.NOTHING;
        for (Set<Node> turn : turns()) {
            step = step.then(relaxation.move(turn, pull));
        }
        return step;
    }

    private static void repeat(int times, Routine step) {
        for (int i = 0; i < times; i++) {
            step.run();
        }
    }

    private Pass pass(LabelledImages batch, Kernel.Mode mode) {
        return new Pass(
                context.graph(),
                context.parameters(),
                batch.images(),
                mode,
                context.arena(),
                context.noise(),
                network.activations());
    }

    private Tensor nudge(int batch) {
        return context.arena()
                .batch("equilibrium/nudge", batch, context.graph().output().shape());
    }

    /** The free phase, from nothing. */
    private final class Free {
        final Pass pass;
        final Relaxation relaxation;
        private final Routine begin;
        private final Routine step;
        private final Routine end;

        Free(LabelledImages batch, Kernel.Mode mode) {
            pass = pass(batch, mode);
            relaxation = new Relaxation(network, pass, context.arena(), nudge(batch.size()));
            begin = relaxation
                    .images()
                    .then(relaxation.predictions()); // a pool has to have chosen before it sends anything down
            step = step(relaxation, null);
            end = relaxation.predictions();
        }

        void run() {
            relaxation.rest();
            network.states.forEach(state -> relaxation.value(state).fill(0));
            begin.run();
            repeat(settings.freeSteps(), step);
            end.run();
        }

        Tensor scores() {
            return network.outputIsState ? relaxation.value(context.graph().output()) : pass.output();
        }
    }

    @Override
    protected Prediction bindPrediction(LabelledImages batch) {
        Free free = new Free(batch, Kernel.Mode.PREDICT);
        return () -> {
            free.run();
            return free.scores();
        };
    }

    @Override
    protected Step bind(LabelledImages batch) {
        return new Phases(batch);
    }

    private final class Phases implements Step {
        private final LabelledImages batch;
        private final Free free;
        private final Errors errors;
        private final Tensor nudge;
        private final Routine scaleNudge;
        private final Routine nudgedStep;
        private final Routine predict;
        private final Routine learn;
        private final List<Tensor> states = new ArrayList<>();
        private final List<Tensor> settled = new ArrayList<>(); // of each state
        private final List<Tensor> compared = new ArrayList<>(); // states and updates
        private final List<Tensor> before =
                new ArrayList<>(); // the same in the first of the two phases that are compared
        private final List<Routine> told = new ArrayList<>();
        private double strength;

        Phases(LabelledImages batch) {
            this.batch = batch;
            free = new Free(batch, Kernel.Mode.TRAIN);
            errors = new Errors(free.pass, context.arena());
            nudge = nudge(batch.size());
            scaleNudge = Elementwise.scale(nudge, () -> -strength, nudge);
            nudgedStep = step(free.relaxation, this::pull);
            predict = free.relaxation.predictions();
            learn = free.relaxation.learn(EquilibriumLearner.this::update);
            for (Node state : network.states) {
                Tensor value = free.relaxation.value(state);
                states.add(value);
                settled.add(scratch("settled", state));
                compare(value, scratch("before", state));
                if (state != context.graph().output()) {
                    told.add(difference(value, scratch("before", state), errors.make(state)));
                }
            }
            for (Trained trained : trained()) {
                Tensor update = trained.update();
                Tensor first = context.arena().fixed("equilibrium/before/" + trained.name(), update.shape());
                compare(update, first);
                told.add(difference(update, first, update));
            }
        }

        private Tensor scratch(String purpose, Node node) {
            return context.arena().batch("equilibrium/" + purpose + "/" + node.name(), batch.size(), node.shape());
        }

        private void compare(Tensor tensor, Tensor first) {
            compared.add(tensor);
            before.add(first);
        }

        /** What a phase has less than the one before it, by the strengths of their nudges. */
        private Routine difference(Tensor now, Tensor first, Tensor output) {
            double phases = settings.nudgedPhases();
            return Elementwise.blend(now, () -> -1 / (phases * strength), first, () -> 1 / (phases * strength), output);
        }

        /** Brings the nudge up to date with the output. */
        private void pull() {
            context.loss().evaluate(free.scores(), batch.labels(), nudge);
            scaleNudge.run();
        }

        @Override
        public Loss.Result learn() {
            free.run();
            Loss.Result result = context.loss().evaluate(free.scores(), batch.labels(), errors.output());
            residuals.put(batch, free.relaxation.residual());
            copy(states, settled);
            if (settings.variant() == Variant.CENTRED) {
                settle(settings.beta());
                copy(compared, before);
                copy(settled, states);
                predict.run(); // pools choose anew
                settle(-settings.beta());
            } else {
                nudge.fill(0);
                learn.run();
                copy(compared, before);
                boolean away = settings.variant() == Variant.RANDOM_SIGN
                        && context.noise().stream("equilibrium/sign").nextBoolean();
                settle(away ? -settings.beta() : settings.beta());
            }
            told.forEach(Routine::run);
            copy(settled, states);
            predict.run();
            network.activations().forEach(state -> free.pass.activation(state).copyFrom(free.pass.value(state)));
            return result;
        }

        private void settle(double nudging) {
            strength = nudging;
            repeat(settings.nudgedSteps(), nudgedStep);
            predict.run();
            pull();
            learn.run();
        }

        private static void copy(List<Tensor> from, List<Tensor> to) {
            for (int i = 0; i < from.size(); i++) {
                to.get(i).copyFrom(from.get(i));
            }
        }

        @Override
        public Map<String, Tensor> activations() {
            Map<String, Tensor> activations = new LinkedHashMap<>();
            for (Node node : context.graph().nodes()) {
                activations.put(node.name(), free.pass.activation(node));
            }
            activations.put(context.graph().output().name(), free.scores());
            return activations;
        }

        @Override
        public Map<String, Tensor> errors() {
            return errors.byName();
        }
    }

    @Override
    public Map<String, Double> measurements(LabelledImages batch) {
        return Map.of("equilibrium/residual", residuals.getOrDefault(batch, Double.NaN));
    }
}
