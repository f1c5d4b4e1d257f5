package org.bpfree.learn.gait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bpfree.learn.Layers.conv;
import static org.bpfree.learn.Layers.dense;
import static org.bpfree.learn.Layers.flatten;
import static org.bpfree.learn.Layers.maxPool;
import static org.bpfree.learn.Layers.tanh;

import java.util.List;
import org.bpfree.graph.LossFunction;
import org.bpfree.learn.Bench;
import org.bpfree.learn.ChosenLearner;
import org.bpfree.learn.Misfit;
import org.bpfree.model.BasicLayers;
import org.bpfree.model.InvertibleLayers;
import org.bpfree.model.JoinLayers;
import org.bpfree.model.LayerSettings;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Shape;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A network that targets cannot cross is refused with the layer and the reason")
class InvertibilityTest {
    private static List<Misfit> misfits(LayerSettings... layers) {
        return ChosenLearner.of(new TargetPropProvider(), new TargetPropSettings())
                .check(Bench.graph(Shape.of(4, 4, 2), 4, layers), LossFunction.CROSS_ENTROPY, Precision.FLOAT32)
                .misfits();
    }

    private static void assertRefuses(String node, String why, LayerSettings... layers) {
        assertThat(misfits(layers)).singleElement().satisfies(misfit -> {
            assertThat(misfit.node()).isEqualTo(node);
            assertThat(misfit.message()).contains(why);
        });
    }

    @Test
    void aPlainDenseLayerAboveAnother() {
        assertRefuses("dense2", "no inverse", flatten(), dense(8), SquareNets.leaky(), dense(4));
    }

    @Test
    void aPool() {
        assertRefuses(
                "max-pool1", "no inverse", conv(4), SquareNets.leaky(), maxPool(), flatten(), SquareNets.dense(4));
    }

    @Test
    void anActivationWithoutInverse() {
        assertRefuses("tanh1", "Use function: leaky-relu", flatten(), dense(8), tanh(), SquareNets.dense(4));
    }

    @Test
    void anActivationThatDoesNotFollowWeights() {
        assertRefuses(
                "leaky-relu2",
                "right after a layer with weights",
                flatten(),
                dense(8),
                SquareNets.leaky(),
                SquareNets.leaky(),
                SquareNets.dense(4));
    }

    @Test
    void aLayerThatIsReadTwice() {
        List<Misfit> found = misfits(
                flatten(),
                new LayerSettings(
                        "a",
                        List.of(),
                        new InvertibleLayers.SquareDense(0, 4, true, org.bpfree.graph.Initializer.ORTHOGONAL)),
                new LayerSettings("b", List.of("a"), new BasicLayers.Identity()),
                new LayerSettings("c", List.of("a"), new BasicLayers.Identity()),
                new LayerSettings("sum", List.of("b", "c"), new JoinLayers.Add()));
        assertThat(found).extracting(Misfit::node).containsExactly("a", "sum");
        assertThat(found.get(0).message()).contains("read by 2 layers");
    }

    @Test
    @DisplayName("but the first layer with weights may be of any type, and anything may lie below it")
    void theFirstLayerIsNeverInverted() {
        assertThat(misfits(maxPool(), conv(5), SquareNets.leaky(), flatten(), SquareNets.dense(4)))
                .isEmpty();
    }
}
