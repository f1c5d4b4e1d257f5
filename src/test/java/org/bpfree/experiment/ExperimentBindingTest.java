package org.bpfree.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.bpfree.data.DataSettings;
import org.bpfree.data.DataSettings.Augmentation;
import org.bpfree.data.DataSettings.Normalization;
import org.bpfree.data.DataSettings.Synthetic;
import org.bpfree.data.catalogue.BuiltInDatasets;
import org.bpfree.graph.Initializer;
import org.bpfree.graph.LossFunction;
import org.bpfree.learn.backprop.BackpropSettings;
import org.bpfree.learn.ekdaa.EkdaaSettings;
import org.bpfree.model.ArchitectureSettings;
import org.bpfree.model.BasicLayers;
import org.bpfree.model.LayerSettings;
import org.bpfree.model.ModelSettings;
import org.bpfree.model.Padding;
import org.bpfree.tensor.ActivationFunction;
import org.bpfree.tensor.Precision;
import org.bpfree.testing.Yaml;
import org.bpfree.train.OrthogonalitySettings;
import org.bpfree.train.ProbeSettings;
import org.bpfree.train.TrainingSettings;
import org.bpfree.train.TrainingSettings.EarlyStopping;
import org.bpfree.train.TrainingSettings.Metric;
import org.bpfree.train.TrainingSettings.Reduction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExperimentBindingTest {
    @Test
    void everyDefaultIsFilledIn() {
        // A change of a default changes what published files mean, so it has to change this test, too.
        assertThat(Samples.experiment(Samples.SMALLEST))
                .isEqualTo(new Experiment(
                        "small",
                        1,
                        new DataSettings(
                                new BuiltInDatasets.Mnist(),
                                0,
                                Normalization.CENTERED,
                                DataSettings.Order.AUTO,
                                new Augmentation(false, 0),
                                DataSettings.Limit.NONE,
                                0,
                                new Synthetic(16, 1, 5000, 1000)),
                        new ModelSettings(
                                List.of(), Optional.of(new ArchitectureSettings.Lenet(ActivationFunction.RELU))),
                        LossFunction.CROSS_ENTROPY,
                        new BackpropSettings(),
                        Yaml.optimizer("{type: adam, learningRate: 0.001}"),
                        new TrainingSettings(
                                1,
                                128,
                                Precision.FLOAT32,
                                Reduction.MEAN,
                                0,
                                false,
                                0,
                                1000,
                                Optional.empty(),
                                TrainingSettings.ClassWeights.NONE,
                                true),
                        new ProbeSettings(0, 0, 1e-6),
                        new OrthogonalitySettings(0, OrthogonalitySettings.Penalty.OFF_DIAGONAL)));
    }

    @Test
    void whatIsWrittenIsRead() {
        Experiment experiment = Samples.experiment(Samples.COMPLETE);

        assertThat(experiment.data().dataset()).isEqualTo(new BuiltInDatasets.Cifar10());
        assertThat(experiment.data().augment()).isEqualTo(new Augmentation(true, 4));
        assertThat(experiment.model().layers())
                .hasSize(5)
                .startsWith(new LayerSettings(new BasicLayers.Conv(
                        64, 3, 1, Padding.SAME, true, Initializer.GLOROT_UNIFORM, 1, Initializer.ZEROS)))
                .contains(new LayerSettings(new BasicLayers.Activation(ActivationFunction.TANH)));
        assertThat(experiment.learner())
                .isEqualTo(new EkdaaSettings(
                        EkdaaSettings.Mode.CLEAN,
                        0.9,
                        0.1,
                        EkdaaSettings.ErrorKernels.TRANSPOSED,
                        EkdaaSettings.Displacement.ABSOLUTE));
        assertThat(experiment.optimizer().learningRate()).isEqualTo(0.001);
        assertThat(experiment.probes().alignmentEvery()).isEqualTo(100);
    }

    @ParameterizedTest
    @CsvSource({"1e-3, 0.001", "1.0e-3, 0.001", "1E-3, 0.001", "1e3, 1000", "2, 2", "+.5, 0.5", "3., 3"})
    void numbersMayBeWrittenInAnyFormOfYaml(String text, double value) {
        assertThat(Samples.experiment(Samples.SMALLEST, "optimizer.learningRate=" + text)
                        .optimizer()
                        .learningRate())
                .isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({"-9223372036854775808", "9223372036854775807", "+7", "007"})
    void aSeedIsAnyLong(String text) {
        assertThat(Samples.experiment(Samples.SMALLEST, "seed=" + text).seed()).isEqualTo(Long.parseLong(text));
    }

    @Test
    void aNameOfDigitsIsAText() {
        assertThat(Samples.experiment(Samples.SMALLEST, "name=42").name()).isEqualTo("42");
    }

    @Test
    void anOptionalBlockMayBeNullOrGiven() {
        String stopping = "training={epochs: 9, earlyStopping: {patience: 3}}";

        assertThat(Samples.experiment(Samples.SMALLEST, "training.earlyStopping=null")
                        .training()
                        .earlyStopping())
                .isEmpty();
        assertThat(Samples.experiment(Samples.SMALLEST, stopping).training().earlyStopping())
                .contains(new EarlyStopping(Metric.VALIDATION_ACCURACY, 3, 0, 0));
    }

    @Test
    void aliasesRepeatTheirAnchor() {
        String text = Samples.SMALLEST.replace(
                "{architecture: {type: lenet}}", "{layers: [&dense {type: dense, units: 10}, *dense]}");

        List<LayerSettings> layers = Samples.experiment(text).model().layers();

        assertThat(layers).hasSize(2);
        assertThat(layers.get(0)).isEqualTo(layers.get(1));
    }

    @Test
    void windowsLineEndsAreFine() {
        assertThat(Samples.experiment(Samples.COMPLETE.replace("\n", "\r\n")))
                .isEqualTo(Samples.experiment(Samples.COMPLETE));
    }
}
