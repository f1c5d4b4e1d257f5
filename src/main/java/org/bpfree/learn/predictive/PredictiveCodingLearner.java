package org.bpfree.learn.predictive;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.bpfree.graph.Node;
import org.bpfree.graph.Pass;
import org.bpfree.learn.Errors;
import org.bpfree.learn.LabelledImages;
import org.bpfree.learn.LearnerContext;
import org.bpfree.learn.Trained;
import org.bpfree.random.RandomStream;
import org.bpfree.tensor.Elementwise;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Tensor;

/**
 * Predictive coding, also called inference learning (Whittington and Bogacz 2017), in the form of PCX (Pinchetti et al.,
 * <i>Benchmarking Predictive Coding Networks</i>, arXiv 2407.01163, 2024): states start at the forward pass, the output is held at
 * the target, {@code T} rounds move the states down the energy,
 *
 * <pre>
 *   x &lt;- x - gamma v,   v &lt;- m v + (D - e)
 * </pre>
 *
 * and the weights learn once from the errors that are left. Energies are summed over the batch, so a state does not see its size. With a
 * small {@code gamma} the update of a layer {@code l} states below the output is about {@code gamma^l C(T, l)} times the gradient: its
 * direction is right, its size falls steeply with depth, and with {@code T < l} there is none (z-il.md, section 8).
 *
 * <p>Nudging holds the output at {@code mu - beta (mu - y)} instead, with the {@code mu} of the forward pass, and divides updates by
 * {@code beta}; with cross-entropy, which PCX does not nudge, it is the softmax of the scores that is held so ([design]). With {@code
 * variances} the error of a state is {@code (mu - x) / sigma^2}, of the output {@code dL/dmu / sigma^2} (Whittington and Bogacz, whose
 * limit of a large output variance is backpropagation). With {@code predictions: fixed} {@code mu} and all derivatives stay those of the
 * forward pass (Millidge, Tschantz and Buckley, <i>Predictive Coding Approximates Backprop Along Arbitrary Computation Graphs</i>, arXiv
 * 2006.04182): errors reach the gradient itself after as many rounds as there are levels when {@code gamma = 1}, and in the limit for a
 * smaller one. Torch2PC (Rosenbaum, arXiv 2106.13082) takes the errors before the last move in both of its approximations: its FixedPred of
 * {@code n} steps is {@code predictions: fixed} with {@code rounds: n - 1}, its Strict {@code learning: forward} with {@code rounds: n}.
 *
 * <p>Costs {@code T} rounds of forward and backward and one more; a round leaves out what no error has reached yet.
 */
final class PredictiveCodingLearner extends InferenceLearner {
    private final PredictiveCodingSettings settings;
    private static final int LEARNING = -1;

    private double beta;
    private int present; // round

    /** A learner for all trainable parameters. */
    PredictiveCodingLearner(PredictiveCodingSettings settings, LearnerContext context) {
        super(context, context.graph(), settings.states().of(context.graph()));
        this.settings = settings;
        startEpoch(0);
    }

    @Override
    public void startEpoch(int epoch) {
        double size = Math.min(1, settings.beta() + epoch * settings.betaPerEpoch());
        beta = switch (settings.nudging()) {
            case POSITIVE -> size;
            case NEGATIVE -> size < 1 ? -size : 1;
            case CENTRED -> RandomStream.of(context.seed(), "nudging/" + epoch).nextBoolean() ? size : -size;
        };
    }

    @Override
    Credit bindRounds(Pass pass, LabelledImages batch, Errors errors) {
        Tensor outputError = errors.output();
        Inference inference = inference(pass, errors);
        Tensor kept = context.arena()
                .batch("inference/kept", pass.batch(), graph.output().shape());
        Routine nudge = nudge(outputError, kept);
        Routine hold = hold(pass, batch, outputError, kept);
        Routine divideByBeta = divideByBeta();
        return () -> {
            inference.start();
            present = 0;
            nudge.run();
            for (int round = 0; round < settings.rounds(); round++) {
                present = round;
                round(inference, hold, round);
                inference.pull(round, node -> false);
                inference.move(round);
            }
            present = LEARNING;
            learn(inference, hold);
            inference.end();
            divideByBeta.run();
        };
    }

    private Inference inference(Pass pass, Errors errors) {
        boolean fixed = settings.predictions() == PredictiveCodingSettings.Predictions.FIXED;
        Map<Node, DoubleSupplier> precisions = new HashMap<>();
        List<Node> states = settings.states().inOrder(graph);
        for (int i = 0; i < states.size(); i++) {
            precisions.put(states.get(i), precision(i, states.size()));
        }
        return new Inference(
                pass,
                errors,
                context.arena(),
                new Inference.Settings(
                        withState,
                        settings.inferenceRate(),
                        settings.inferenceMomentum(),
                        precisions::get,
                        false,
                        !fixed,
                        fixed,
                        false,
                        fixed ? Activity.ofFixedPredictions(graph, withState) : Activity.of(graph, withState)),
                this::update,
                node -> 0);
    }

    private static void round(Inference inference, Routine hold, int round) {
        if (inference.predict(round)) {
            hold.run();
        }
        inference.findErrors(round);
    }

    private void learn(Inference inference, Routine hold) {
        int moves = settings.rounds();
        switch (settings.learning()) {
            case SETTLED -> {
                round(inference, hold, moves);
                inference.pull(moves, node -> true);
            }
            case APART -> {
                inference.predict(moves);
                inference.pull(moves - 1, node -> true);
            }
            case FORWARD -> {
                inference.recede(moves);
                inference.pull(moves - 1, node -> true);
            }
        }
    }

    /**
     * The weight of an error in the present round. Parameters learn from errors of constant weight: which the code of the schedules takes is not
     * known ([design]).
     *
     * @param place of the state in the network; behind all states for the output
     */
    private DoubleSupplier precision(int place, int states) {
        List<Double> variances = settings.variances();
        double constant = variances.isEmpty() ? 1 : 1 / variances.get(place);
        if (settings.precision() == PrecisionSchedule.CONSTANT) {
            return constant == 1 ? MovingState.Rule.EVEN : () -> constant;
        }
        int level = states - place;
        return () -> present == LEARNING
                ? constant
                : constant * settings.precision().weight(level, present, settings.rounds());
    }

    private DoubleSupplier outputPrecision() {
        int states = settings.states().of(graph).size();
        return precision(states, states);
    }

    /**
     * Turns the error {@code p - y} of the forward pass, with {@code p} the scores or their softmax, into {@code beta (p - y)} and remembers
     * the rest, {@code (1 - beta) (p - y)}.
     */
    private Routine nudge(Tensor outputError, Tensor kept) {
        Routine weigh = Elementwise.scale(outputError, outputPrecision(), outputError);
        return settings.clamped()
                ? weigh
                : Elementwise.scale(outputError, () -> 1 - beta, kept)
                        .then(Elementwise.scale(outputError, () -> beta, outputError))
                        .then(weigh);
    }

    /** The error of the present scores, {@code (p - y) - (1 - beta) (p(0) - y)}. */
    private Routine hold(Pass pass, LabelledImages batch, Tensor outputError, Tensor kept) {
        Routine present = () -> evaluateOutput(pass, batch, outputError);
        return (settings.clamped() ? present : present.then(Elementwise.subtract(outputError, kept, outputError)))
                .then(Elementwise.scale(outputError, outputPrecision(), outputError));
    }

    private Routine divideByBeta() {
        Routine divide = Routine.NOTHING;
        if (!settings.clamped()) {
            for (Trained trained : trained()) {
                divide = divide.then(Elementwise.scale(trained.update(), () -> 1 / beta, trained.update()));
            }
        }
        return divide;
    }
}
