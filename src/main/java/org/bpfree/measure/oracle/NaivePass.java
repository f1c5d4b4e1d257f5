package org.bpfree.measure.oracle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Node;
import org.bpfree.graph.Parameter;

/**
 * A network run by formulas. A node may have a state apart from its output, which its readers see in the place of the output; the output is
 * then what the states of the inputs predict.
 */
final class NaivePass {
    /** What a pass is to the learner. */
    enum Kind {
        /** Its forward pass of training, whose activations it publishes; they may decide what rounding would. */
        PUBLISHED,
        /** A forward pass of training whose activations it does not publish. */
        UNPUBLISHED,
        /** Predictions of moving states, of which only changes count: their rounding is the caller's. */
        INFERENCE,
        /** A prediction: nothing is dropped, and statistics are the remembered ones. */
        PREDICTION
    }

    final Graph graph;
    final PublishedStep step;
    final Arithmetic arithmetic;
    final int samples;
    private final Kernel.Noise noise;
    private final Kind kind;
    private final List<NodeRun> runs = new ArrayList<>();
    private final List<NaiveOp> ops = new ArrayList<>();
    private final double[][] values;

    /**
     * Binds formulas to the tensors of a step.
     *
     * @param samples images of the batch, or as many times as steps in time
     * @param withState the nodes that have a state
     * @param noise random numbers of the step
     * @param kind what the pass is to the learner
     */
    NaivePass(
            Graph graph,
            PublishedStep step,
            int samples,
            Set<Node> withState,
            Arithmetic arithmetic,
            Kernel.Noise noise,
            Kind kind) {
        this.graph = graph;
        this.step = step;
        this.samples = samples;
        this.arithmetic = arithmetic;
        this.noise = noise;
        this.kind = kind;
        values = new double[graph.nodes().size()][];
        for (Node node : graph.nodes()) {
            double[][] inputs = node.inputs().stream().map(this::value).toArray(double[][]::new);
            NodeRun run = new NodeRun(node, samples, inputs, parameters(node, step), step, arithmetic, noise, kind);
            runs.add(run);
            ops.add(NaiveOp.of(node.op()).orElseThrow());
            values[node.index()] = withState.contains(node) ? new double[run.output.length] : run.output;
        }
    }

    private static double[][] parameters(Node node, PublishedStep step) {
        return node.parameters().stream()
                .map(parameter -> step.parameters().get(parameter.key()))
                .toArray(double[][]::new);
    }

    /** The same network with the parameters of a later update of the batch; states stay. */
    NaivePass at(PublishedStep later) {
        NaivePass moved = new NaivePass(graph, later, samples, Set.of(), arithmetic, noise, kind);
        for (Node node : graph.nodes()) {
            double[] state = values[node.index()];
            boolean own = state != runs.get(node.index()).output;
            moved.values[node.index()] = own ? state : moved.values[node.index()];
        }
        moved.bindInputs();
        System.arraycopy(output(graph.input()), 0, moved.output(graph.input()), 0, output(graph.input()).length);
        return moved;
    }

    private void bindInputs() {
        for (NodeRun run : runs) {
            for (int i = 0; i < run.inputs.length; i++) {
                run.inputs[i] = value(run.node.inputs().get(i));
            }
        }
    }

    /** Runs every node on the images and sets every state to the output of its node. */
    void forward() {
        System.arraycopy(step.images(), 0, output(graph.input()), 0, step.images().length);
        for (Node node : graph.nodes()) {
            if (node != graph.input()) {
                forward(node);
            }
            if (value(node) != output(node)) {
                System.arraycopy(output(node), 0, value(node), 0, value(node).length);
            }
        }
    }

    /** Runs one node on what its inputs are now. */
    void forward(Node node) {
        NodeRun run = runs.get(node.index());
        Arrays.fill(run.output, 0);
        ops.get(node.index()).forward(run);
        if (kind != Kind.INFERENCE) {
            arithmetic.round(run.output);
        }
    }

    /** The formula of a node. */
    NaiveOp op(Node node) {
        return ops.get(node.index());
    }

    /** A node with all that it reads. */
    NodeRun run(Node node) {
        return runs.get(node.index());
    }

    /** What a node computes, {@code [samples, ...]}. */
    double[] output(Node node) {
        return runs.get(node.index()).output;
    }

    /** What the readers of a node see. */
    double[] value(Node node) {
        return values[node.index()];
    }

    /** The value of a parameter. */
    double[] parameter(Parameter parameter) {
        return step.parameters().get(parameter.key());
    }
}
