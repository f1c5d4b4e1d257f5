package org.bpfree.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.bpfree.learn.backprop.BackpropSettings;
import org.bpfree.model.BasicLayers;
import org.bpfree.model.LayerSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverridesTest {
    @Test
    void replacesASingleValue() {
        assertThat(Samples.experiment(Samples.COMPLETE, "training.epochs=3")
                        .training()
                        .epochs())
                .isEqualTo(3);
    }

    @Test
    void theLastOneWins() {
        assertThat(Samples.experiment(Samples.COMPLETE, "seed=2", "seed=3").seed())
                .isEqualTo(3);
    }

    @Test
    void reachesIntoLists() {
        LayerSettings conv = Samples.experiment(Samples.COMPLETE, "model.layers.0.filters=7")
                .model()
                .layers()
                .get(0);

        assertThat(((BasicLayers.Conv) conv.kind()).filters()).isEqualTo(7);
    }

    @Test
    void addsWhatTheFileLeavesOut() {
        assertThat(Samples.experiment(Samples.SMALLEST, "data.augment.crop=2")
                        .data()
                        .augment()
                        .crop())
                .isEqualTo(2);
    }

    @Test
    void replacesAWholeBlockAndThenPartsOfIt() {
        assertThat(Samples.experiment(Samples.COMPLETE, "learner={type: backprop}")
                        .learner())
                .isEqualTo(new BackpropSettings());
        assertThat(Samples.experiment(Samples.COMPLETE, "training={epochs: 2}", "training.batchSize=9")
                        .training()
                        .batchSize())
                .isEqualTo(9);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "learner={type: backprop} | ekdaa-cifar10+backprop",
                "learner.type=fa          | ekdaa-cifar10+fa",
                "learner={type: ekdaa}    | ekdaa-cifar10",
                "learner.beta=0.5         | ekdaa-cifar10",
                "training.epochs=2        | ekdaa-cifar10",
            })
    void anotherLearnerThanTheFilesShowsInTheName(String override, String name) {
        String text = Samples.COMPLETE.replaceAll("(?m)^learner: .*$", "learner: {type: ekdaa}");

        assertThat(Samples.experiment(text, override).name()).isEqualTo(name);
    }

    @Test
    void aLoaderReadsManyFilesEachByItself() {
        ExperimentLoader loader = new ExperimentLoader(InstalledTypes.find(), List.of(new ModelCheck()));
        String ekdaa = Samples.COMPLETE.replace("cifar-10\n", "mnist\n").replace("5000", "55000");
        String backprop = ekdaa.replaceAll("(?m)^learner: .*$", "learner: {type: backprop}");
        String fewer = ekdaa.replace("dataset: mnist", "dataset: cifar-10");
        for (int round = 0; round < 2; round++) {
            assertThat(name(loader, ekdaa)).isEqualTo("ekdaa-cifar10+backprop");
            assertThat(name(loader, backprop)).isEqualTo("ekdaa-cifar10");
            // What is wrong is told each time, and by the sizes of the file's own dataset.
            assertThatThrownBy(() -> name(loader, fewer)).hasMessageContaining("has 50000");
            assertThatThrownBy(() -> name(loader, ekdaa + "seed: 1\n")).hasMessageContaining("is given twice");
        }
        assertThat(ResolvedYaml.print(loader.read("a", ekdaa, List.of()).experiment()))
                .isEqualTo(ResolvedYaml.print(Samples.experiment(ekdaa)));
    }

    private static String name(ExperimentLoader loader, String text) {
        return loader.read("a.yaml", text, List.of("learner={type: backprop}"))
                .experiment()
                .name();
    }

    @Test
    void aNameOfTheUsersOwnStaysAsItIs() {
        assertThat(Samples.experiment(Samples.COMPLETE, "name=mine", "learner={type: backprop}")
                        .name())
                .isEqualTo("mine");
    }

    @Test
    void aNameThatWouldBecomeTooLongLosesLettersOfItsOwn() {
        String text = Samples.COMPLETE.replaceAll("(?m)^name: .*$", "name: " + "x".repeat(100));

        assertThat(Samples.experiment(text, "learner={type: backprop}").name()).isEqualTo("x".repeat(91) + "+backprop");
    }

    @Test
    void givesWhatTheFileLacks() {
        String text = Samples.SMALLEST.replace("learner: {type: backprop}\n", "");

        assertThat(Samples.experiment(text, "learner.type=backprop").learner()).isEqualTo(new BackpropSettings());
    }

    @Test
    void anAliasIsChangedInOnePlaceOnly() {
        String text = Samples.SMALLEST.replace(
                "{architecture: {type: lenet}}", "{layers: [&dense {type: dense, units: 10}, *dense]}");

        assertThat(Samples.experiment(text, "model.layers.0.units=3").model().layers())
                .extracting(layer -> ((BasicLayers.Dense) layer.kind()).units())
                .containsExactly(3, 10);
    }

    @Test
    void unknownKey() {
        assertThat(Samples.problems(Samples.COMPLETE, "learner.betta=0.9")).isEqualTo("""
                1 problem in exp.yaml
                --set learner.betta: unknown key. Known here: type, mode, beta, gamma, errorKernels, displacement, forward, poolTarget. Did you mean 'beta'?
                    learner.betta=0.9
                            ^""");
    }

    @Test
    void unknownKeyInsideABlock() {
        assertThat(Samples.problems(Samples.COMPLETE, "learner={type: ekdaa, betta: 0.9}"))
                .isEqualTo("""
                1 problem in exp.yaml
                --set learner.betta: unknown key. Known here: type, mode, beta, gamma, errorKernels, displacement, forward, poolTarget. Did you mean 'beta'?
                    learner={type: ekdaa, betta: 0.9}
                                          ^""");
    }

    @Test
    void unknownBlock() {
        assertThat(Samples.problems(Samples.COMPLETE, "lerner.type=x"))
                .contains("--set lerner: unknown key.", "Did you mean 'learner'?");
    }

    @Test
    void wrongValue() {
        assertThat(Samples.problems(Samples.COMPLETE, "seed=x")).isEqualTo("""
                1 problem in exp.yaml
                --set seed: 'x' is not allowed, expected a whole number.
                    seed=x
                         ^""");
    }

    @Test
    void noValue() {
        assertThat(Samples.problems(Samples.COMPLETE, "seed=")).isEqualTo("""
                1 problem in exp.yaml
                --set seed: has no value, expected a whole number.
                    seed=
                         ^""");
    }

    @Test
    void typeAloneLeavesKeysOfTheOldType() {
        assertThat(Samples.problems(Samples.COMPLETE, "learner.type=backprop")).isEqualTo("""
                2 problems in exp.yaml
                exp.yaml:15:24: learner.beta: unknown key. Known here: type. --set chose the type 'backprop', but left the other keys \
                of the block. Replace the whole block: --set 'learner={type: backprop}'.
                    learner: {type: ekdaa, beta: 0.9, gamma: 0.1}
                                           ^
                exp.yaml:15:35: learner.gamma: unknown key. Known here: type. --set chose the type 'backprop', but left the other keys \
                of the block. Replace the whole block: --set 'learner={type: backprop}'.
                    learner: {type: ekdaa, beta: 0.9, gamma: 0.1}
                                                      ^""");
    }

    @Test
    void withoutEqualsSign() {
        assertThat(Samples.problems(Samples.COMPLETE, "seed")).isEqualTo("""
                1 problem in exp.yaml
                --set seed: has no '='. Write --set path=value, such as --set training.epochs=5.
                    seed
                        ^""");
    }

    @Test
    void withoutAName() {
        assertThat(Samples.problems(Samples.COMPLETE, "=3", "data..validation=3")
                        .lines())
                .contains(
                        "--set has an empty name before the '='. Write --set path=value, such as --set training.epochs=5.",
                        "--set data..validation: has an empty name before the '='. Write --set path=value, such as --set training.epochs=5.");
    }

    @Test
    void positionOutsideAList() {
        assertThat(Samples.problems(Samples.COMPLETE, "model.layers.9.filters=3"))
                .isEqualTo("""
                1 problem in exp.yaml
                --set model.layers.9: 'model.layers' is a list without '9', expected a position from 0 to 4.
                    model.layers.9.filters=3
                                 ^""");
    }

    @Test
    void keyOfASingleValue() {
        assertThat(Samples.problems(Samples.COMPLETE, "name.x=3")).isEqualTo("""
                1 problem in exp.yaml
                --set name.x: unknown key. 'name' is the single value 'ekdaa-cifar10', it has no keys.
                    name.x=3
                         ^""");
    }

    @Test
    void blockWithoutBrackets() {
        assertThat(Samples.problems(Samples.COMPLETE, "learner=type: backprop")).isEqualTo("""
                1 problem in exp.yaml
                --set learner: 'type: backprop' is neither a single value nor a collection in brackets. Write {key: value} or [a, b].
                    learner=type: backprop
                            ^""");
    }

    @Test
    void brokenYaml() {
        assertThat(Samples.problems(Samples.COMPLETE, "learner={type: "))
                .startsWith("1 problem in exp.yaml\n--set learner: not valid YAML: ");
    }
}
