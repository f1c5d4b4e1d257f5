package org.bpfree.learn.predictive;

import org.bpfree.graph.Pass;
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
 * {@code beta}. Costs {@code T} rounds of forward and backward and one more; a round leaves out what no error has reached yet.
 */
final class PredictiveCodingLearner extends InferenceLearner {
    private final PredictiveCodingSettings settings;
    private double beta;

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
    Routine bindRounds(Pass pass, Tensor outputError) {
        Inference inference = new Inference(
                pass,
                outputError,
                context.arena(),
                new Inference.Settings(
                        withState,
                        settings.inferenceRate(),
                        settings.inferenceMomentum(),
                        node -> 1,
                        false,
                        true,
                        false,
                        false,
                        Activity.of(graph, withState),
                        "error"),
                this::update,
                node -> 0);
        Routine nudge = nudge(pass, outputError);
        Routine hold = hold(pass, outputError);
        Routine divideByBeta = divideByBeta();
        return () -> {
            inference.start();
            nudge.run();
            for (int round = 0; round <= settings.rounds(); round++) {
                boolean last = round == settings.rounds();
                if (inference.predict(round)) {
                    hold.run();
                }
                inference.findErrors(round);
                inference.pull(round, node -> last);
                if (!last) {
                    inference.move(round);
                }
            }
            inference.end();
            divideByBeta.run();
        };
    }

    private Tensor held(Pass pass) {
        return context.arena()
                .batch("inference/held", pass.batch(), context.graph().output().shape());
    }

    /** Turns the error {@code mu - y} of the forward pass into {@code beta (mu - y)} and remembers where that holds the output. */
    private Routine nudge(Pass pass, Tensor outputError) {
        return settings.clamped()
                ? Routine.NOTHING
                : Elementwise.scale(outputError, () -> beta, outputError)
                        .then(Elementwise.subtract(pass.output(), outputError, held(pass)));
    }

    private Routine hold(Pass pass, Tensor outputError) {
        return settings.clamped()
                ? () -> evaluateOutput(pass, outputError)
                : Elementwise.subtract(pass.output(), held(pass), outputError);
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
