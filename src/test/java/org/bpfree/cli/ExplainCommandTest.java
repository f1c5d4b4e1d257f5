package org.bpfree.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.bpfree.binding.SettingsTypes;
import org.bpfree.experiment.InstalledTypes;
import org.bpfree.experiment.SettingIndex;
import org.bpfree.learn.LearnerSettings;
import org.bpfree.model.LayerSettings;
import org.bpfree.optimizer.OptimizerSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ExplainCommandTest {
    private static final SettingsTypes TYPES = InstalledTypes.find();

    static Set<String> everything() {
        Set<String> names = new TreeSet<>();
        Stream.of(LearnerSettings.class, LayerSettings.class, OptimizerSettings.class)
                .forEach(family -> names.addAll(TYPES.variants(family).keySet()));
        return names;
    }

    @ParameterizedTest
    @MethodSource("everything")
    void tellsTheRuleTheSettingsAndWhenItFailsWithin80Columns(String name) {
        CliRun run = CliRun.bpfree("explain", name);

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("\nRule\n", "\nWhen it fails\n", "\nExample\n", "{type: " + name);
        assertThat(run.out()).doesNotContain("default null");
        assertThat(run.out().lines())
                .allSatisfy(line -> assertThat(line.length()).as(line).isLessThanOrEqualTo(80));
        boolean learner = TYPES.variants(LearnerSettings.class).containsKey(name);
        assertThat(run.out().contains("\nPaper\n")).isEqualTo(learner);
    }

    @ParameterizedTest
    @MethodSource("learners")
    void anExampleOfALearnerIsAccepted(String name) {
        String[] lines = CliRun.bpfree("explain", name).out().split("\nExample\n  learner: ");

        String block = lines[1].lines().findFirst().orElseThrow();
        CliRun shown = CliRun.bpfree("config", "show", "--plain", "quickstart.yaml", "--set", "learner=" + block);
        // Whether the network of the quickstart suits it is another question.
        assertThat(shown.err()).doesNotContain("learner.type", "learner: is missing", "--set learner.");
    }

    static Set<String> learners() {
        return TYPES.variants(LearnerSettings.class).keySet();
    }

    @Test
    void aSettingIsFoundByItsPathAndByItsName() {
        CliRun path = CliRun.bpfree("explain", "training.batchSize");
        CliRun name = CliRun.bpfree("explain", "batchSize");

        assertThat(path.out()).contains("training.batchSize: a whole number, at least 1; default 128");
        assertThat(name.out()).isEqualTo(path.out());
        assertThat(CliRun.bpfree("explain", "optimizer.momentum").out()).contains("With the type sgd");
        assertThat(CliRun.bpfree("explain", "ekda").exitCode()).isEqualTo(2);
        assertThat(CliRun.bpfree("explain", "ekda").err()).contains("Did you mean 'ekdaa'?");
    }

    @Test
    void everyValueThatHasANameSaysWhatItDoes() {
        assertThat(new SettingIndex(TYPES)
                        .entries().stream().filter(entry -> entry.allowed().startsWith("one of ")))
                .hasSizeGreaterThan(20)
                .allSatisfy(entry -> assertThat(entry.values())
                        .as(entry.path())
                        .hasSameSizeAs(entry.allowed().split(", ")));
    }

    @Test
    void everySettingSaysSomething() {
        assertThat(new SettingIndex(TYPES).entries())
                .hasSizeGreaterThan(100)
                .allSatisfy(entry -> assertThat(entry.doc()).as(entry.path()).hasSizeGreaterThan(8));
    }

    @ParameterizedTest
    @CsvSource({"EKDAA, ekdaa (learner)", "relu, activation (layer)", "lr, optimizer.learningRate"})
    void knowsWhatOthersCallOtherwise(String name, String told) {
        assertThat(CliRun.bpfree("explain", name).out()).contains(told);
    }

    @Test
    void tellsATypeOnce() {
        assertThat(CliRun.bpfree("explain", "epochs").out())
                .contains("With the type step:")
                .doesNotContain("step, step");
    }
}
