package org.bpfree.learn.predictive;

import java.util.HashMap;
import java.util.Map;
import org.bpfree.graph.Pass;
import org.bpfree.learn.LabelledImages;
import org.bpfree.learn.LearnerContext;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Tensor;

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
    private final Map<Integer, Round> roundsBySize = new HashMap<>();

    @FunctionalInterface
    private interface Round {
        void run(int round);
    }

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
                        false,
                        false,
                        true,
                        Activity.ofMovingWeights(graph, withState),
                        "error"),
                this::update,
                node -> 0);
        Round step = round -> {
            if (inference.predict(round)) {
                evaluateOutput(pass, outputError);
            }
            inference.findErrors(round);
            inference.pull(round, node -> true);
            inference.move(round);
        };
        roundsBySize.put(pass.batch(), step);
        return () -> {
            inference.start();
            trained().forEach(trained -> trained.update().fill(0)); // no error has reached the lower layers yet
            step.run(0);
        };
    }

    @Override
    public void learnMore(LabelledImages batch, int round) {
        withoutTrace(() -> roundsBySize.get(batch.size()).run(round));
    }
}
