package org.bpfree.learn.predictive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Node;
import org.bpfree.graph.Parameter;
import org.bpfree.graph.Pass;
import org.bpfree.learn.Bench;
import org.bpfree.learn.Errors;
import org.bpfree.learn.Learner;
import org.bpfree.learn.LearnerContext;
import org.bpfree.learn.Practice;
import org.bpfree.learn.Vectors;
import org.bpfree.model.ArchitectureSettings;
import org.bpfree.model.LayerSettings;
import org.bpfree.model.SequenceNetworks;
import org.bpfree.tensor.ActivationFunction;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The invariants of z-il.md, section 3, in every round, with every node computed in every round. */
@DisplayName("In every round of Z-IL on a levelled graph")
class InvariantsTest {
    private static final int CLASSES = 5;

    private final Map<Parameter, Tensor> updates = new HashMap<>();

    private static Bench bench(String family) {
        Shape image = Shape.of(8, 8, 3);
        ArchitectureSettings architecture =
                switch (family) {
                    case "residual-mlp" -> new ArchitectureSettings.ResidualMlp(5, 24, ActivationFunction.TANH);
                    case "rnn" -> new SequenceNetworks.RowRnn(12, ActivationFunction.TANH);
                    default -> new SequenceNetworks.VitTiny(2, 16, 1, 4, 2);
                };
        return Bench.of(image, CLASSES, 6, architecture.layers(image, CLASSES).toArray(LayerSettings[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"residual-mlp", "rnn", "transformer"})
    @DisplayName(
            "a node stands at its forward value without error until its level (I1), and then has backprop's error (I2, I3)")
    void invariants(String family) {
        Bench bench = bench(family);
        LearnerContext context = bench.context();
        Learner backprop = Practice.learner("{type: backprop}", bench);
        Map<String, double[]> gradients = Bench.updates(backprop, bench.batch);
        Graph graph = Levels.of(bench.graph).levelled();
        Levels levels = Levels.of(graph);
        Set<Node> states = new HashSet<>(graph.nodes());
        states.removeIf(node -> node == graph.output() || !graph.needsError(node));
        Pass pass = new Pass(
                graph,
                bench.parameters,
                bench.batch.images(),
                Kernel.Mode.TRAIN,
                context.arena(),
                context.noise(),
                states);
        Errors errors = new Errors(pass, context.arena().scope("inference"));
        Inference inference =
                new Inference(pass, errors, context.arena(), paperSettings(graph, states), this::update, levels::level);

        pass.forward();
        Map<Node, double[]> forward = new HashMap<>();
        graph.nodes().forEach(node -> forward.put(node, pass.activation(node).toDoubles()));
        inference.start();
        int reached = 0;
        for (int t = 0; t <= levels.highest(); t++) {
            int round = t;
            inference.predict(round);
            context.loss().evaluate(pass.output(), bench.batch.labels(), errors.output());
            inference.findErrors(round);
            for (Node node : states) {
                if (levels.level(node) > round) {
                    assertThat(pass.value(node).toDoubles())
                            .as("x of %s, round %d", node, round)
                            .isEqualTo(forward.get(node));
                    assertThat(Vectors.largest(inference.error(node).toDoubles()))
                            .as("e of %s", node)
                            .isZero();
                }
                if (levels.level(node) >= round) {
                    assertThat(pass.activation(node).toDoubles())
                            .as("mu of %s, round %d", node, round)
                            .isEqualTo(forward.get(node));
                }
                Tensor delta = backprop.errors(bench.batch).get(node.name()); // identity nodes have none
                if (levels.level(node) == round && delta != null) {
                    assertThat(Vectors.largestDifference(inference.error(node).toDoubles(), delta.toDoubles()))
                            .as("e of %s at its level", node)
                            .isLessThan(1e-14);
                    reached++;
                }
            }
            inference.pull(round, node -> levels.level(node) == round);
            inference.move(round);
        }
        assertThat(reached).isGreaterThan(10);
        updates.forEach((parameter, update) -> assertThat(
                        Vectors.largestDifference(update.toDoubles(), gradients.get(parameter.key())))
                .as(parameter.key())
                .isLessThan(1e-13));
        assertThat(updates).hasSameSizeAs(gradients);
    }

    /** Inference rate 1, and errors as differences of predictions and states. */
    private static Inference.Settings paperSettings(Graph graph, Set<Node> states) {
        return new Inference.Settings(
                states,
                1,
                0,
                node -> MovingState.Rule.EVEN,
                true,
                false,
                false,
                true,
                Activity.everywhere(graph, states));
    }

    private Tensor update(Parameter parameter) {
        return parameter.trainable()
                ? updates.computeIfAbsent(
                        parameter, p -> Tensor.zeros(Precision.FLOAT64, p.spec().shape()))
                : null;
    }
}
