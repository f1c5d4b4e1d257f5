package org.bpfree.learn.predictive;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Node;

/**
 * From which round on each part of a network has something to compute. Inference starts from the forward pass, where every prediction
 * error but the output's is zero, and what is zero need not be worked out: a round touches a node only when an error or a moved state
 * can have reached it. Counted in rounds from 0.
 */
final class Activity {
    private static final int NEVER = Integer.MAX_VALUE;

    private final Graph graph;
    private final Set<Node> states;
    private final int[] error;
    private final int[] moved;
    private final int[] stale;

    /** When the states of a graph become active, undisturbed before the first round. */
    static Activity of(Graph graph, Set<Node> states) {
        Activity activity = new Activity(graph, states);
        activity.spread();
        return activity;
    }

    /** Everything active in every round: for states that do not start at their predictions. */
    static Activity everywhere(Graph graph, Set<Node> states) {
        Activity activity = new Activity(graph, states);
        Arrays.fill(activity.error, 0);
        Arrays.fill(activity.moved, 0);
        Arrays.fill(activity.stale, 0);
        return activity;
    }

    /** Predictions that change from the first round on because the weights do. */
    static Activity ofMovingWeights(Graph graph, Set<Node> states) {
        Activity activity = new Activity(graph, states);
        Arrays.fill(activity.stale, 1);
        activity.spread();
        return activity;
    }

    /** Predictions that never change, whatever the states do. */
    static Activity ofFixedPredictions(Graph graph, Set<Node> states) {
        Activity activity = new Activity(graph, states);
        boolean changed = true;
        while (changed) {
            changed = activity.descend();
        }
        return activity;
    }

    private Activity(Graph graph, Set<Node> states) {
        this.graph = graph;
        this.states = states;
        int nodes = graph.nodes().size();
        error = never(nodes);
        moved = never(nodes);
        stale = never(nodes);
        error[nodes - 1] = 0;
    }

    private static int[] never(int nodes) {
        int[] rounds = new int[nodes];
        Arrays.fill(rounds, NEVER);
        return rounds;
    }

    /** Errors go down and moved states go up until nothing is reached any earlier. */
    private void spread() {
        boolean changed = true;
        while (changed) {
            changed = descend();
            List<Node> nodes = graph.nodes();
            for (int i = 1; i < nodes.size(); i++) {
                changed |= ascend(nodes.get(i));
            }
        }
    }

    private boolean descend() {
        boolean changed = false;
        List<Node> nodes = graph.nodes();
        for (int i = nodes.size() - 2; i > 0; i--) {
            changed |= descend(nodes.get(i));
        }
        return changed;
    }

    private boolean descend(Node node) {
        if (!graph.needsError(node)) {
            return false;
        }
        int pulled = graph.consumers(node).stream()
                .mapToInt(consumer -> error[consumer.index()])
                .min()
                .orElse(NEVER);
        if (!states.contains(node)) {
            return earlier(error, node, pulled);
        }
        int first = Math.min(pulled, error[node.index()]);
        boolean changed = first < NEVER && earlier(moved, node, first + 1);
        return earlier(error, node, Math.min(moved[node.index()], stale[node.index()])) || changed;
    }

    private boolean ascend(Node node) {
        int first = NEVER;
        for (Node input : node.inputs()) {
            first = Math.min(first, states.contains(input) ? moved[input.index()] : stale[input.index()]);
        }
        return earlier(stale, node, first);
    }

    private static boolean earlier(int[] rounds, Node node, int round) {
        if (round >= rounds[node.index()]) {
            return false;
        }
        rounds[node.index()] = round;
        return true;
    }

    /** The first round in which the error of a node can differ from zero. */
    int firstRound(Node node) {
        return error[node.index()];
    }

    /** Whether the error of a node can differ from zero in a round. */
    boolean hasError(Node node, int round) {
        return error[node.index()] <= round;
    }

    /** Whether a state moves at the end of a round. */
    boolean moves(Node node, int round) {
        return moved[node.index()] <= round + 1;
    }

    /** Whether a prediction can differ from that of the forward pass in a round. */
    boolean isStale(Node node, int round) {
        return stale[node.index()] <= round;
    }

    /** Whether a prediction can ever differ from that of the forward pass. */
    boolean becomesStale(Node node) {
        return stale[node.index()] < NEVER;
    }
}
