package org.bpfree.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bpfree.experiment.ResolvedYaml.Difference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResolvedYamlTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "seed=-3",
                "optimizer={type: rmsprop, learningRate: 3.0e-300, epsilon: 1e-30}",
                "optimizer.schedule={type: step, epochs: [3, 5]}",
                "training.earlyStopping={metric: validation-loss, patience: 2}",
                "model.layers.0.name='null'",
                "model.layers.0.name='it''s: # odd {x}'",
                "model.layers.0.name=\"tab\\t \\\" \\\\ \\u0001 end\"",
                "model.layers.0.name='1e3'",
                "model.layers.0.name=ünïcode",
                "model.layers.0.inputs=[a, 'b, c', yes]",
                "model={architecture: {type: mlp, hidden: []}}"
            })
    void readsBackToAnEqualExperiment(String override) {
        Experiment experiment = Samples.experiment(Samples.COMPLETE, override);

        String printed = ResolvedYaml.print(experiment);

        assertThat(Samples.experiment(printed)).isEqualTo(experiment);
        assertThat(ResolvedYaml.print(Samples.experiment(printed))).isEqualTo(printed);
    }

    @Test
    void tellsWhereValuesComeFrom() {
        LoadedExperiment loaded =
                Samples.loader().read("folder/exp.yaml", Samples.COMPLETE, List.of("learner.beta=0.5"));

        assertThat(ResolvedYaml.printWithOrigins(loaded)).contains("""
                learner:
                  type: ekdaa                               # exp.yaml:15
                  mode: clean                               # default
                  beta: 0.5                                 # --set
                  gamma: 0.1                                # exp.yaml:15
                  errorKernels: transposed                  # default
                """);
        assertThat(Samples.experiment(ResolvedYaml.printWithOrigins(loaded))).isEqualTo(loaded.experiment());
    }

    @Test
    void theHashDependsOnMeaningAlone() {
        String other = "# comment\n" + Samples.SMALLEST.replace("{type: adam}", "{type: adam, learningRate: 1e-3}");

        assertThat(hash(Samples.SMALLEST)).matches("[0-9a-f]{64}").isEqualTo(hash(other));
        assertThat(hash(Samples.SMALLEST)).isNotEqualTo(hash(Samples.SMALLEST.replace("lenet", "vgg-5")));
    }

    @Test
    void listsDifferences() {
        Experiment before = Samples.experiment(Samples.COMPLETE);
        Experiment after =
                Samples.experiment(Samples.COMPLETE, "learner={type: backprop}", "model.layers.0.filters=32");

        assertThat(ResolvedYaml.diff(before, before)).isEmpty();
        assertThat(ResolvedYaml.diff(before, after))
                .containsExactly(
                        new Difference("model.layers.0.filters", "64", "32"),
                        new Difference("learner.type", "ekdaa", "backprop"),
                        new Difference("learner.mode", "clean", "(absent)"),
                        new Difference("learner.beta", "0.9", "(absent)"),
                        new Difference("learner.gamma", "0.1", "(absent)"),
                        new Difference("learner.errorKernels", "transposed", "(absent)"),
                        new Difference("learner.displacement", "absolute", "(absent)"),
                        new Difference("learner.forward", "null", "(absent)"),
                        new Difference("learner.poolTarget", "null", "(absent)"));
    }

    private static String hash(String text) {
        return ResolvedYaml.configurationHash(Samples.experiment(text));
    }
}
