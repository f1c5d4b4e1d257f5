package org.bpfree.learn.predictive;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Node;
import org.bpfree.graph.Parameter;
import org.bpfree.graph.Pass;
import org.bpfree.learn.Errors;
import org.bpfree.learn.GatheredUpdates;
import org.bpfree.tensor.Arena;
import org.bpfree.tensor.Elementwise;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Tensor;

/**
 * The parts of a round of inference on a network with states: predictions, errors, what errors pull and update, and moves. All of a
 * round is computed from one snapshot of states and weights; moves come last. A node without a state is part of the prediction of the
 * states above it, and errors pass through it within the round.
 */
final class Inference {
    private final Graph graph;
    private final Pass pass;
    private final Arena arena;
    private final Settings settings;
    private final List<Node> fromOutput;
    private final Errors errors;
    private final Map<Node, Tensor> pulls = new HashMap<>();
    private final Map<Node, Tensor[]> inputPulls = new HashMap<>();
    private final Map<Node, List<Addition>> additions = new HashMap<>();
    private final Map<Node, Routine> pulling = new HashMap<>();
    private final Map<Node, Routine> learning = new HashMap<>();
    private final Map<Node, MovingState> states = new HashMap<>();

    /**
     * How inference is done.
     *
     * @param withState the nodes that have a state; neither the images nor the output
     * @param rate inference rate gamma
     * @param momentum of the moves, 0 for none
     * @param precision {@code 1 / sigma^2} of each state
     * @param difference whether errors are formed as {@code mu - x}, as papers write it, in spite of rounding
     * @param magnify whether predictions are shown small displacements magnified ({@link Magnification}); not where weights move
     * @param fixed whether readers, and so predictions and derivatives, stay those of the forward pass
     * @param pullWhileLearning whether states are also pulled in a round in which parameters learn
     * @param activity what has something to compute, and when
     */
    record Settings(
            Set<Node> withState,
            double rate,
            double momentum,
            Function<Node, DoubleSupplier> precision,
            boolean difference,
            boolean magnify,
            boolean fixed,
            boolean pullWhileLearning,
            Activity activity) {}

    private record Addition(Node consumer, Routine routine) {}

    /**
     * Binds a network.
     *
     * @param errors that of the output, the derivative of the loss by the class scores, is kept up to date by the caller
     * @param update where a parameter's update goes
     * @param firing the round in which a node's parameters learn; of the uses of a shared parameter the first writes, the others add
     */
    Inference(
            Pass pass,
            Errors errors,
            Arena arena,
            Settings settings,
            Function<Parameter, Tensor> update,
            ToIntFunction<Node> firing) {
        this.graph = pass.graph();
        this.pass = pass;
        this.errors = errors;
        this.arena = arena;
        this.settings = settings;
        List<Node> order = new ArrayList<>(graph.nodes());
        Collections.reverse(order);
        fromOutput = order.stream().filter(graph::needsError).toList();
        Set<Node> writes = new HashSet<>();
        fromOutput.stream()
                .sorted(Comparator.comparingInt(settings.activity()::firstRound))
                .forEach(node -> bindPulls(node, writes));
        GatheredUpdates updates = new GatheredUpdates(arena, update);
        fromOutput.stream()
                .sorted(Comparator.comparingInt(firing).thenComparing(settings.activity()::firstRound))
                .forEach(node -> bindLearning(node, updates));
        bindStates();
    }

    /** The error of a node: its own where it has a state, else what its consumers pull. */
    Tensor error(Node node) {
        return errors.make(node);
    }

    private Tensor pull(Node node) {
        return pulls.computeIfAbsent(
                node, n -> settings.withState().contains(n) ? scratch("inference/pull", n) : errors.make(n));
    }

    private Tensor scratch(String prefix, Node node) {
        return arena.batch(prefix + "/" + node.name(), pass.batch(), node.shape());
    }

    /** The node whose error can be there first writes what it pulls, the others' pulls are added when they are there too. */
    private void bindPulls(Node node, Set<Node> written) {
        Tensor[] inputErrors = new Tensor[node.inputs().size()];
        for (int i = 0; i < inputErrors.length; i++) {
            Node input = node.inputs().get(i);
            if (!graph.needsError(input)) {
                continue;
            }
            boolean first = written.add(input);
            inputErrors[i] =
                    first ? pull(input) : arena.batch("part/" + node.name() + "/" + i, pass.batch(), input.shape());
            if (!first) {
                additions
                        .computeIfAbsent(input, n -> new ArrayList<>())
                        .add(new Addition(node, Elementwise.add(pull(input), inputErrors[i], pull(input))));
            }
        }
        pulling.put(
                node, backward(node, inputErrors, new Tensor[node.parameters().size()]));
        inputPulls.put(node, inputErrors);
    }

    private void bindLearning(Node node, GatheredUpdates updates) {
        GatheredUpdates.Part part = updates.of(node);
        Tensor[] inputErrors = inputPulls.get(node).clone();
        for (int i = 0; i < inputErrors.length; i++) {
            boolean crosses = settings.withState().contains(node.inputs().get(i));
            inputErrors[i] = crosses && !settings.pullWhileLearning() ? null : inputErrors[i];
        }
        learning.put(node, backward(node, inputErrors, part.gradients()).then(part.additions()));
    }

    private Routine backward(Node node, Tensor[] inputErrors, Tensor[] gradients) {
        List<Tensor> weights =
                node.parameters().stream().map(pass.parameters()::get).toList();
        return pass.kernel(node).backward(new Kernel.Wiring(weights, error(node), inputErrors, gradients));
    }

    private void bindStates() {
        Magnification.Groups groups = Magnification.Groups.of(
                graph, settings.withState(), settings.magnify() && arena.precision() == Precision.FLOAT32);
        for (Node node : settings.withState()) {
            Tensor mu = pass.activation(node);
            boolean still = !settings.activity().becomesStale(node);
            MovingState.Tensors tensors = new MovingState.Tensors(
                    pass.value(node),
                    mu,
                    still ? mu : scratch("inference/first", node),
                    scratch("inference/displacement", node),
                    settings.momentum() == 0 ? null : scratch("inference/velocity", node),
                    error(node),
                    pull(node));
            MovingState.Rule rule = new MovingState.Rule(
                    settings.rate(),
                    settings.momentum(),
                    settings.precision().apply(node),
                    settings.difference(),
                    settings.fixed());
            states.put(
                    node,
                    new MovingState(
                            tensors,
                            rule,
                            groups.own().get(node),
                            groups.below().get(node)));
        }
    }

    /** Forgets the batch before; after a forward pass. */
    void start() {
        for (MovingState state : states.values()) {
            state.start();
            state.magnification().start();
        }
    }

    /** Writes every state as it is, once no prediction follows. */
    void end() {
        states.values().forEach(MovingState::end);
    }

    /** Brings all predictions back to those of the forward pass; states and errors stay where they are. */
    void recede(int round) {
        states.values().forEach(MovingState::recede);
        predict(round);
    }

    /** Moves a state away from the forward pass before the first round. */
    void displace(Node node, double[] by) {
        states.get(node).displace(by);
    }

    /**
     * Brings the predictions {@code mu} up to date with the states.
     *
     * @return whether the class scores may have changed
     */
    boolean predict(int round) {
        for (Node node : graph.nodes()) {
            if (node != graph.input() && settings.activity().isStale(node, round)) {
                pass.kernel(node).forward();
            }
        }
        return settings.activity().isStale(graph.output(), round);
    }

    /** Computes the error of every state; that of the output is the caller's. */
    void findErrors(int round) {
        for (Node node : fromOutput) {
            MovingState state = states.get(node);
            if (state != null && settings.activity().hasError(node, round)) {
                state.findError(settings.activity().isStale(node, round));
            }
        }
    }

    /** Computes from the errors what pulls the states, and the updates of the parameters of nodes that learn in this round. */
    void pull(int round, Predicate<Node> learns) {
        for (Node node : fromOutput) {
            if (settings.activity().hasError(node, round)) {
                if (!states.containsKey(node)) {
                    gather(node, round);
                }
                (learns.test(node) ? learning : pulling).get(node).run();
            }
        }
    }

    /** Moves the states down their energy. */
    void move(int round) {
        List<MovingState> moved = new ArrayList<>();
        for (Node node : fromOutput) {
            MovingState state = states.get(node);
            if (state != null && settings.activity().moves(node, round)) {
                gather(node, round);
                state.move();
                moved.add(state);
            }
        }
        moved.forEach(state -> state.magnification().choose());
        moved.forEach(MovingState::place);
    }

    private void gather(Node node, int round) {
        for (Addition addition : additions.getOrDefault(node, List.of())) {
            if (settings.activity().hasError(addition.consumer(), round)) {
                addition.routine().run();
            }
        }
    }
}
