package org.bpfree.learn.forwardforward;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Node;
import org.bpfree.graph.Pass;
import org.bpfree.learn.LearnerContext;
import org.bpfree.tensor.Arena;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.SampleRows;
import org.bpfree.tensor.Tensor;

/**
 * A forward pass in which every layer with weights reads what comes from below brought to a mean square of 1 a sample, {@code v / (e^-50 + sqrt(mean
 * v^2))}, so that the goodness of a layer cannot be read off by the next.
 */
final class NormalizedPass {
    private static final double TINY = Math.exp(-50);

    private final Pass pass;
    private final List<Routine> hidden = new ArrayList<>();
    private final Node output;

    /**
     * Binds a pass.
     *
     * @param images {@code [batch, height, width, channels]}, read at each run
     */
    NormalizedPass(LearnerContext context, Tensor images, Kernel.Mode mode, Arena scope) {
        Graph graph = context.graph();
        output = graph.output();
        Set<Node> read = new HashSet<>();
        graph.nodes().stream().filter(Stage::weighs).forEach(node -> read.addAll(node.inputs()));
        pass = new Pass(graph, context.parameters(), images, mode, scope, context.noise(), read);
        for (Node node : graph.nodes()) {
            if (node != output) {
                hidden.add(pass.kernel(node)::forward);
            }
            if (read.contains(node)) {
                hidden.add(SampleRows.unitMeanSquare(pass.activation(node), TINY, pass.value(node)));
            }
        }
    }

    /** Runs everything below the output layer. */
    void runHidden() {
        for (int i = 0; i < hidden.size(); i++) {
            hidden.get(i).run();
        }
    }

    /** Runs everything. */
    void run() {
        runHidden();
        pass.kernel(output).forward();
    }

    /** What is bound: values are what layers read, activations what they make. */
    Pass pass() {
        return pass;
    }
}
