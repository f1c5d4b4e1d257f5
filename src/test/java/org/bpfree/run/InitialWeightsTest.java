package org.bpfree.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.bpfree.failure.Failure;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Parameter;
import org.bpfree.graph.Parameters;
import org.bpfree.learn.Bench;
import org.bpfree.learn.Layers;
import org.bpfree.measure.NumpyArchive;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("First values from a NumPy archive")
class InitialWeightsTest {
    private static final String WEIGHTS = "parameter/dense1/weights";
    private static final Shape SHAPE = Shape.of(2, 3);

    @TempDir
    private Path folder;

    private final Graph graph = Bench.graph(Shape.of(1, 3, 1), 2, Layers.flatten(), Layers.dense(2));
    private final NumpyArchive archive = new NumpyArchive();
    private Parameters parameters;

    @BeforeEach
    void draw() {
        parameters = Parameters.initialize(graph.parameters(), Precision.FLOAT32, 1);
    }

    private void load() {
        Path file = folder.resolve("first.npz");
        archive.write(file);
        new InitialWeights(file).load(parameters);
    }

    @Test
    @DisplayName("replace those drawn, whatever else a trace holds")
    void replaced() {
        archive.add(WEIGHTS, Tensor.of(Precision.FLOAT64, SHAPE, 1, 2, 3, 4, 5, 6));
        archive.add("labels", new int[] {7}, 1);
        load();
        Parameter weights = graph.parameters().iterator().next();
        assertThat(parameters.get(weights).toDoubles()).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    @DisplayName("must fit into the precision of the network")
    void tooLarge() {
        archive.add(WEIGHTS, Tensor.of(Precision.FLOAT64, SHAPE, 1, 2, -1e39, 4, 5, 6));
        assertThatThrownBy(this::load)
                .isInstanceOf(Failure.class)
                .hasMessageContaining(WEIGHTS + " 2x3: holds numbers beyond float32, whose largest is 3.4028235E38")
                .satisfies(failure -> assertThat(((Failure) failure).kind()).isEqualTo(Failure.Kind.USAGE));
    }

    @Test
    @DisplayName("must have a name that trace or export gives")
    void foreign() {
        archive.add(WEIGHTS, Tensor.of(Precision.FLOAT32, SHAPE, 1, 2, 3, 4, 5, 6));
        archive.add("dense1/weights", Tensor.of(Precision.FLOAT32, SHAPE, 1, 2, 3, 4, 5, 6));
        assertThatThrownBy(this::load)
                .isInstanceOf(Failure.class)
                .hasMessageContaining("no tensor is named dense1/weights");
    }

    @Test
    @DisplayName("must be finite")
    void finite() {
        archive.add(WEIGHTS, Tensor.of(Precision.FLOAT32, SHAPE, 1, 2, 3, 4, Double.NaN, 6));
        assertThatThrownBy(this::load)
                .isInstanceOf(Failure.class)
                .hasMessageContaining(WEIGHTS)
                .hasMessageContaining("NaN or infinity");
    }

    @Test
    @DisplayName("must have the shape of the tensor")
    void shape() {
        archive.add(WEIGHTS, Tensor.of(Precision.FLOAT32, Shape.of(3, 2), 1, 2, 3, 4, 5, 6));
        assertThatThrownBy(this::load).isInstanceOf(Failure.class).hasMessageContaining("must be " + SHAPE);
    }

    @Test
    @DisplayName("must be floating-point numbers, and are not left out when they are others")
    void type() {
        archive.add(WEIGHTS, new int[] {1, 2, 3}, 3);
        assertThatThrownBy(this::load)
                .isInstanceOf(Failure.class)
                .hasMessageContaining(WEIGHTS)
                .hasMessageContaining("float32 or float64");
    }
}
