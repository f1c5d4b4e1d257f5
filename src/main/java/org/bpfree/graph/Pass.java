package org.bpfree.graph;

import java.util.ArrayList;
import java.util.List;
import org.bpfree.tensor.Arena;
import org.bpfree.tensor.Tensor;

/** A graph bound to one batch size: the activation of every node and the kernels that compute them. */
public final class Pass {
    private final Graph graph;
    private final Parameters parameters;
    private final List<Tensor> activations = new ArrayList<>();
    private final List<Kernel> kernels = new ArrayList<>();

    /**
     * Binds every node.
     *
     * @param images {@code [batch, height, width, channels]}, read at each {@link #forward}
     * @param arena holds the activations; passes over the same arena overwrite each other's
     */
    public Pass(Graph graph, Parameters parameters, Tensor images, Kernel.Mode mode, Arena arena, Kernel.Noise noise) {
        this.graph = graph;
        this.parameters = parameters;
        int batch = images.shape().extent(0);
        for (Node node : graph.nodes()) {
            List<Tensor> inputs = node.inputs().stream().map(this::activation).toList();
            Tensor output = output(node, images, inputs, arena, batch);
            activations.add(output);
            kernels.add(
                    node.op().bind(new Kernel.Binding(node.name(), inputs, values(node), output, arena, mode, noise)));
        }
    }

    private static Tensor output(Node node, Tensor images, List<Tensor> inputs, Arena arena, int batch) {
        if (node.index() == 0) {
            return images;
        }
        return node.op().isView()
                ? inputs.get(0).reshape(node.shape().batched(batch))
                : arena.batch("activation/" + node.name(), batch, node.shape());
    }

    private List<Tensor> values(Node node) {
        return node.parameters().stream().map(parameters::get).toList();
    }

    /** Computes all activations. */
    public void forward() {
        for (Kernel kernel : kernels) {
            kernel.forward();
        }
    }

    /** The graph that is bound. */
    public Graph graph() {
        return graph;
    }

    /** The values of the parameters the pass reads. */
    public Parameters parameters() {
        return parameters;
    }

    /** The activation of a node, {@code [batch, ...]}. */
    public Tensor activation(Node node) {
        return activations.get(node.index());
    }

    /** The kernel of a node. */
    public Kernel kernel(Node node) {
        return kernels.get(node.index());
    }

    /** The class scores, {@code [batch, classes]}. */
    public Tensor output() {
        return activations.get(activations.size() - 1);
    }

    /** Number of samples. */
    public int batch() {
        return output().shape().extent(0);
    }
}
