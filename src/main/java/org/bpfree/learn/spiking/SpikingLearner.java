package org.bpfree.learn.spiking;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Loss;
import org.bpfree.graph.Node;
import org.bpfree.graph.Parameter;
import org.bpfree.graph.Pass;
import org.bpfree.graph.Predictions;
import org.bpfree.learn.ErrorSweep;
import org.bpfree.learn.Errors;
import org.bpfree.learn.LabelledImages;
import org.bpfree.learn.LearnerContext;
import org.bpfree.learn.ParameterLearner;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;

/**
 * Base of learners on spiking networks: the network unrolled over time, the error of the output traces, and one sweep down in which each
 * layer with units turns the errors of its traces into signals before its product or convolution sees them. A prediction is the class
 * with the largest summed output trace.
 */
abstract class SpikingLearner extends ParameterLearner implements SpikeSource {
    private final SpikingSettings settings;
    private final boolean smooth;
    private final SpikeLoss loss;
    private final Map<LabelledImages, Step> steps = new HashMap<>();
    private final Map<LabelledImages, UnrolledNetwork> predictions = new HashMap<>();

    /**
     * A learner.
     *
     * @param smooth whether sigmoids stand for spikes
     */
    SpikingLearner(SpikingSettings settings, boolean smooth, LearnerContext context) {
        super(context);
        this.settings = settings;
        this.smooth = smooth;
        loss = new SpikeLoss(settings, context.graph().classes());
    }

    private record Step(UnrolledNetwork network, Errors errors, Tensor scores, Routine sweep) {}

    /** What stands in for a parameter in the path of the error. */
    abstract Tensor standIn(Parameter parameter);

    /** Brings what stands in for weights up to date; called before each sweep. */
    void refresh() {}

    /** The rule of the units of a layer, for pieces of a length. */
    abstract IntFunction<LocalRule> rule(Tensor errors);

    /** Whether the rule is the surrogate at each step and nothing else, for which there is a loop in single precision. */
    abstract boolean isPlainSurrogate();

    /** Binds what turns errors of the traces of a layer into updates and errors of its inputs. */
    Routine backward(Node node, UnrolledNetwork network, Kernel.Wiring wiring) {
        Kernel still = network.stillKernel(node);
        Tensor signals = signals(node, network);
        double[] fold = still == null ? null : settings.neuron().traceOfConstant();
        Routine gate = signals.precision() == Precision.FLOAT32 && isPlainSurrogate()
                ? new FloatSurrogateGate(settings.neuron(), wiring.error(), network.potentials(node), signals, fold)
                : gate(node, network, wiring.error(), signals, fold, rule(wiring.error()));
        Kernel kernel = still == null ? network.pass().kernel(node) : still;
        return gate.then(kernel.backward(
                new Kernel.Wiring(wiring.feedback(), signals, wiring.inputErrors(), wiring.gradients())));
    }

    /** Where the signals of a layer go: one for each step, or one for all where the input stands still. */
    final Tensor signals(Node node, UnrolledNetwork network) {
        return network.stillKernel(node) == null
                ? unrolled("signal", node, network)
                : context.arena().batch("folded/" + node.name(), network.batch(), node.shape());
    }

    /** Scratch for a layer at all steps. */
    final Tensor unrolled(String prefix, Node node, UnrolledNetwork network) {
        return context.arena().batch(prefix + "/" + node.name(), network.pass().batch(), node.shape());
    }

    /** Binds the units of a layer. */
    final Routine gate(
            Node node,
            UnrolledNetwork network,
            Tensor errors,
            Tensor signals,
            double[] fold,
            IntFunction<LocalRule> rule) {
        return new Gate(settings.neuron(), errors, network.potentials(node), signals, fold, rule);
    }

    @Override
    public final Loss.Result learn(LabelledImages batch) {
        Step step = steps.computeIfAbsent(batch, this::bind);
        if (!batch.images().isFinite()) {
            return new Loss.Result(Double.NaN, 0, batch.size()); // a unit would swallow NaN silently
        }
        step.network.forward();
        double sum = loss.evaluate(output(step.network), batch.labels(), step.scores, step.errors.output());
        refresh();
        step.sweep.run();
        return new Loss.Result(sum, correct(step.scores, batch, context.loss(), null), batch.size());
    }

    private static int correct(Tensor scores, LabelledImages batch, Loss plain, Predictions predicted) {
        return plain.evaluate(scores, batch.targets(), null, predicted).correct();
    }

    private Tensor output(UnrolledNetwork network) {
        return network.traces(context.graph().output());
    }

    private Step bind(LabelledImages batch) {
        UnrolledNetwork network = network(batch, Kernel.Mode.TRAIN);
        Errors errors = new Errors(network.pass(), context.arena());
        return new Step(
                network, errors, scores(batch.size()), ErrorSweep.bind(network.pass(), errors, new Sweep(network)));
    }

    private UnrolledNetwork network(LabelledImages batch, Kernel.Mode mode) {
        return new UnrolledNetwork(context, settings.neuron(), smooth, batch, mode);
    }

    private Tensor scores(int batch) {
        return context.arena().batch("scores", batch, context.graph().output().shape());
    }

    private final class Sweep implements ErrorSweep.Rule {
        private final UnrolledNetwork network;

        Sweep(UnrolledNetwork network) {
            this.network = network;
        }

        @Override
        public Tensor update(Parameter parameter) {
            return SpikingLearner.this.update(parameter);
        }

        @Override
        public Tensor feedback(Parameter parameter) {
            return standIn(parameter);
        }

        @Override
        public Routine backward(Node node, Pass pass, Kernel.Wiring wiring) {
            return UnrolledNetwork.hasUnits(node)
                    ? SpikingLearner.this.backward(node, network, wiring)
                    : ErrorSweep.Rule.super.backward(node, pass, wiring);
        }
    }

    @Override
    public final Tensor predict(LabelledImages batch) {
        evaluate(batch, context.loss(), null);
        return scores(batch.size());
    }

    @Override
    public final double guessingLoss(Loss plain) {
        return loss.ofGuessing();
    }

    /** The distance of the settings' objective; the given loss only says which classes are predicted. */
    @Override
    public final Loss.Result evaluate(LabelledImages batch, Loss plain, Predictions predicted) {
        UnrolledNetwork network = predictions.computeIfAbsent(batch, images -> network(images, Kernel.Mode.PREDICT));
        network.forward();
        Tensor scores = scores(batch.size());
        double sum = loss.evaluate(output(network), batch.labels(), scores, null);
        return new Loss.Result(sum, correct(scores, batch, plain, predicted), batch.size());
    }

    /** Traces of layers with units, values of the others, {@code [steps, batch, ...]}; the images as they are. */
    @Override
    public final Map<String, Tensor> activations(LabelledImages batch) {
        Map<String, Tensor> activations = new LinkedHashMap<>();
        Step step = steps.computeIfAbsent(batch, this::bind);
        List<Node> nodes = context.graph().nodes();
        activations.put(context.graph().input().name(), batch.images());
        for (Node node : nodes.subList(1, nodes.size())) {
            activations.put(node.name(), inSteps(step.network.value(node), batch.size()));
        }
        return activations;
    }

    /** The view {@code [steps, batch, ...]}, or the tensor itself when it has one step for all. */
    private static Tensor inSteps(Tensor tensor, int batch) {
        int samples = tensor.shape().extent(0);
        Shape one = tensor.shape().inner();
        return samples == batch ? tensor : tensor.reshape(one.batched(batch).batched(samples / batch));
    }

    @Override
    public final Map<String, Tensor> errors(LabelledImages batch) {
        Map<String, Tensor> errors = new LinkedHashMap<>();
        steps.computeIfAbsent(batch, this::bind)
                .errors
                .byName()
                .forEach((name, error) -> errors.put(name, inSteps(error, batch.size())));
        return errors;
    }

    /** {@inheritDoc} Firing rates are spikes a unit and step; silent units had no spike in the whole batch. */
    @Override
    public final Map<String, Double> measurements(LabelledImages batch) {
        return smooth ? Map.of() : Spikes.measure(steps.computeIfAbsent(batch, this::bind).network);
    }

    @Override
    public final List<SpikeTrain> spikes(LabelledImages batch, int image) {
        predict(batch);
        return Spikes.of(predictions.get(batch), image);
    }
}
