package org.bpfree.e2e;

/** Experiment files of the tests. */
final class Experiments {
    private Experiments() {}

    /**
     * A few seconds of training with everything that has state: batch statistics, dropout, augmentation, Adam, a schedule, probes,
     * validation with a best checkpoint, and a last batch of 24 images (280 = 8 * 32 + 24).
     */
    static String stateful(String learner) {
        return """
                name: stateful
                seed: 3
                data:
                  dataset: synthetic
                  synthetic: {size: 12, channels: 1, train: 330, test: 60}
                  validation: 50
                  augment: {flip: true, crop: 1}
                model:
                  layers:
                    - {type: conv, filters: 8, kernel: 3}
                    - {type: batch-norm}
                    - {type: activation, function: tanh}
                    - {type: max-pool, size: 2}
                    - {type: dropout, rate: 0.2}
                    - {type: flatten}
                    - {type: dense, units: 10}
                loss: cross-entropy
                learner: {type: LEARNER}
                optimizer: {type: adam, learningRate: 0.01, schedule: {type: cosine, warmup: 1}}
                training: {epochs: 40, batchSize: 32, checkpointEvery: 3}
                probes: {alignmentEvery: 2}
                """.replace("LEARNER", learner);
    }

    /** As little as can be trained. */
    static String tiny() {
        return """
                name: tiny
                seed: 1
                data: {dataset: synthetic, synthetic: {size: 8, train: 60, test: 20}}
                model: {layers: [{type: flatten}, {type: dense, units: 10}]}
                learner: {type: backprop}
                optimizer: {type: sgd, learningRate: 0.1}
                training: {epochs: 2, batchSize: 20}
                """;
    }

    /** A convolutional network small enough for any dataset of the catalogue. */
    static String on(String dataset) {
        return """
                name: on-DATASET
                seed: 1
                data: {dataset: DATASET}
                model:
                  layers:
                    - {type: conv, filters: 4, kernel: 3, stride: 2}
                    - {type: activation, function: tanh}
                    - {type: flatten}
                    - {type: dense, units: 10}
                learner: {type: ekdaa}
                optimizer: {type: sgd, learningRate: 0.05}
                training: {epochs: 1, batchSize: 25}
                """.replace("DATASET", dataset);
    }
}
