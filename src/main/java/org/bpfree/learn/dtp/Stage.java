package org.bpfree.learn.dtp;

import java.util.ArrayList;
import java.util.List;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Node;
import org.bpfree.graph.Parameter;

/**
 * One layer of a chain with all that follows it up to the next layer with weights.
 *
 * @param layer the node with weights
 * @param above the nodes that follow it, without weights
 */
record Stage(Node layer, List<Node> above) {
    /** The stages of a chain from the images up; what lies before the first layer belongs to none. */
    static List<Stage> of(Graph graph) {
        List<Stage> stages = new ArrayList<>();
        for (Node node : graph.nodes()) {
            if (!node.parameters().isEmpty()) {
                stages.add(new Stage(node, new ArrayList<>()));
            } else if (!stages.isEmpty()) {
                stages.get(stages.size() - 1).above.add(node);
            }
        }
        return stages;
    }

    /** The stages that have an inverse: those below which something learns. */
    static List<Stage> invertedOf(Graph graph) {
        return of(graph).stream()
                .filter(stage -> graph.needsError(stage.input()))
                .toList();
    }

    /** The node whose output the stage reads. */
    Node input() {
        return layer.inputs().get(0);
    }

    /** The node whose output is that of the stage. */
    Node top() {
        return above.isEmpty() ? layer : above.get(above.size() - 1);
    }

    /** The weights of the layer. */
    Parameter weights() {
        return layer.parameters().get(0);
    }

    /** Whether what follows the layer is linear, so that the mirror of differences is the backward of what follows. */
    boolean linearAbove() {
        return above.stream().noneMatch(node -> node.op().pointwise().isPresent());
    }
}
