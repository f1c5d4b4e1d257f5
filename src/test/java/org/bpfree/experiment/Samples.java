package org.bpfree.experiment;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.bpfree.failure.Failure;

/** Experiment files for tests. */
final class Samples {
    /** Every block written down; line numbers matter to the tests. */
    static final String COMPLETE = """
            name: ekdaa-cifar10
            seed: 1
            data:
              dataset: cifar-10
              validation: 5000
              augment: {flip: true, crop: 4}
            model:
              layers:
                - {type: conv, filters: 64, kernel: 3}
                - {type: activation, function: tanh}
                - {type: max-pool, size: 2}
                - {type: flatten}
                - {type: dense, units: 10}
            loss: cross-entropy
            learner: {type: ekdaa, beta: 0.9, gamma: 0.1}
            optimizer: {type: sgd, learningRate: 1.0e-3, momentum: 0.85}
            training: {epochs: 50, batchSize: 50}
            probes: {alignmentEvery: 100}
            """;

    /** Only what is required. */
    static final String SMALLEST = """
            name: small
            data: {dataset: mnist}
            model: {architecture: {type: lenet}}
            learner: {type: backprop}
            optimizer: {type: adam}
            training: {epochs: 1}
            """;

    private Samples() {}

    static ExperimentLoader loader() {
        return new ExperimentLoader(InstalledTypes.find(), List.of());
    }

    static Experiment experiment(String text, String... overrides) {
        return loader().read("exp.yaml", text, List.of(overrides)).experiment();
    }

    /** The message a user sees. */
    static String problems(String text, String... overrides) {
        Failure failure = catchThrowableOfType(Failure.class, () -> experiment(text, overrides));
        return failure == null ? "no problem" : failure.getMessage();
    }
}
