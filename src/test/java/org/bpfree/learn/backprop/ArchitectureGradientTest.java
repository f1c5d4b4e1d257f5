package org.bpfree.learn.backprop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bpfree.graph.LossFunction;
import org.bpfree.learn.Bench;
import org.bpfree.learn.FiniteDifferences;
import org.bpfree.learn.Vectors;
import org.bpfree.model.ArchitectureSettings;
import org.bpfree.model.ConvolutionalNetworks;
import org.bpfree.model.LayerSettings;
import org.bpfree.model.SequenceNetworks;
import org.bpfree.model.ShortcutLayers;
import org.bpfree.settings.TypeName;
import org.bpfree.tensor.ActivationFunction;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Shape;
import org.bpfree.testing.Losses;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Every architecture, made small")
class ArchitectureGradientTest {
    private static final int CLASSES = 3;
    private static final int IMAGES = 4;

    /** Smooth non-linearities: a kink within a difference would tell nothing. */
    static Stream<ArchitectureSettings> architectures() {
        ActivationFunction tanh = ActivationFunction.TANH;
        return Stream.of(
                new ArchitectureSettings.Mlp(List.of(6, 5), tanh),
                new ArchitectureSettings.ResidualMlp(5, 6, tanh),
                new ArchitectureSettings.Lenet(tanh),
                new ArchitectureSettings.Vgg5(tanh, List.of(2, 3, 4, 4)),
                new ConvolutionalNetworks.Vgg7(tanh, 2),
                new ConvolutionalNetworks.AlexNet(tanh, 1, 0.3),
                new ArchitectureSettings.Ekdaa(tanh),
                new ArchitectureSettings.ResNet20(tanh),
                new ArchitectureSettings.ResNet20(tanh, ShortcutLayers.Shortcut.PADDED),
                new ConvolutionalNetworks.ResNet18(tanh, 2),
                new SequenceNetworks.RowRnn(5, tanh),
                new SequenceNetworks.VitTiny(4, 8, 2, 2, 2));
    }

    /** The smallest images that leave something for every layer to do. */
    private static Shape image(ArchitectureSettings architecture) {
        if (architecture instanceof ArchitectureSettings.Lenet) {
            return Shape.of(28, 28, 1);
        }
        boolean pools = architecture instanceof ArchitectureSettings.Vgg5
                || architecture instanceof ConvolutionalNetworks.Vgg7
                || architecture instanceof ConvolutionalNetworks.AlexNet;
        return pools ? Shape.of(16, 16, 2) : Shape.of(8, 8, 1);
    }

    private static Bench bench(ArchitectureSettings architecture, Precision precision, LossFunction loss) {
        Shape image = image(architecture);
        LayerSettings[] layers = architecture.layers(image, CLASSES).toArray(LayerSettings[]::new);
        return Bench.of(precision, loss, image, CLASSES, IMAGES, layers);
    }

    @Test
    @DisplayName("is in this test")
    void noneIsForgotten() {
        assertThat(architectures().map(ArchitectureSettings::getClass))
                .hasSameElementsAs(Arrays.stream(ArchitectureSettings.class.getPermittedSubclasses())
                        .map(variant ->
                                (Class<? extends ArchitectureSettings>) variant.asSubclass(ArchitectureSettings.class))
                        .toList());
        assertThat(architectures()).allMatch(settings -> settings.getClass().isAnnotationPresent(TypeName.class));
    }

    @ParameterizedTest
    @MethodSource("architectures")
    @DisplayName("learns by the derivatives of the loss, by central differences in double precision")
    void updatesAreDerivatives(ArchitectureSettings architecture) {
        for (LossFunction loss : Losses.ALL) {
            Bench bench = bench(architecture, Precision.FLOAT64, loss);
            BackpropLearner learner = new BackpropLearner(bench.context());
            assertThat(FiniteDifferences.worstDirection(bench, learner, 1)).isLessThan(1e-6);
        }
    }

    @Test
    @DisplayName("negative control: updates that are 0.01 % too large are told from derivatives")
    void aWrongGradientIsNoticed() {
        Bench bench = bench(new SequenceNetworks.VitTiny(4, 8, 2, 2, 2), Precision.FLOAT64, LossFunction.CROSS_ENTROPY);
        BackpropLearner learner = new BackpropLearner(bench.context());
        assertThat(FiniteDifferences.worstDirection(bench, learner, 1.0001)).isGreaterThan(1e-5);
    }

    @ParameterizedTest
    @MethodSource("architectures")
    @DisplayName("has the same updates in single precision, up to rounding")
    void singlePrecisionAgrees(ArchitectureSettings architecture) {
        Map<String, double[]> exact = updates(architecture, Precision.FLOAT64);
        Map<String, double[]> rounded = updates(architecture, Precision.FLOAT32);
        assertThat(rounded.keySet()).isEqualTo(exact.keySet());
        exact.forEach((name, update) -> assertThat(Vectors.relativeDifference(rounded.get(name), update))
                .as(name)
                .isLessThan(2e-3));
    }

    private static Map<String, double[]> updates(ArchitectureSettings architecture, Precision precision) {
        Bench bench = bench(architecture, precision, LossFunction.CROSS_ENTROPY);
        return Bench.updates(new BackpropLearner(bench.context()), bench.batch);
    }
}
