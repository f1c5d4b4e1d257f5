package org.bpfree.learn.predictive;

import org.bpfree.graph.Pass;
import org.bpfree.learn.Errors;
import org.bpfree.learn.LabelledImages;
import org.bpfree.learn.LearnerContext;

/**
 * Incremental predictive coding (Salvatori et al., <i>A Stable, Fast, and Fully Automatic Learning Algorithm for Predictive Coding
 * Networks</i>, arXiv 2212.00720, 2022; procedure of PCX, arXiv 2407.01163): as predictive coding, but in each of the {@code T} rounds
 * both the states and the weights move, from the same snapshot and the same errors. The first update of a batch changes only the
 * layers between the last states and the output; from then on predictions change with the weights.
 *
 * <p>Costs {@code T} rounds of forward and backward and as many steps of the optimizer.
 */
final class IncrementalPcLearner extends InferenceLearner {
    private final IncrementalPcSettings settings;

    /** A learner for all trainable parameters. */
    IncrementalPcLearner(IncrementalPcSettings settings, LearnerContext context) {
        super(context, context.graph(), settings.states().of(context.graph()));
        this.settings = settings;
    }

    @Override
    public int updatesPerBatch() {
        return settings.rounds();
    }

    @Override
    Credit bindRounds(Pass pass, LabelledImages batch, Errors errors) {
        Inference inference = new Inference(
                pass,
                errors,
                context.arena(),
                new Inference.Settings(
                        withState,
                        settings.inferenceRate(),
                        settings.inferenceMomentum(),
                        node -> MovingState.Rule.EVEN,
                        false,
                        false,
                        false,
                        true,
                        Activity.ofMovingWeights(graph, withState)),
                this::update,
                node -> 0);
        return new Credit() {
            @Override
            public void assign() {
                inference.start();
                trained().forEach(trained -> trained.update().fill(0)); // no error has reached the lower layers yet
                assignMore(0);
            }

            @Override
            public void assignMore(int round) {
                if (inference.predict(round)) {
                    evaluateOutput(pass, batch, errors.output());
                }
                inference.findErrors(round);
                inference.pull(round, node -> true);
                inference.move(round);
            }
        };
    }
}
