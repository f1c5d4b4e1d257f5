package org.bpfree.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bpfree.tensor.Arena;
import org.bpfree.tensor.Tensor;

/**
 * A graph bound to one batch size: the activation of every node and the kernels that compute them.
 *
 * <p>A node may be given a state, a tensor apart from its activation that its readers see in the place of the activation. {@link
 * #forward} sets each state to the activation; whoever moves a state can then run kernels again one by one, and an activation becomes
 * what the states of the inputs predict.
 */
public final class Pass {
    private final Graph graph;
    private final Parameters parameters;
    private final List<Tensor> activations = new ArrayList<>();
    private final List<Tensor> values = new ArrayList<>();
    private final List<Kernel> kernels = new ArrayList<>();

    /**
     * Binds every node.
     *
     * @param images {@code [batch, height, width, channels]}, read at each {@link #forward}
     * @param arena holds the activations; passes over the same arena overwrite each other's
     */
    public Pass(Graph graph, Parameters parameters, Tensor images, Kernel.Mode mode, Arena arena, Kernel.Noise noise) {
        this(graph, parameters, images, mode, arena, noise, Set.of());
    }

    /**
     * Binds every node, some with a state.
     *
     * @param withState the nodes that have a state
     */
    public Pass(
            Graph graph,
            Parameters parameters,
            Tensor images,
            Kernel.Mode mode,
            Arena arena,
            Kernel.Noise noise,
            Set<Node> withState) {
        this(graph, parameters, images, mode, arena, noise, withState, 1);
    }

    /**
     * Binds every node, some with a state, to samples that come several times.
     *
     * @param withState the nodes that have a state
     * @param repeats how often each sample comes, see {@link Kernel.Binding#repeats}
     */
    public Pass(
            Graph graph,
            Parameters parameters,
            Tensor images,
            Kernel.Mode mode,
            Arena arena,
            Kernel.Noise noise,
            Set<Node> withState,
            int repeats) {
        this.graph = graph;
        this.parameters = parameters;
        int batch = images.shape().extent(0);
        for (Node node : graph.nodes()) {
            List<Tensor> inputs = node.inputs().stream().map(this::value).toList();
            Tensor output = output(node, images, inputs, arena, batch);
            activations.add(output);
            values.add(withState.contains(node) ? arena.batch("state/" + node.name(), batch, node.shape()) : output);
            kernels.add(node.op()
                    .bind(new Kernel.Binding(node.name(), inputs, values(node), output, arena, mode, noise, repeats)));
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

    /** Computes all activations and sets every state to its activation. */
    public void forward() {
        for (int i = 0; i < kernels.size(); i++) {
            kernels.get(i).forward();
            if (values.get(i) != activations.get(i)) {
                values.get(i).copyFrom(activations.get(i));
            }
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

    /** What the readers of a node see, {@code [batch, ...]}: its state where it has one, else its activation. */
    public Tensor value(Node node) {
        return values.get(node.index());
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
