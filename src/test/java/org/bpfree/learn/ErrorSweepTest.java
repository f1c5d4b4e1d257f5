package org.bpfree.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Node;
import org.bpfree.graph.Parameter;
import org.bpfree.graph.Pass;
import org.bpfree.model.LayerSettings;
import org.bpfree.random.RandomStream;
import org.bpfree.tensor.Arena;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;
import org.bpfree.testing.Yaml;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Linear networks, whose errors and updates are matrix products that are easily written down. */
@DisplayName("A sweep of errors")
class ErrorSweepTest {
    private static final int IMAGES = 2;

    private final List<String> order = new ArrayList<>();
    private final Map<Parameter, Tensor> updates = new HashMap<>();
    private Bench bench;
    private Tensor outputError;
    private Errors errors;

    /** Makes a network of two pixels and two classes, and weights by their values, row by row. */
    private void network(String layers, Map<String, double[]> weights) {
        bench = Bench.of(
                Shape.of(1, 2, 1),
                2,
                IMAGES,
                layers.lines()
                        .map(line -> Yaml.settings(LayerSettings.class, line))
                        .toArray(LayerSettings[]::new));
        bench.batch.images().write(new double[] {1, 2, 3, 5});
        for (Parameter parameter : bench.graph.parameters()) {
            bench.parameters.get(parameter).write(weights.get(parameter.key()));
            updates.put(
                    parameter, Tensor.zeros(Precision.FLOAT64, parameter.spec().shape()));
        }
        outputError = Tensor.of(Precision.FLOAT64, Shape.of(IMAGES, 2), 1, -1, 2, 0);
    }

    private class Rule implements ErrorSweep.Rule {
        @Override
        public Tensor update(Parameter parameter) {
            return updates.get(parameter);
        }

        @Override
        public Tensor feedback(Parameter parameter) {
            return bench.parameters.get(parameter);
        }

        @Override
        public Routine backward(Node node, Pass pass, Kernel.Wiring wiring) {
            order.add(node.name());
            return pass.kernel(node).backward(wiring);
        }
    }

    private void sweep(boolean sharing, ErrorSweep.Rule rule) {
        Arena arena = sharing ? Arena.sharing(Precision.FLOAT64) : new Arena(Precision.FLOAT64);
        errors = sweep(arena, IMAGES, rule);
    }

    /** The errors of a sweep over the first images, after it ran twice. */
    private Errors sweep(Arena arena, int images, ErrorSweep.Rule rule) {
        Pass pass = new Pass(
                bench.graph,
                bench.parameters,
                bench.batch.images().first(images),
                Kernel.Mode.TRAIN,
                arena,
                purpose -> RandomStream.of(1, purpose));
        Errors found = new Errors(pass, arena);
        found.output().copyFrom(outputError.first(images));
        Routine sweep = ErrorSweep.bind(pass, found, rule);
        for (int run = 0; run < 2; run++) { // nothing may be left over from the first
            pass.forward();
            sweep.run();
        }
        return found;
    }

    private double[] update(String key) {
        return updates.entrySet().stream()
                .filter(entry -> entry.getKey().key().equals(key))
                .findFirst()
                .orElseThrow()
                .getValue()
                .toDoubles();
    }

    private static final String CHAIN = """
            {type: flatten}
            {type: dense, units: 2, bias: false, name: a}
            {type: dense, units: 2, bias: false, name: b}
            """;
    private static final Map<String, double[]> WEIGHTS =
            Map.of("a/weights", new double[] {1, 0, 1, 1}, "b/weights", new double[] {2, 1, 0, 3});

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("goes from the output down, and gives each weight its error times its input")
    void chain(boolean sharing) {
        network(CHAIN, WEIGHTS);
        sweep(sharing, new Rule());
        assertThat(order).containsExactly("b", "a");
        // h = (1, 3), (3, 8); e = (1, -1), (2, 0); B' e = (2, -2), (4, 2)
        assertThat(update("b/weights")).containsExactly(1 + 2 * 3, 3 + 2 * 8, -1, -3);
        assertThat(update("a/weights")).containsExactly(2 + 4 * 3, 4 + 4 * 5, -2 + 2 * 3, -4 + 2 * 5);
        assertThat(errors.output().toDoubles()).containsExactly(1, -1, 2, 0);
    }

    @Test
    @DisplayName("sends errors through what stands in for weights; the update of a layer is of its own error still")
    void standIns() {
        network(CHAIN, WEIGHTS);
        Tensor ones = Tensor.of(Precision.FLOAT64, Shape.of(2, 2), 1, 1, 1, 1);
        sweep(false, new Rule() {
            @Override
            public Tensor feedback(Parameter parameter) {
                return ones;
            }
        });
        assertThat(update("b/weights")).containsExactly(7, 19, -1, -3);
        // ones' e = (0, 0), (2, 2)
        assertThat(update("a/weights")).containsExactly(6, 10, 6, 10);
    }

    @Test
    @DisplayName("ends where nothing below is trained, unless the error of the images is meant")
    void whereItEnds() {
        network(CHAIN, WEIGHTS);
        updates.keySet().removeIf(parameter -> parameter.key().equals("a/weights"));
        sweep(false, new Rule());
        assertThat(order).containsExactly("b");
        assertThat(errors.of(bench.graph.input())).isEmpty();
        order.clear();
        sweep(false, new Rule() {
            @Override
            public boolean reachesImages() {
                return true;
            }
        });
        assertThat(order).containsExactly("b", "a", "flatten1");
        // A' B' e = A' (2, -2), A' (4, 2)
        assertThat(errors.of(bench.graph.input()).orElseThrow().toDoubles()).containsExactly(0, -2, 6, 2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("adds up the errors of all readers, sums among them, and all uses of shared weights")
    void readersAndUses(boolean sharing) {
        network("""
                {type: flatten}
                {type: dense, units: 2, bias: false, name: a}
                {type: dense, units: 2, bias: false, name: b}
                {type: dense, units: 2, bias: false, name: c, share: b, inputs: [a]}
                {type: add, inputs: [a, b, c, a]}
                """, WEIGHTS);
        sweep(sharing, new Rule());
        // b and c get e and give B' e each; a gets e twice besides.
        assertThat(update("b/weights")).containsExactly(14, 38, -2, -6);
        // 2 B' e + 2 e = (6, -6), (12, 4)
        assertThat(update("a/weights")).containsExactly(6 + 12 * 3, 12 + 12 * 5, -6 + 4 * 3, -12 + 4 * 5);
    }

    @Test
    @DisplayName("tells every error it kept by the name of its node")
    void names() {
        network(CHAIN, WEIGHTS);
        sweep(false, new Rule());
        Map<String, Tensor> byName = errors.byName();
        assertThat(byName).containsOnlyKeys("a", "b");
        assertThat(byName.get("a").toDoubles()).containsExactly(2, -2, 4, 2);
    }

    @Test
    @DisplayName("tells the error of a view's input, in the memory of the view's own")
    void views() {
        network(CHAIN, WEIGHTS);
        sweep(false, new Rule() {
            @Override
            public boolean reachesImages() {
                return true;
            }
        });
        Tensor images = errors.of(bench.graph.input()).orElseThrow();
        assertThat(images.shape()).isEqualTo(Shape.of(IMAGES, 1, 2, 1));
        assertThat(images.sharesMemoryWith(errors.byName().get("flatten1"))).isTrue();
    }

    @Test
    @DisplayName("of which two share an arena leaves the errors of each to be told by its own object")
    void twoBatchSizes() {
        network(CHAIN, WEIGHTS);
        Arena arena = new Arena(Precision.FLOAT64);
        Errors small = sweep(arena, 1, new Rule());
        Errors large = sweep(arena, IMAGES, new Rule()); // for which the arena takes new memory
        Tensor error = small.of(node("a")).orElseThrow();
        assertThat(error.shape()).isEqualTo(Shape.of(1, 2));
        assertThat(error.toDoubles()).containsExactly(2, -2);
        assertThat(large.of(node("a")).orElseThrow().toDoubles()).containsExactly(2, -2, 4, 2);
        assertThat(error.toDoubles()).containsExactly(2, -2);
    }

    private Node node(String name) {
        return bench.graph.nodes().stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @DisplayName("tells no error but the output's where memory is shared, but for those a learner asked a tensor for")
    void sharing() {
        network(CHAIN, WEIGHTS);
        sweep(true, new Rule());
        assertThat(errors.byName()).containsOnlyKeys("b");
        assertThat(errors.of(node("a"))).isEmpty();
        Tensor own = errors.make(node("a"));
        assertThat(errors.make(node("a"))).isSameAs(own);
        assertThat(errors.byName()).containsOnlyKeys("a", "b");
        assertThat(errors.make(node("b"))).isSameAs(errors.output());
    }
}
