package org.bpfree.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import org.bpfree.learn.LearnerSettings;
import org.bpfree.model.LayerKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One test a kind of problem: the text of the message is what users see, so it is tested to the letter. */
class ProblemMessagesTest {
    private static final String LAYER_TYPES =
            String.join(", ", InstalledTypes.find().variants(LayerKind.class).keySet());
    private static final String LEARNERS = String.join(
            ", ", InstalledTypes.find().variants(LearnerSettings.class).keySet());

    private static String change(String from, String to) {
        assertThat(Samples.COMPLETE).contains(from);
        return Samples.problems(Samples.COMPLETE.replace(from, to));
    }

    @Test
    void unknownKeyWithANearName() {
        assertThat(change("beta: 0.9", "betta: 0.9")).isEqualTo("""
                1 problem in exp.yaml
                exp.yaml:15:24: learner.betta: unknown key. Known here: type, mode, beta, gamma, errorKernels, displacement, forward, poolTarget. Did you mean 'beta'?
                    learner: {type: ekdaa, betta: 0.9, gamma: 0.1}
                                           ^""");
    }

    @Test
    void unknownKeyThatBelongsToAnotherBlock() {
        assertThat(change("seed: 1", "alignmentEvery: 1")).isEqualTo("""
                1 problem in exp.yaml
                exp.yaml:2:1: alignmentEvery: unknown key. Known here: name, seed, data, model, loss, learner, optimizer, \
                training, probes, orthogonality. It belongs to probes.
                    alignmentEvery: 1
                    ^""");
    }

    @Test
    void unknownKeyThatBelongsToAnotherType() {
        assertThat(change("momentum: 0.85", "beta1: 0.9")).isEqualTo("""
                1 problem in exp.yaml
                exp.yaml:16:46: optimizer.beta1: unknown key. Known here: type, learningRate, momentum, nesterov, batchManhattan, \
                noSignChange, momentumForm, weightDecay, clipNorm, schedule, weightLimit. It belongs to type adam, adamw, lion, but this is type sgd.
                    optimizer: {type: sgd, learningRate: 1.0e-3, beta1: 0.9}
                                                                 ^""");
    }

    @Test
    void duplicateKey() {
        assertThat(change("seed: 1", "seed: 1\nseed: 2")).isEqualTo("""
                1 problem in exp.yaml
                exp.yaml:3:1: seed: is given twice, first above (line 2). Keep one of them.
                    seed: 2
                    ^""");
    }

    @Test
    void missingKeyOfABlock() {
        assertThat(change("epochs: 50, ", "")).isEqualTo("""
                1 problem in exp.yaml
                exp.yaml:17:11: training.epochs: is missing, expected a whole number, at least 1.
                    training: {batchSize: 50}
                              ^""");
    }

    @Test
    void missingType() {
        assertThat(change("{type: flatten}", "{name: flat}")).isEqualTo("""
                1 problem in exp.yaml
                exp.yaml:12:7: model.layers.3.type: is missing, expected one of %s.
                        - {name: flat}
                          ^""".formatted(LAYER_TYPES));
    }

    @Test
    void keyWithoutAValue() {
        assertThat(change("learner: {type: ekdaa, beta: 0.9, gamma: 0.1}", "learner:"))
                .isEqualTo("""
                1 problem in exp.yaml
                exp.yaml:15:1: learner: has no value, expected a block with the key 'type', one of %s.
                    learner:
                    ^""".formatted(LEARNERS));
    }

    @Test
    void nullWhereAValueIsNeeded() {
        assertThat(change("seed: 1", "seed: null")).isEqualTo("""
                1 problem in exp.yaml
                exp.yaml:2:7: seed: cannot be null, expected a whole number.
                    seed: null
                          ^""");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.5", "1e3", "many", "0x10", "99999999999", "true", "٣"})
    void notAWholeNumber(String text) {
        assertThat(change("epochs: 50", "epochs: " + text)).startsWith("""
                1 problem in exp.yaml
                exp.yaml:17:20: training.epochs: '%s' is not allowed, expected a whole number, at least 1.
                """.formatted(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {".nan", ".inf", "1e999", "1f", "0x1p3", "high", "1_000"})
    void notANumber(String text) {
        assertThat(change("momentum: 0.85", "momentum: " + text)).startsWith("""
                1 problem in exp.yaml
                exp.yaml:16:56: optimizer.momentum: '%s' is not allowed, expected a number, at least 0 and below 1.
                """.formatted(text));
    }

    @Test
    void numberInQuotes() {
        assertThat(change("size: 2", "size: '2'")).isEqualTo("""
                1 problem in exp.yaml
                exp.yaml:11:30: model.layers.2.size: '2' in quotes is a text, expected a whole number, at least 1. Remove the quotes.
                        - {type: max-pool, size: '2'}
                                                 ^""");
    }

    @Test
    void notATruthValue() {
        assertThat(change("flip: true", "flip: yes")).isEqualTo("""
                1 problem in exp.yaml
                exp.yaml:6:19: data.augment.flip: 'yes' is not allowed, expected true or false.
                      augment: {flip: yes, crop: 4}
                                      ^""");
    }

    @Test
    void outOfRange() {
        assertThat(change("filters: 64", "filters: 0")).isEqualTo("""
                1 problem in exp.yaml
                exp.yaml:9:29: model.layers.0.filters: 0 is out of range, expected a whole number, at least 1.
                        - {type: conv, filters: 0, kernel: 3}
                                                ^""");
    }

    @Test
    void rangeWithoutItsLimit() {
        assertThat(change("momentum: 0.85", "momentum: 1"))
                .contains("1 is out of range, expected a number, at least 0 and below 1.");
        assertThat(change("learningRate: 1.0e-3", "learningRate: 0"))
                .contains("0 is out of range, expected a number, above 0.");
    }

    @Test
    void rangeOfTheElementsOfAList() {
        assertThat(Samples.problems(Samples.SMALLEST.replace("{type: lenet}", "{type: mlp, hidden: [8, 0]}")))
                .isEqualTo("""
                1 problem in exp.yaml
                exp.yaml:3:47: model.architecture.hidden.1: 0 is out of range, expected a whole number, at least 1.
                    model: {architecture: {type: mlp, hidden: [8, 0]}}
                                                                  ^""");
    }

    @Test
    void unknownConstant() {
        assertThat(change("cifar-10\n  validation", "ciphar-10\n  validation")).isEqualTo("""
                1 problem in exp.yaml
                exp.yaml:4:12: data.dataset: 'ciphar-10' is not allowed, expected one of mnist, fashion-mnist, cifar-10, cifar-100, svhn,\
                 kmnist, emnist-letters, emnist-balanced, tiny-imagenet, synthetic. Did you mean 'cifar-10' or\
                 'cifar-100'?
                      dataset: ciphar-10
                               ^""");
    }

    @Test
    void constantThatNeedsSettings() {
        assertThat(change("cifar-10\n  validation", "cifar\n  validation"))
                .contains("data.dataset: 'cifar' needs settings of its own, expected {cifar: ...} with cifar."
                        + " Did you mean 'cifar-10'");
    }

    @Test
    void constantInJavaSpelling() {
        assertThat(change("dataset: cifar-10", "dataset: FASHION_MNIST")).contains("Did you mean 'fashion-mnist'?");
    }

    @Test
    void unknownType() {
        assertThat(change("type: ekdaa", "type: ekda")).isEqualTo("""
                1 problem in exp.yaml
                exp.yaml:15:17: learner.type: 'ekda' is unknown, expected one of %s. Did you mean 'ekdaa'?
                    learner: {type: ekda, beta: 0.9, gamma: 0.1}
                                    ^""".formatted(LEARNERS));
    }

    @Test
    void typeOfAnotherBlock() {
        assertThat(change("type: sgd", "type: cosine")).isEqualTo("""
                1 problem in exp.yaml
                exp.yaml:16:19: optimizer.type: 'cosine' is unknown, expected one of sgd, rmsprop, adam, adamw, lion. \
                'cosine' is a type of optimizer.schedule.
                    optimizer: {type: cosine, learningRate: 1.0e-3, momentum: 0.85}
                                      ^""");
    }

    @Test
    void typeNameInPlaceOfABlock() {
        assertThat(change("{type: flatten}", "flatten")).isEqualTo("""
                1 problem in exp.yaml
                exp.yaml:12:7: model.layers.3: 'flatten' is a single value (write {type: flatten}), expected a block with the key \
                'type', one of %s.
                        - flatten
                          ^""".formatted(LAYER_TYPES));
    }

    @Test
    void listInPlaceOfANumber() {
        assertThat(change("kernel: 3", "kernel: [3, 3]")).isEqualTo("""
                1 problem in exp.yaml
                exp.yaml:9:41: model.layers.0.kernel: a list is not allowed here, expected a whole number, at least 1.
                        - {type: conv, filters: 64, kernel: [3, 3]}
                                                            ^""");
    }

    @Test
    void numberInPlaceOfAList() {
        assertThat(Samples.problems(Samples.SMALLEST.replace("{type: lenet}", "{type: mlp, hidden: 8}")))
                .isEqualTo("""
                1 problem in exp.yaml
                exp.yaml:3:43: model.architecture.hidden: '8' is not a list, expected a list, each a whole number, at least 1.
                    model: {architecture: {type: mlp, hidden: 8}}
                                                              ^""");
    }

    @Test
    void valuesThatDoNotGoTogether() {
        assertThat(change("{type: flatten}", "{type: add, inputs: [a]}")).isEqualTo("""
                1 problem in exp.yaml
                exp.yaml:12:27: model.layers.3.inputs: joins 1 layer(s), but needs at least 2. Name the layers to join.
                        - {type: add, inputs: [a]}
                                              ^""");
    }

    @Test
    void settingLeftOutIsShownAtItsBlock() {
        assertThat(Samples.problems(Samples.SMALLEST.replace("{architecture: {type: lenet}}", "{}")))
                .isEqualTo("""
                1 problem in exp.yaml
                exp.yaml:3:8: model.layers: the network is missing. Give 'layers' (a list) or 'architecture' (for example {type: lenet}).
                    model: {}
                           ^""");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "..", ".hidden", "'a b'", "''", "'end.'", "NUL", "com1.txt"})
    void nameThatIsNoFolder(String name) {
        String shown = name.replace("'", "");
        assertThat(change("ekdaa-cifar10", name)).startsWith("""
                1 problem in exp.yaml
                exp.yaml:1:7: name: '%s' cannot be the name of a folder. Use up to 100 letters, digits, '-', '+', '_' and '.', \
                beginning with a letter or digit and not ending with '.'.
                """.formatted(shown));
    }

    @Test
    void manyProblemsAreSortedByPosition() {
        String text = Samples.COMPLETE
                .replace("epochs: 50", "epochs: none")
                .replace("seed: 1", "seeed: 1")
                .replace("beta: 0.9", "beta: -1")
                .replace("filters: 64", "filtres: 64");

        assertThat(Samples.problems(text, "loss=hinge").lines().filter(line -> !line.startsWith("    ")))
                .containsExactly(
                        "6 problems in exp.yaml",
                        "exp.yaml:2:1: seeed: unknown key. Known here: name, seed, data, model, loss, learner, optimizer, training, probes, orthogonality."
                                + " Did you mean 'seed'?",
                        "exp.yaml:9:7: model.layers.0.filters: is missing, expected a whole number, at least 1.",
                        "exp.yaml:9:20: model.layers.0.filtres: unknown key. Known here: type, name, inputs, filters, kernel, stride, padding,"
                                + " bias, initializer, initialScale, biasInitializer, share. Did you mean 'filters'?",
                        "exp.yaml:15:30: learner.beta: -1 is out of range, expected a number, above 0.",
                        "exp.yaml:17:20: training.epochs: 'none' is not allowed, expected a whole number, at least 1.",
                        "--set loss: 'hinge' is not allowed, expected one of cross-entropy, squared-error, binary-cross-entropy.");
    }
}
