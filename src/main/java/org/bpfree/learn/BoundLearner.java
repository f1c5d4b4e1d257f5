package org.bpfree.learn;

import java.util.HashMap;
import java.util.Map;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Loss;
import org.bpfree.graph.Pass;
import org.bpfree.tensor.Arena;
import org.bpfree.tensor.Tensor;

/**
 * Base of learners that bind their work to each batch size when it first occurs, and then only run it: passes over the network, on the images
 * of the batch or on others, and whatever turns their numbers into updates. Predictions run the network once, unless a learner says otherwise.
 */
public abstract class BoundLearner extends ParameterLearner {
    private final Map<LabelledImages, Step> steps = new HashMap<>();
    private final Map<LabelledImages, Prediction> predictions = new HashMap<>();

    /** A learner that trains nothing yet. */
    protected BoundLearner(LearnerContext context) {
        super(context);
    }

    /** The bound work of one batch size. */
    protected interface Step {
        /** Overwrites every update. Returns the losses of the batch before. */
        Loss.Result learn();

        /** What {@link Learner#learnMore} does; for learners with several updates a batch. */
        default void learnMore(int update) {}

        /** What {@link Learner#activations} tells. */
        Map<String, Tensor> activations();

        /** What {@link Learner#nodeStates} tells. */
        default Map<String, Tensor> nodeStates() {
            return Map.of();
        }

        /** What {@link Learner#errors} tells. */
        default Map<String, Tensor> errors() {
            return Map.of();
        }
    }

    /** Bound predictions of one batch size. */
    @FunctionalInterface
    protected interface Prediction {
        /** What {@link Learner#predict} tells: class scores {@code [batch, classes]}. */
        Tensor scores();
    }

    /** Binds predictions to the memory that batches of a size are filled into; the default runs {@link #predictionNetwork} once. */
    protected Prediction bindPrediction(LabelledImages batch) {
        Pass pass = pass(predictionNetwork(), batch.images(), Kernel.Mode.PREDICT, context.arena());
        return () -> {
            pass.forward();
            return pass.output();
        };
    }

    /** Binds the work of a batch size to the memory that its batches are filled into. */
    protected abstract Step bind(LabelledImages batch);

    /** The network that predicts; the default is the quick one. */
    protected Graph predictionNetwork() {
        return context.quickGraph();
    }

    /** Prepares for a batch; called by {@link #learn} before its step. */
    protected void prepare(LabelledImages batch) {}

    /**
     * A pass over a network.
     *
     * @param images {@code [batch, height, width, channels]}, those of a batch or others
     * @param scope where activations and the scratch of kernels are kept; passes whose numbers are wanted side by side need scopes of their
     *     own, such as {@code context.arena().scope("noisy")}
     */
    protected final Pass pass(Graph network, Tensor images, Kernel.Mode mode, Arena scope) {
        return new Pass(network, context.parameters(), images, mode, scope, context.noise());
    }

    private Step step(LabelledImages batch) {
        return steps.computeIfAbsent(batch, this::bind);
    }

    @Override
    public Loss.Result learn(LabelledImages batch) {
        Step step = step(batch);
        if (!batch.images().isFinite()) {
            return new Loss.Result(Double.NaN, 0, batch.size()); // a max-pool would swallow NaN silently
        }
        prepare(batch);
        return step.learn();
    }

    @Override
    public void learnMore(LabelledImages batch, int update) {
        step(batch).learnMore(update);
    }

    @Override
    public Tensor predict(LabelledImages batch) {
        return predictions.computeIfAbsent(batch, this::bindPrediction).scores();
    }

    @Override
    public Map<String, Tensor> activations(LabelledImages batch) {
        return step(batch).activations();
    }

    @Override
    public Map<String, Tensor> nodeStates(LabelledImages batch) {
        return step(batch).nodeStates();
    }

    @Override
    public Map<String, Tensor> errors(LabelledImages batch) {
        return step(batch).errors();
    }
}
