package org.bpfree.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpfree.run.RunRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {
    @TempDir
    Path folder;

    private final List<RunRecord> runs = new ArrayList<>();

    private WrittenRun run(String learner, int seed) {
        return new WrittenRun(folder.resolve(String.valueOf(runs.size())), learner, seed);
    }

    private void add(WrittenRun run) {
        runs.add(RunRecord.read(run.folder()));
    }

    private void addWithRate(String learner, int seed, String rate, double accuracy) {
        add(run(learner, seed)
                .configuration(
                        "mnist",
                        "learner: {type: " + learner + "}\noptimizer: {type: sgd, learningRate: " + rate + "}\n")
                .done(accuracy));
    }

    private Comparison comparison() {
        return Comparison.of("title", runs);
    }

    private List<String> labels() {
        return comparison().arms().stream().map(Arm::label).toList();
    }

    @Test
    void runsThatDifferInTheirSeedOnlyAreOneArm() {
        add(run("ekdaa", 1).done(0.8));
        add(run("ekdaa", 2).done(0.9));

        assertThat(labels()).containsExactly("ekdaa");
        assertThat(comparison().arms().get(0).at("fashion-mnist")).hasSize(2);
    }

    @Test
    void groupsOfDifferentRatesBearDifferentNames() {
        addWithRate("ekdaa", 1, "0.05", 0.7);
        addWithRate("backprop", 1, "0.05", 0.8);
        addWithRate("backprop", 1, "0.1", 0.6);
        addWithRate("backprop", 2, "0.1", 0.6);

        // The rate of ekdaa tells it from no other arm of that learner.
        assertThat(labels()).containsExactly("backprop, learningRate=0.05", "ekdaa", "backprop, learningRate=0.1");
    }

    @Test
    void settingsOfOneLastNameAreToldApartByTheirPaths() {
        for (String pair :
                List.of("a: {rate: 1}\nb: {rate: 1}", "a: {rate: 2}\nb: {rate: 1}", "a: {rate: 1}\nb: {rate: 2}")) {
            add(run("fa", 1).configuration("mnist", "learner: {type: fa}\n" + pair + "\n"));
        }

        assertThat(labels()).contains("fa, a.rate=2, b.rate=1", "fa, a.rate=1, b.rate=2");
    }

    @Test
    void armsThatDifferInMuchAreNamedByWhatTellsThemApart() {
        for (int arm = 0; arm < 4; arm++) {
            // Of a to d no one tells all apart, and neither do a and b together.
            add(run("fa", 1)
                    .configuration(
                            "mnist",
                            "learner: {type: fa, a: %d, b: %d, c: %d, d: %d}\n"
                                    .formatted(arm / 2, 1 - arm / 2, arm % 2, arm / 3)));
        }

        assertThat(labels()).hasSize(4).doesNotHaveDuplicates().allSatisfy(label -> assertThat(label.split("="))
                .hasSize(3));
    }

    @Test
    void howOftenAnglesAreMeasuredMakesNoArm() {
        add(run("fa", 1).configuration("mnist", "learner: {type: fa}\nprobes: {alignmentEvery: 10}\n"));
        add(run("fa", 2).configuration("mnist", "learner: {type: fa}\nprobes: {alignmentEvery: 0}\n"));

        assertThat(labels()).containsExactly("fa");
    }

    @Test
    void theBestOfSeveralBackpropagationsIsTheReferenceAndSoItIsSaid() {
        addWithRate("backprop", 1, "0.05", 0.8);
        addWithRate("backprop", 1, "0.1", 0.6);

        assertThat(comparison().reference()).contains("backprop, learningRate=0.05");
        assertThat(comparison().notes())
                .anySatisfy(note -> assertThat(note).contains("2 arms train backprop", "learningRate=0.05"));
    }

    @Test
    void aNetworkOfWhichMoreThanTheLastLayerLearnsIsNoControl() {
        add(run("shallow", 1).configuration("mnist", "learner: {type: shallow, frozen: convolutions}\n"));
        assertThat(comparison().control()).isEmpty();

        add(run("shallow", 1).configuration("mnist", "learner: {type: shallow, frozen: hidden}\n"));
        assertThat(comparison().control()).contains("shallow, frozen=hidden");
    }

    @Test
    void whatIsClassifiedForHowLongIsATaskAndNoArm() {
        add(run("fa", 1).configuration("mnist", "learner: {type: fa}\ntraining: {epochs: 1}\n"));
        add(run("fa", 1).configuration("mnist", "learner: {type: fa}\ntraining: {epochs: 9}\n"));
        add(run("fa", 1).configuration("svhn", "learner: {type: fa}\ntraining: {epochs: 9}\n"));

        assertThat(labels()).containsExactly("fa");
        assertThat(comparison().tasks()).containsExactly("mnist, epochs=1", "mnist, epochs=9", "svhn");
    }

    @Test
    void aRunMadeTwiceCountsOnce() {
        add(run("ekdaa", 1));
        add(run("ekdaa", 1).done(0.8));
        add(run("ekdaa", 1).done(0.8));
        add(run("ekdaa", 2).done(0.9));

        Arm arm = comparison().arms().get(0);
        assertThat(arm.figures("fashion-mnist", RunRecord::testAccuracy)).isEqualTo(Map.of(1L, 0.8, 2L, 0.9));
        assertThat(comparison().notes())
                .anySatisfy(note -> assertThat(note).contains("2 runs repeat another of the same settings and seed"));
    }

    @Test
    void theVerdictNeedsThreeSeedsAndAWholeInterval() {
        double[][] accuracies = {{0.80, 0.50}, {0.80, 0.51}, {0.81, 0.52}, {0.80, 0.79}, {0.80, 0.81}, {0.80, 0.80}};
        for (int seed = 1; seed <= 3; seed++) {
            add(run("backprop", seed).done(accuracies[seed - 1][0]));
            add(run("fa", seed).done(accuracies[seed - 1][1]));
            add(run("usf", seed).done(accuracies[seed + 2][1]));
            if (seed < 3) {
                add(run("dfa", seed).done(0.1));
            }
        }

        assertThat(verdict("fa")).isEqualTo(Standing.Verdict.BELOW);
        assertThat(verdict("usf")).isEqualTo(Standing.Verdict.UNDECIDED);
        assertThat(verdict("dfa")).isEqualTo(Standing.Verdict.FEW);
    }

    @Test
    void anArmOfWhichASeedDivergedHasNoVerdict() {
        for (int seed = 1; seed <= 4; seed++) {
            add(run("backprop", seed).done(0.8));
            WrittenRun fa = run("fa", seed);
            add(seed == 4 ? fa.write("STATUS", "diverged\n") : fa.done(0.5 + 0.01 * seed));
        }

        assertThat(verdict("fa")).isEqualTo(Standing.Verdict.UNDECIDED);
    }

    private Standing.Verdict verdict(String label) {
        Arm arm = comparison().arm(Optional.of(label)).orElseThrow();
        Standing standing = Standing.of(comparison(), arm, "fashion-mnist");
        return standing.verdict(standing.difference().orElseThrow());
    }

    @Test
    void armsOfOneNameAndReferencesThatAreNoArmAreRefused() {
        Arm arm = new Arm("fa", Map.of());
        assertThatThrownBy(() -> new Comparison(
                        "t", List.of(arm, arm), Optional.empty(), Optional.empty(), List.of(), List.of(), List.of()))
                .hasMessage("two arms are called fa");
        assertThatThrownBy(() -> new Comparison(
                        "t", List.of(arm), Optional.of("backprop"), Optional.empty(), List.of(), List.of(), List.of()))
                .hasMessage("no arm is called backprop");
    }
}
