package org.bpfree.learn;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Loss;
import org.bpfree.graph.Node;
import org.bpfree.graph.Pass;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Tensor;

/**
 * Base of learners that run the network forward once, look at the loss, and then assign credit. Binds passes for each batch size
 * when it first occurs.
 */
public abstract class GraphLearner extends ParameterLearner {
    private final Map<LabelledImages, Step> steps = new HashMap<>();
    private final Map<LabelledImages, Pass> predictions = new HashMap<>();

    /** A learner that trains the parameters that {@link #trains} accepts. */
    protected GraphLearner(LearnerContext context) {
        super(context);
    }

    private record Step(Pass pass, Tensor outputError, Routine assignCredit) {}

    /** Binds credit assignment to a pass: from {@code outputError} to the updates. */
    protected abstract Routine bind(Pass pass, Tensor outputError);

    /** The network as the learner runs it, which may compute the same scores with other nodes; the default is the network as it is. */
    protected Graph network() {
        return context.graph();
    }

    /** The network that predicts; it computes the scores of {@link #network}. */
    protected Graph predictionNetwork() {
        return context.quickGraph();
    }

    /** The nodes of {@link #network} that have a state beside their activation; the default is none. */
    protected Set<Node> withState() {
        return Set.of();
    }

    /** Prepares for a batch; called by {@link #learn} before the forward pass. */
    protected void prepare(LabelledImages batch) {}

    @Override
    public final Loss.Result learn(LabelledImages batch) {
        Step step = steps.computeIfAbsent(batch, this::bindStep);
        if (!batch.images().isFinite()) {
            return new Loss.Result(Double.NaN, 0, batch.size()); // a max-pool would swallow NaN silently
        }
        prepare(batch);
        step.pass.forward();
        Loss.Result result = context.loss().evaluate(step.pass.output(), batch.labels(), step.outputError);
        step.assignCredit.run();
        return result;
    }

    private Step bindStep(LabelledImages batch) {
        Pass pass = new Pass(
                network(),
                context.parameters(),
                batch.images(),
                Kernel.Mode.TRAIN,
                context.arena(),
                context.noise(),
                withState());
        Tensor outputError = context.arena()
                .batch(
                        ErrorSweep.OUTPUT_ERROR,
                        batch.size(),
                        context.graph().output().shape());
        return new Step(pass, outputError, bind(pass, outputError));
    }

    @Override
    public final Tensor predict(LabelledImages batch) {
        Pass pass = predictions.computeIfAbsent(
                batch,
                images -> new Pass(
                        predictionNetwork(),
                        context.parameters(),
                        images.images(),
                        Kernel.Mode.PREDICT,
                        context.arena(),
                        context.noise()));
        pass.forward();
        return pass.output();
    }

    @Override
    public final Map<String, Tensor> activations(LabelledImages batch) {
        Map<String, Tensor> activations = new LinkedHashMap<>();
        Pass pass = steps.computeIfAbsent(batch, this::bindStep).pass;
        for (Node node : pass.graph().nodes()) {
            activations.put(node.name(), pass.activation(node));
        }
        return activations;
    }

    @Override
    public final Map<String, Tensor> nodeStates(LabelledImages batch) {
        Map<String, Tensor> states = new LinkedHashMap<>();
        Pass pass = steps.computeIfAbsent(batch, this::bindStep).pass;
        for (Node node : pass.graph().nodes()) {
            if (pass.value(node) != pass.activation(node)) {
                states.put(node.name(), pass.value(node));
            }
        }
        return states;
    }

    @Override
    public final Map<String, Tensor> errors(LabelledImages batch) {
        return ErrorSweep.errors(network(), context.arena(), batch.size());
    }
}
