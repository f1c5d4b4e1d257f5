package org.bpfree.learn.spiking;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Node;
import org.bpfree.graph.Pass;
import org.bpfree.learn.LabelledImages;
import org.bpfree.learn.LearnerContext;
import org.bpfree.tensor.Elementwise;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Tensor;

/**
 * A spiking network bound to a batch and unrolled over time: a {@link Pass} over {@code steps * batch} samples in which the activation of
 * a layer with units is its potential and its state, which others read, its trace.
 *
 * <p>Images are the same at all steps but for the factor of their filter, {@code a0[t] = (1 - beta^(t+1)) x}. What is linear and reads
 * nothing else stands still, too, and is computed once instead of once a step: products and convolutions of the first layers cost one
 * step in both directions.
 */
final class UnrolledNetwork {
    private final LearnerContext context;
    private final NeuronSettings neuron;
    private final int batch;
    private final Pass pass;
    private final boolean[] still;
    private final Map<Node, Tensor> stillValues = new HashMap<>();
    private final Map<Node, Kernel> stillKernels = new HashMap<>();
    private final List<Routine> forward = new ArrayList<>();

    UnrolledNetwork(
            LearnerContext context, NeuronSettings neuron, boolean smooth, LabelledImages images, Kernel.Mode mode) {
        this.context = context;
        this.neuron = neuron;
        batch = images.size();
        Graph graph = context.graph();
        Tensor unrolled = context.arena().batch("activation/input", neuron.steps() * batch, graph.imageShape());
        pass = new Pass(
                graph,
                context.parameters(),
                unrolled,
                mode,
                context.arena(),
                context.noise(),
                withUnits(graph),
                neuron.steps());
        still = standStill(graph);
        stillValues.put(graph.input(), images.images());
        for (Node node : graph.nodes()) {
            if (node != graph.input()) {
                bind(node, smooth, mode);
            }
        }
    }

    /** Whether the units of a node spike: those of dense and convolutional layers do. */
    static boolean hasUnits(Node node) {
        return node.op().isDense() || node.op().convolution().isPresent();
    }

    private static Set<Node> withUnits(Graph graph) {
        return graph.nodes().stream().filter(UnrolledNetwork::hasUnits).collect(Collectors.toSet());
    }

    /** The nodes whose value is that of one step times the factor of the images. */
    private static boolean[] standStill(Graph graph) {
        boolean[] still = new boolean[graph.nodes().size()];
        for (Node node : graph.nodes()) {
            still[node.index()] = !hasUnits(node) && node.inputs().stream().allMatch(input -> still[input.index()]);
        }
        return still;
    }

    private void bind(Node node, boolean smooth, Kernel.Mode mode) {
        boolean readsStill = node.inputs().stream().allMatch(input -> still[input.index()]);
        if (readsStill) {
            Kernel kernel = bindStill(node, mode);
            forward.add(kernel::forward);
        } else {
            node.inputs().stream().filter(input -> still[input.index()]).forEach(this::unroll);
            forward.add(pass.kernel(node)::forward);
        }
        if (hasUnits(node)) {
            forward.add(Neurons.of(
                    neuron,
                    smooth,
                    readsStill ? stillValues.get(node) : potentials(node),
                    readsStill ? neuron.traceOfConstant() : null,
                    potentials(node),
                    traces(node)));
        }
    }

    private Kernel bindStill(Node node, Kernel.Mode mode) {
        List<Tensor> inputs = node.inputs().stream().map(stillValues::get).toList();
        Tensor output = node.op().isView()
                ? inputs.get(0).reshape(node.shape().batched(batch))
                : context.arena().batch("still/" + node.name(), batch, node.shape());
        List<Tensor> parameters =
                node.parameters().stream().map(context.parameters()::get).toList();
        Kernel kernel = node.op()
                .bind(new Kernel.Binding(
                        node.name(), inputs, parameters, output, context.arena(), mode, context.noise()));
        stillValues.put(node, output);
        stillKernels.put(node, kernel);
        return kernel;
    }

    /** Writes what stands still for all steps, for a reader that has other inputs, too. */
    private void unroll(Node node) {
        double[] factors = neuron.traceOfConstant();
        for (int t = 0; t < factors.length; t++) {
            forward.add(Elementwise.scale(
                    stillValues.get(node), factors[t], pass.value(node).slice(t * batch, batch)));
        }
    }

    /** Computes potentials and traces of all units at all steps. */
    void forward() {
        for (Routine routine : forward) {
            routine.run();
        }
    }

    /** The neurons. */
    NeuronSettings neuron() {
        return neuron;
    }

    /** The layers with units, in order. */
    List<Node> layers() {
        return pass.graph().nodes().stream().filter(UnrolledNetwork::hasUnits).toList();
    }

    /** The pass over all steps. */
    Pass pass() {
        return pass;
    }

    /** Images of the batch. */
    int batch() {
        return batch;
    }

    /** Potentials before the reset of a layer with units, {@code [steps * batch, ...]}. */
    Tensor potentials(Node node) {
        return pass.activation(node);
    }

    /** Traces of a layer with units, {@code [steps * batch, ...]}. */
    Tensor traces(Node node) {
        return pass.value(node);
    }

    /** What other layers read of a node: {@code [steps * batch, ...]}, or {@code [batch, ...]} for what stands still. */
    Tensor value(Node node) {
        return still[node.index()] ? stillValues.get(node) : pass.value(node);
    }

    /** The kernel of a layer with units that computes one step for all, or null when the layer reads what moves. */
    Kernel stillKernel(Node node) {
        return stillKernels.get(node);
    }
}
