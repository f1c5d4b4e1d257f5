package org.bpfree.learn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Node;
import org.bpfree.graph.Parameter;
import org.bpfree.graph.Pass;
import org.bpfree.tensor.Elementwise;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Tensor;

/**
 * One sweep of errors from the output down: every node, in reverse topological order, turns the error of its output into errors of
 * its inputs and updates of its parameters. The {@link Rule} says what stands in for the weights and may replace a node's backward;
 * with the weights themselves and every node's own backward the sweep is backpropagation.
 */
public final class ErrorSweep {
    private final Graph graph;
    private final Pass pass;
    private final Errors told;
    private final ErrorMemory memory;
    private final Rule rule;
    private final Set<Node> reaches; // the output
    private final Map<Node, Tensor> errors = new HashMap<>();
    private final Map<Node, Integer> arrived = new HashMap<>();
    private final Map<Node, Tensor> lent = new HashMap<>(); // what a sum would copy, to be read by the next addition
    private final GatheredUpdates updates;

    /** What a family does differently from the others. */
    public interface Rule {
        /** The update of a parameter, or null when it is not trained. */
        Tensor update(Parameter parameter);

        /** What stands in for a parameter in the path of the error. */
        Tensor feedback(Parameter parameter);

        /** Whether the error of the images is formed, too; nothing trained needs it. */
        default boolean reachesImages() {
            return false;
        }

        /**
         * Turns the error of a node into errors of its inputs; the default is the node's own backward. The errors of the wiring hold these
         * numbers while the routine runs, and may be others' memory before and after.
         */
        default Routine backward(Node node, Pass pass, Kernel.Wiring wiring) {
            return pass.kernel(node).backward(wiring);
        }

        /**
         * The error of a node that comes from elsewhere, {@code [batch, ...]}, written before its backward begins: readers of the node form none
         * for it. Null for nodes whose error their readers send, which is the default.
         */
        default Tensor given(Node node) {
            return null;
        }

        /**
         * Whether what is trained in a node learns after the sweep, by whoever bound it: the error of the node is formed and keeps its numbers,
         * and the wiring has no place for updates.
         */
        default boolean learnsLater(Node node) {
            return false;
        }
    }

    private ErrorSweep(Pass pass, Errors told, Rule rule) {
        this.graph = pass.graph();
        this.pass = pass;
        this.told = told;
        this.memory = new ErrorMemory(told.arena(), pass.batch());
        this.rule = rule;
        this.updates = new GatheredUpdates(told.arena(), rule::update);
        this.reaches = nodesOnTheWay(graph);
    }

    /**
     * Binds a sweep in reverse topological order. It starts from the error of the output, which it reads and does not change, and enters
     * the others.
     */
    public static Routine bind(Pass pass, Errors errors, Rule rule) {
        List<Node> order = new ArrayList<>(pass.graph().nodes());
        Collections.reverse(order);
        return bind(pass, errors, rule, order);
    }

    /**
     * As {@link #bind(Pass, Errors, Rule)}, in another order.
     *
     * @param order all nodes, each after everything that reads it
     */
    public static Routine bind(Pass pass, Errors errors, Rule rule, List<Node> order) {
        return new ErrorSweep(pass, errors, rule).bind(order);
    }

    private Routine bind(List<Node> order) {
        boolean[] wanted = wantedErrors();
        errors.put(graph.output(), told.output());
        List<Routine> routines = new ArrayList<>();
        for (Node node : order) {
            if (wanted[node.index()] && node != graph.input() && reaches.contains(node)) {
                Tensor given = rule.given(node);
                if (given != null) {
                    errors.put(node, given);
                }
                routines.add(bind(node, wanted));
            }
        }
        if (told.arena().keepsAll()) {
            errors.forEach(told::enter);
        }
        Routine[] inOrder = routines.stream().filter(r -> r != Routine.NOTHING).toArray(Routine[]::new);
        return () -> {
            for (Routine routine : inOrder) {
                routine.run();
            }
        };
    }

    /** How many nodes that lead to the output read a node. */
    private long readers(Node node) {
        return graph.consumers(node).stream().filter(reaches::contains).count();
    }

    private static Set<Node> nodesOnTheWay(Graph graph) {
        Set<Node> reaches = new HashSet<>(Set.of(graph.output()));
        List<Node> fromOutput = new ArrayList<>(graph.nodes());
        Collections.reverse(fromOutput);
        for (Node node : fromOutput) {
            if (reaches.contains(node)) {
                reaches.addAll(node.inputs());
            }
        }
        return reaches;
    }

    /** A node's error is wanted when something that is trained, or the images where they are meant, lies in it or below it. */
    private boolean[] wantedErrors() {
        boolean[] wanted = new boolean[graph.nodes().size()];
        for (Node node : graph.nodes()) {
            wanted[node.index()] = rule.reachesImages()
                    || rule.learnsLater(node)
                    || node.parameters().stream().anyMatch(p -> rule.update(p) != null)
                    || node.inputs().stream().anyMatch(input -> sent(input, wanted));
        }
        return wanted;
    }

    /** Whether readers of a node send it an error. */
    private boolean sent(Node node, boolean[] wanted) {
        return wanted[node.index()] && rule.given(node) == null;
    }

    private Routine bind(Node node, boolean[] wanted) {
        List<Node> inputs = node.inputs();
        Tensor[] inputErrors = new Tensor[inputs.size()];
        List<Tensor> last = new ArrayList<>(); // read here for the last time
        Routine additions = Routine.NOTHING;
        for (int i = 0; i < inputErrors.length; i++) {
            Node input = inputs.get(i);
            if (sent(input, wanted)) {
                Tensor whole = errorOfInput(node, input);
                // The first reader writes the error, or lends its own where it would only copy it; the others add
                // theirs.
                boolean first = arrived.merge(input, 1, Integer::sum) == 1;
                if (first && node.op().isSum() && readers(input) > 1) {
                    lent.put(input, errors.get(node));
                    memory.hold(errors.get(node));
                } else if (first) {
                    inputErrors[i] = whole;
                } else {
                    inputErrors[i] = memory.take("part/" + node.name() + "/" + i, input.shape());
                    Tensor borrowed = lent.remove(input);
                    Tensor before = borrowed == null ? whole : borrowed;
                    additions = additions.then(Elementwise.add(before, inputErrors[i], whole));
                    last.add(inputErrors[i]);
                    if (borrowed != null) {
                        last.add(borrowed);
                    }
                }
            }
        }
        boolean later = rule.learnsLater(node);
        GatheredUpdates.Part part = later
                ? new GatheredUpdates.Part(new Tensor[node.parameters().size()], Routine.NOTHING)
                : updates.of(node);
        List<Tensor> feedback = node.parameters().stream().map(rule::feedback).toList();
        Kernel.Wiring wiring = new Kernel.Wiring(feedback, errors.get(node), inputErrors, part.gradients());
        Routine backward = rule.backward(node, pass, wiring).then(additions).then(part.additions());
        if (!later) {
            last.add(errors.get(node));
        }
        last.forEach(memory::release);
        return backward;
    }

    /** Where the error of an input is gathered; in the memory of the reader's own error when the reader is a mere view. */
    private Tensor errorOfInput(Node reader, Node input) {
        return errors.computeIfAbsent(
                input,
                node -> reader.op().isView() && graph.consumers(node).size() == 1
                        ? memory.view(errors.get(reader), node.shape())
                        : memory.take(Errors.name(node), node.shape()));
    }
}
