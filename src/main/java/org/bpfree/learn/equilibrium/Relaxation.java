package org.bpfree.learn.equilibrium;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Node;
import org.bpfree.graph.Parameter;
import org.bpfree.graph.Pass;
import org.bpfree.learn.GatheredUpdates;
import org.bpfree.tensor.Activation;
import org.bpfree.tensor.Arena;
import org.bpfree.tensor.Elementwise;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Tensor;

/**
 * States that settle: {@code s <- phi(A(s below) + sum of A'(s above))}, with the linear map {@code A} of a layer run by the kernels forward and
 * {@code A'} by their backward, fed with states in the place of errors. What a node sends to another is kept, so that some states can move while
 * the others rest.
 */
final class Relaxation {
    private final StateNetwork network;
    private final Pass pass;
    private final Arena arena;
    private final Tensor nudge;
    private final List<Node> linear = new ArrayList<>();
    private final List<Node> linearFromOutput;
    private final Map<Node, Tensor> values = new HashMap<>();
    private final Map<Node, Routine> backward = new HashMap<>();
    private final Map<Node, Routine> settle = new HashMap<>();
    private final Map<Node, double[]> numbers = new LinkedHashMap<>();
    private final Routine resting;

    /**
     * Binds states to a pass whose activations have states.
     *
     * @param nudge what pulls the output beside the states, {@code [batch, classes]}
     */
    Relaxation(StateNetwork network, Pass pass, Arena arena, Tensor nudge) {
        this.network = network;
        this.pass = pass;
        this.arena = arena;
        this.nudge = nudge;
        for (Node state : network.states) {
            boolean output = state == network.graph.output();
            values.put(state, output ? scratch("state", state) : pass.value(state));
        }
        for (Node node : network.graph.nodes()) {
            if (node != network.graph.input() && !StateNetwork.isActivation(node)) {
                linear.add(node);
            }
        }
        linearFromOutput = new ArrayList<>(linear);
        Collections.reverse(linearFromOutput);
        linearFromOutput.forEach(node ->
                backward.put(node, bind(node, new Tensor[node.parameters().size()])));
        Routine changes = Routine.NOTHING;
        for (Node state : network.states) {
            settle.put(state, bindSettling(state, values.get(state)));
            changes = changes.then(bindSettling(state, scratch("drive", state)));
            numbers.put(state, new double[values.get(state).size()]);
        }
        resting = all(linearFromOutput.stream()
                        .filter(node -> !network.below(node).isEmpty() && !rests(node))
                        .map(backward::get)
                        .toList())
                .then(changes);
    }

    /** Whether a node sends nothing without a nudge: it leads to an output without a state, and nowhere else. */
    private boolean rests(Node node) {
        return !network.outputIsState && network.above(node).equals(Set.of(network.graph.output()));
    }

    private Tensor scratch(String purpose, Node node) {
        return arena.batch("equilibrium/" + purpose + "/" + node.name(), pass.batch(), node.shape());
    }

    /** The present value of a state. */
    Tensor value(Node state) {
        return values.get(state);
    }

    /** What a node sends down to an input. */
    private Tensor sent(Node node, int input) {
        Node to = node.inputs().get(input);
        return arena.batch("equilibrium/sent/" + node.name() + "/" + input, pass.batch(), to.shape());
    }

    /** All that nodes above send to a node. */
    private List<Tensor> received(Node node) {
        List<Tensor> received = new ArrayList<>();
        for (Node reader : network.graph.consumers(node)) {
            for (int i = 0; i < reader.inputs().size(); i++) {
                if (reader.inputs().get(i) == node) {
                    received.add(StateNetwork.isActivation(reader) ? values.get(reader) : sent(reader, i));
                }
            }
        }
        if (node == network.graph.output()) {
            received.add(network.outputIsState ? values.get(node) : nudge);
        }
        return received;
    }

    private Routine bind(Node node, Tensor[] gradients) {
        List<Tensor> received = received(node);
        Tensor error = received.get(0);
        Routine gather = Routine.NOTHING;
        if (received.size() > 1) {
            error = scratch("received", node);
            gather = sum(received.get(0), received.subList(1, received.size()), error);
        }
        Tensor[] sent = new Tensor[node.inputs().size()];
        for (int i = 0; i < sent.length; i++) {
            Node input = node.inputs().get(i);
            boolean wanted =
                    StateNetwork.isActivation(input) || !network.below(input).isEmpty() || gradientsBelow(input);
            sent[i] = wanted && input != network.graph.input() ? sent(node, i) : null;
        }
        List<Tensor> weights =
                node.parameters().stream().map(pass.parameters()::get).toList();
        return gather.then(pass.kernel(node).backward(new Kernel.Wiring(weights, error, sent, gradients)));
    }

    /** Whether something below the first states is trained, so that what they send has to get there. */
    private boolean gradientsBelow(Node node) {
        return network.graph.needsError(node);
    }

    private static Routine sum(Tensor first, List<Tensor> others, Tensor output) {
        Routine routine = Elementwise.add(first, others.get(0), output);
        for (Tensor other : others.subList(1, others.size())) {
            routine = routine.then(Elementwise.add(output, other, output));
        }
        return routine;
    }

    private Routine bindSettling(Node state, Tensor reached) {
        boolean output = state == network.graph.output();
        Tensor drive = pass.activation(output ? state : state.inputs().get(0));
        List<Tensor> pulls = output ? List.of(nudge) : received(state);
        Tensor whole = scratch("drive", state);
        return sum(drive, pulls, whole).then(Activation.forward(network.function(state), whole, reached));
    }

    /** How far states are from rest: the largest change of one in another move of all of them, which is not made. Runs after predictions. */
    double residual() {
        double largest = 0;
        resting.run();
        for (Map.Entry<Node, double[]> state : numbers.entrySet()) {
            Tensor change = scratch("drive", state.getKey());
            Elementwise.subtract(change, values.get(state.getKey()), change).run();
            double[] changes = state.getValue();
            change.read(0, changes, 0, changes.length);
            for (double each : changes) {
                largest = Math.max(largest, Math.abs(each));
            }
        }
        return largest;
    }

    /** What runs once for the images: nodes that read no state. */
    Routine images() {
        return forward(node -> network.below(node).isEmpty());
    }

    /** The nodes between states, where all of them are run, the output included. */
    Routine predictions() {
        return forward(node -> !network.below(node).isEmpty());
    }

    private Routine forward(Predicate<Node> which) {
        return all(linear.stream()
                .filter(which)
                .map(node -> (Routine) pass.kernel(node)::forward)
                .toList());
    }

    private static Routine all(List<Routine> routines) {
        Routine[] inOrder = routines.toArray(Routine[]::new);
        return () -> {
            for (Routine routine : inOrder) {
                routine.run();
            }
        };
    }

    /**
     * One move of some states.
     *
     * @param moving those that move
     * @param pull brings the nudge up to date with the output; null where there is none
     */
    Routine move(Set<Node> moving, Routine pull) {
        Node output = network.graph.output();
        boolean reads = pull != null && network.below(output).stream().anyMatch(moving::contains);
        boolean pulled = pull != null && (network.outputIsState ? moving.contains(output) : reads);
        Routine routine = forward(node -> !network.below(node).isEmpty()
                && (network.above(node).stream().anyMatch(moving::contains)
                        || pulled && network.above(node).contains(output)));
        routine = pulled ? routine.then(pull) : routine;
        List<Routine> rest = new ArrayList<>();
        for (Node node : linearFromOutput) {
            boolean silent = pull == null && rests(node);
            if (!silent && network.below(node).stream().anyMatch(moving::contains)) {
                rest.add(backward.get(node));
            }
        }
        network.states.stream().filter(moving::contains).forEach(state -> rest.add(settle.get(state)));
        return routine.then(all(rest));
    }

    /** Sends nothing from the output, where it has no state and is not nudged. */
    void rest() {
        nudge.fill(0);
        for (Node node : linear) {
            if (rests(node)) {
                for (int i = 0; i < node.inputs().size(); i++) {
                    if (node.inputs().get(i) != network.graph.input()) {
                        sent(node, i).fill(0);
                    }
                }
            }
        }
    }

    /**
     * What the parameters have to do with the states: {@code dPhi/dW} with {@code Phi = sum of <s, A(s below)>}, on predictions and a nudge that
     * are up to date.
     */
    Routine learn(Function<Parameter, Tensor> update) {
        GatheredUpdates gathered = new GatheredUpdates(arena, update);
        List<Routine> routines = new ArrayList<>();
        for (Node node : linearFromOutput) {
            GatheredUpdates.Part part = gathered.of(node);
            routines.add(bind(node, part.gradients()).then(part.additions()));
        }
        return all(routines);
    }
}
