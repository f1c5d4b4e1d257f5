package org.bpfree.learn.predictive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Node;
import org.bpfree.graph.Parameter;
import org.bpfree.graph.Pass;
import org.bpfree.tensor.Arena;
import org.bpfree.tensor.Elementwise;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Tensor;

/**
 * The detector of fully autonomous Z-IL (Song, Lukasiewicz, Xu and Bogacz, <i>Can the Brain Do Backpropagation?</i>, 2020): weights learn
 * in every round, each from the elements of the error that are not zero and were zero in the {@code t_d} rounds before. Before the target
 * is shown all errors are zero, so an error is detected when it first arrives, which is when it is backpropagation's; one that is
 * exactly zero at its arrival, as that of a silent rectifier, may be detected later, when it is not.
 */
final class SpikeDetector {
    private final int silence;
    private final List<Detected> nodes = new ArrayList<>();
    private final List<Tensor> updates = new ArrayList<>();

    /** The errors of one node with parameters: all of them, those detected now, and for how long each was zero. */
    private record Detected(Node node, Tensor error, Tensor now, double[] elements, int[] silent, Routine learn) {}

    /**
     * A detector for all nodes with parameters.
     *
     * @param silence {@code t_d}, rounds
     * @param error of each node, when {@link #learn} is called
     * @param update of each parameter, or null when it is not trained
     */
    SpikeDetector(
            Pass pass, Arena arena, int silence, Function<Node, Tensor> error, Function<Parameter, Tensor> update) {
        this.silence = silence;
        Graph graph = pass.graph();
        graph.trainableParameters().stream()
                .map(update)
                .filter(tensor -> tensor != null)
                .forEach(updates::add);
        for (Node node : graph.nodes()) {
            if (node.trainable()) {
                Tensor all = error.apply(node);
                Tensor now = arena.batch("detected/" + node.name(), pass.batch(), node.shape());
                nodes.add(new Detected(
                        node,
                        all,
                        now,
                        new double[all.size()],
                        new int[all.size()],
                        learn(node, pass, arena, now, update)));
            }
        }
    }

    private static Routine learn(Node node, Pass pass, Arena arena, Tensor error, Function<Parameter, Tensor> update) {
        Tensor[] gradients = new Tensor[node.parameters().size()];
        Routine additions = Routine.NOTHING;
        for (int i = 0; i < gradients.length; i++) {
            Parameter parameter = node.parameters().get(i);
            Tensor whole = update.apply(parameter);
            if (whole != null) {
                gradients[i] = arena.fixed("part/" + node.name() + "/" + parameter.key(), whole.shape());
                additions = additions.then(Elementwise.add(whole, gradients[i], whole));
            }
        }
        List<Tensor> weights =
                node.parameters().stream().map(pass.parameters()::get).toList();
        Tensor[] noInputErrors = new Tensor[node.inputs().size()];
        return pass.kernel(node)
                .backward(new Kernel.Wiring(weights, error, noInputErrors, gradients))
                .then(additions);
    }

    /** Before the first round of a batch: nothing is learned yet, and all errors have long been zero. */
    void start() {
        updates.forEach(update -> update.fill(0));
        nodes.forEach(node -> Arrays.fill(node.silent, silence));
    }

    /**
     * Adds the updates of one round.
     *
     * @param hasError whether the error of a node has been computed; it is zero otherwise
     */
    void learn(Predicate<Node> hasError) {
        for (Detected detected : nodes) {
            if (hasError.test(detected.node) && detect(detected)) {
                detected.learn.run();
            }
        }
    }

    private boolean detect(Detected node) {
        boolean any = false;
        double[] e = node.elements;
        node.error.read(0, e, 0, e.length);
        for (int i = 0; i < e.length; i++) {
            boolean detected = e[i] != 0 && node.silent[i] >= silence;
            node.silent[i] = e[i] == 0 ? node.silent[i] + 1 : 0;
            e[i] = detected ? e[i] : 0;
            any |= detected;
        }
        node.now.write(0, e, 0, e.length);
        return any;
    }
}
