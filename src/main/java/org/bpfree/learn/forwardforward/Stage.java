package org.bpfree.learn.forwardforward;

import java.util.ArrayList;
import java.util.List;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Node;
import org.bpfree.graph.Parameter;

/**
 * A hidden layer.
 *
 * @param reads what it reads, brought to a mean square of 1
 * @param weights its weights
 * @param activity the rectifier behind them
 * @param top what the next layer reads: the rectifier, or the last pool or flatten behind it
 */
record Stage(Node reads, Node weights, Node activity, Node top) {
    /** The hidden layers of a chain, from the images up. */
    static List<Stage> hidden(Graph graph) {
        List<Stage> stages = new ArrayList<>();
        for (Node node : graph.nodes()) {
            if (weighs(node) && node != graph.output()) {
                Node top = graph.consumers(node).get(0);
                Node activity = top;
                while (!weighs(graph.consumers(top).get(0))) {
                    top = graph.consumers(top).get(0);
                }
                stages.add(new Stage(node.inputs().get(0), node, activity, top));
            }
        }
        return stages;
    }

    static boolean weighs(Node node) {
        return node.parameters().stream().anyMatch(Parameter::carriesErrors);
    }
}
