package org.bpfree.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bpfree.failure.Failure;
import org.bpfree.sweep.Plan;
import org.bpfree.sweep.PlannedCell;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyPlanTest {
    @TempDir
    private Path folder;

    private StudyFiles files;

    @BeforeEach
    void write() {
        files = StudyFiles.in(folder);
    }

    @Test
    void everyArmTriesEveryValueWithEverySeedAndSeesNoTestImage() {
        Study study = files.study(StudyFiles.TUNED);
        List<Progress.Planned> planned = files.progress(study).plan();

        assertThat(planned).hasSize(1);
        assertThat(planned.get(0).plan().cells()).hasSize(2 * 3 * 2);
        assertThat(planned.get(0).experiments())
                .allSatisfy(
                        experiment -> assertThat(experiment.training().test()).isFalse());
        assertThat(planned.get(0).plan().cells().get(0).label()).isEqualTo("near optimizer.learningRate=0.01");
    }

    @Test
    void theFinalRunsHaveTheWinnersAndTheSameSeedsForAllArms() {
        Study study = files.study(StudyFiles.TUNED);
        tune(study, "0.1", "1.0");

        Plan last = files.plan(study, "final");

        assertThat(last.cells()).hasSize(6);
        assertThat(of(last, "near")).extracting(PlannedCell::seed).containsExactly(1L, 2L, 3L);
        assertThat(of(last, "reference")).extracting(PlannedCell::seed).containsExactly(1L, 2L, 3L);
        assertThat(of(last, "near").get(0).settings()).containsEntry("optimizer.learningRate", "0.1");
        assertThat(of(last, "reference").get(0).settings()).containsEntry("optimizer.learningRate", "1.0");
        assertThat(last.cells())
                .allSatisfy(cell -> assertThat(cell.configuration()).contains("test: true", "epochs: 2"));
    }

    @Test
    void nothingIsPlannedBehindATuningThatIsNotFinished() {
        Study study = files.study(StudyFiles.TUNED);
        Plan tuning = files.plan(study, "tuning");
        tuning.cells().stream().skip(1).forEach(cell -> files.finish(study, cell, 0.5, Optional.empty()));

        assertThat(files.progress(study).plan()).hasSize(1);
    }

    @Test
    void withoutTuningTheFinalRunsComeAtOnce() {
        Study study = files.study("arms: {a: {}, b: {training.batchSize: 10}}\nfinal: {seeds: [1, 2]}\n");

        assertThat(files.plan(study, "final").cells()).hasSize(4);
    }

    @Test
    void aRandomSearchGivesEveryArmTheSameNumberOfRunsWhateverItTunes() {
        Study study = files.study("""
                arms: {a: {}, b: {training.batchSize: 10}}
                tune:
                  settings: {optimizer.learningRate: {log: [0.001, 1, 3]}}
                  arms: {b: {optimizer.momentum: [0.0, 0.9]}}
                  search: {random: 7}
                  seeds: [101]
                final: {seeds: [1]}
                """);
        Plan plan = files.plan(study, "tuning");

        assertThat(of(plan, "a")).hasSize(7);
        assertThat(of(plan, "b")).hasSize(7).allSatisfy(cell -> assertThat(cell.settings())
                .hasSize(2));
        Set<String> rates = of(plan, "a").stream()
                .map(cell -> cell.settings().get("optimizer.learningRate"))
                .collect(Collectors.toSet());
        assertThat(rates).hasSize(7).isNotEqualTo(Set.of("0.001", "0.03162", "1"));
        assertThat(files.plan(study, "tuning")).isEqualTo(plan); // drawn from the name, so the same again
    }

    @Test
    void halvingTrainsTheBetterHalfForLonger() {
        Study study = files.study("""
                arms: {a: {}}
                tune:
                  settings: {optimizer.learningRate: [0.001, 0.01, 0.1, 1.0]}
                  search: {halving: {rungs: [1, 3, 9], keep: 0.5}}
                  seeds: [101]
                final: {seeds: [1]}
                """);
        finishByRate(study, "tuning-1", "0.1");
        assertThat(rates(files.plan(study, "tuning-2"))).containsExactly("0.1", "0.01");
        finishByRate(study, "tuning-2", "0.01");
        Plan third = files.plan(study, "tuning-3");
        assertThat(rates(third)).containsExactly("0.01");
        assertThat(third.cells().get(0).configuration()).contains("epochs: 9");
        finishByRate(study, "tuning-3", "0.01");

        assertThat(rates(files.plan(study, "final"))).containsExactly("0.01");
    }

    @Test
    void aStudyThatHasChangedSinceItsPlanIsRefusedUnlessOnlyItsClaimsHave() {
        files.plan(files.study(StudyFiles.TUNED), "tuning");
        Study claims =
                files.study(StudyFiles.TUNED + "claims: [{says: x, of: near, figure: test-accuracy, above: 0}]\n");
        assertThat(files.progress(claims).plan()).hasSize(1);

        Study changed = files.study(StudyFiles.TUNED.replace("[101, 102]", "[101, 103]"));
        assertThatThrownBy(() -> files.progress(changed).plan())
                .isInstanceOf(Failure.class)
                .hasMessageContaining("the study has changed since its plan was made")
                .hasMessageContaining("12 cells there, 12 now, 6 in both");
    }

    @Test
    void armsThatAreTheSameExperimentAreRefused() {
        assertThatThrownBy(() -> files.progress(files.study("arms: {a: {}, b: {seed: 1}}\nfinal: {seeds: [1]}\n"))
                        .plan())
                .hasMessageContaining("'seed' cannot be set here");
        assertThatThrownBy(() -> files.progress(
                                files.study("arms: {a: {}, b: {training.batchSize: 20}}\nfinal: {seeds: [1]}\n"))
                        .plan())
                .hasMessageContaining("study.yaml:3:18: arms.b: is the same experiment as arm 'a'");
    }

    @Test
    void tuningWithoutValidationImagesIsRefused() {
        Study study = files.study("set: {data.validation: 0}\n" + StudyFiles.TUNED);

        assertThatThrownBy(() -> files.progress(study).plan()).hasMessageContaining("data.validation is 0");
        assertThatThrownBy(study::check).hasMessageContaining("data.validation is 0");
    }

    @Test
    void problemsOfCellsStandWhereTheirValueIsWritten() {
        String wrong = StudyFiles.TUNED.replace("[0.01, 0.1, 1.0]", "[0.01, -1, 1.0]");
        assertThatThrownBy(() -> files.study(wrong).check())
                .hasMessageContaining("study.yaml:8:45: tune.settings.optimizer.learningRate.1: -1")
                .hasMessageContaining("(cells 2-3,8-9: optimizer.learningRate=-1)");
        String later = StudyFiles.TUNED.replace("{training.epochs: 2}", "{training.epochs: none}");
        assertThatThrownBy(() -> files.study(later).check()).hasMessageContaining("final.set.training.epochs: ");
    }

    @Test
    void aBlockThatReplacesAnEarlierValueInsideItIsRefused() {
        Study study =
                files.study("arms: {a: {training.batchSize: 10}}\nfinal: {set: {training: {epochs: 2}}, seeds: [1]}\n");

        assertThatThrownBy(study::check)
                .hasMessageContaining("final.set.training: replaces 'arms.a.training.batchSize'");
    }

    private void tune(Study study, String near, String reference) {
        for (PlannedCell cell : files.plan(study, "tuning").cells()) {
            String wins = cell.arm().equals("near") ? near : reference;
            boolean won = cell.settings().get("optimizer.learningRate").equals(wins);
            files.finish(study, cell, won ? 0.9 : 0.5, Optional.empty());
        }
    }

    /** The nearer a rate is to the best, the better. */
    private void finishByRate(Study study, String stage, String best) {
        for (PlannedCell cell : files.plan(study, stage).cells()) {
            double rate = Double.parseDouble(cell.settings().get("optimizer.learningRate"));
            double distance = Math.abs(Math.log10(rate) - Math.log10(Double.parseDouble(best)) + 0.1);
            files.finish(study, cell, 0.9 - distance / 10, Optional.empty());
        }
    }

    private static List<PlannedCell> of(Plan plan, String arm) {
        return plan.cells().stream().filter(cell -> cell.arm().equals(arm)).toList();
    }

    private static List<String> rates(Plan plan) {
        return plan.cells().stream()
                .map(cell -> cell.settings().get("optimizer.learningRate"))
                .toList();
    }
}
