package org.bpfree.measure.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** No false alarm: every learner with every setting that changes its rule, on every network it takes, from five seeds. */
@DisplayName("verify accepts")
class CorrectLearnersTest {
    private static final List<String> ANY = List.of("convolutional", "residual", "tokens", "shared");

    /** Networks that not every learner takes; a refusal of any other is a mistake in the list. */
    private static final List<String> MAY_REFUSE = List.of("residual", "tokens");

    @TempDir
    private Path folder;

    static Stream<Arguments> learners() {
        List<Arguments> learners = new ArrayList<>();
        add(
                learners,
                ANY,
                "backprop",
                "shallow",
                "z-il",
                "z-il, form: state",
                "z-il, schedule: full",
                "fa",
                "fa, clipErrors: 0.05, scale: 0.5",
                "usf",
                "usf, magnitude: strict",
                "usf, magnitude: norm-init, concordance: 0.8",
                "brsf",
                "frsf",
                "frsf, concordance: 0.7, constrainNorm: true",
                "kolen-pollack",
                "weight-mirror, warmup: 5, samples: 16",
                "dfa",
                "dfa, projection: convolution",
                "sdfa, clipErrors: 0.1",
                "drtp",
                "ekdaa",
                "ekdaa, errorKernels: random, beta: 0.3, gamma: 0.5",
                "ekdaa, displacement: relative, beta: 0.1",
                "predictive-coding",
                "predictive-coding, rounds: 5, inferenceRate: 0.3, inferenceMomentum: 0.5, states: nodes",
                "predictive-coding, predictions: fixed, inferenceRate: 0.5, rounds: 6",
                "predictive-coding, learning: forward, inferenceRate: 0.5, rounds: 4",
                "predictive-coding, learning: apart, inferenceRate: 0.3, rounds: 4",
                "predictive-coding, beta: 0.3",
                "incremental-pc, rounds: 4",
                "incremental-pc, rounds: 3, inferenceMomentum: 0.9, states: nodes");
        add(learners, List.of("shared"), "predictive-coding, variances: [0.5, 2, 1.5, 0.25], inferenceRate: 0.1");
        add(learners, List.of("smooth"), "z-il, schedule: full, firing: detected", "predictive-coding");
        add(learners, List.of("convolutional", "tokens", "shared"), "predictive-coding, states: pre-activations");
        add(
                learners,
                List.of("convolutional", "tokens"),
                "predictive-coding, beta: 0.3, nudging: negative",
                "predictive-coding, beta: 0.5, nudging: centred");
        add(learners, List.of("convolutional"), "shallow, frozen: convolutions");
        add(
                learners,
                List.of("pooled"),
                "ekdaa, mode: released",
                "ekdaa, mode: released, forward: activation",
                "ekdaa, mode: released, forward: activation, poolTarget: activation, errorKernels: random");
        add(learners, List.of("signs"), "ekdaa", "ekdaa, displacement: relative, beta: 0.1", "shallow");
        add(
                learners,
                List.of("invertible"),
                "gait-prop",
                "gait-prop, increment: fixed",
                "gait-prop, increment: fixed, gamma: 0.5",
                "gait-prop, gamma: 0.3",
                "gait-prop, increment: fixed, gamma: 0.4, outputTarget: half-gradient",
                "itp",
                "itp, increment: fixed, gamma: 0.4",
                "target-prop",
                "fa",
                "backprop");
        add(
                learners,
                List.of("spiking"),
                "spiking-backprop",
                "spiking-backprop, rule: surrogate",
                "spiking-backprop, rule: spike-timing, objective: {loss: count}",
                "spiking-backprop, rule: smooth, objective: {loss: softmax}",
                "spiking-microcircuit",
                "spiking-microcircuit, feedback: usf, neuron: {steps: 12}",
                "spiking-microcircuit, feedback: brsf, objective: {targetFilter: 2}",
                "spiking-microcircuit, feedback: fa, rule: spike-timing",
                "spiking-microcircuit, feedback: weights, daleSplit: true",
                "spiking-microcircuit, feedback: shallow",
                "spiking-microcircuit, causal: true");
        return learners.stream();
    }

    private static void add(List<Arguments> learners, List<String> networks, String... settings) {
        for (String setting : settings) {
            networks.forEach(network -> learners.add(Arguments.of(setting, network)));
        }
    }

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("learners")
    @DisplayName("a learner that is what it says")
    void acceptsFromFiveSeeds(String learner, String network) {
        Verify verify = new Verify(getClass().getClassLoader(), folder);
        for (int seed = 1; seed <= 5; seed++) {
            Verify.Outcome outcome = verify.run(network, "{type: " + learner + "}", "seed=" + seed);
            if (outcome.exitCode() == 2 && MAY_REFUSE.contains(network)) {
                assertThat(outcome.messages()).contains("model.layers");
                return; // the learner does not take this network, and says so
            }
            assertThat(outcome.broken())
                    .as("seed %d: %s", seed, outcome.messages())
                    .isEmpty();
            assertThat(outcome.exitCode()).as(outcome.messages()).isZero();
        }
    }
}
