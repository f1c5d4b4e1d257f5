package org.bpfree.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.bpfree.sweep.PlannedCell;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelectionTest {
    @TempDir
    private Path folder;

    private StudyFiles files;

    @BeforeEach
    void write() {
        files = StudyFiles.in(folder);
    }

    @Test
    void theHighestMeanOverSeedsWinsNotTheHighestSeed() {
        Study study = files.study(StudyFiles.TUNED);
        for (PlannedCell cell : files.plan(study, "tuning").cells()) {
            boolean lucky = rate(cell).equals("0.01") && cell.seed() == 101;
            files.finish(study, cell, lucky ? 0.95 : rate(cell).equals("0.1") ? 0.7 : 0.2, Optional.empty());
        }
        Selection selection = files.progress(study).selection().orElseThrow();

        assertThat(selection.isDecided()).isTrue();
        assertThat(selection.arms().get(0).winner().orElseThrow().label()).isEqualTo("optimizer.learningRate=0.1");
        assertThat(selection.arms().get(0).winner().orElseThrow().score().mean())
                .isEqualTo(0.7);
        assertThat(selection.warnings()).isEmpty();
    }

    @Test
    void theLowestLossWinsWhereLossIsTheMetric() {
        Study study = files.study(
                StudyFiles.TUNED.replace("seeds: [101, 102]", "seeds: [101, 102]\n  metric: validation-loss"));
        for (PlannedCell cell : files.plan(study, "tuning").cells()) {
            files.finish(
                    study, cell, rate(cell).equals("0.1") ? 0.7 : 0.2, Optional.empty()); // loss is the rest to one
        }
        assertThat(files.progress(study)
                        .selection()
                        .orElseThrow()
                        .arms()
                        .get(0)
                        .winner()
                        .orElseThrow()
                        .score()
                        .mean())
                .isEqualTo(1 - 0.7);
    }

    @Test
    void aCellThatDivergedLosesHoweverGoodItsOtherSeedIs() {
        Study study = files.study(StudyFiles.TUNED);
        for (PlannedCell cell : files.plan(study, "tuning").cells()) {
            if (rate(cell).equals("1.0") && cell.seed() == 102) {
                files.diverge(study, cell);
            } else {
                files.finish(study, cell, Double.parseDouble(rate(cell)) * 0.9, Optional.empty());
            }
        }
        Selection selection = files.progress(study).selection().orElseThrow();

        assertThat(selection.arms().get(0).winner().orElseThrow().label()).isEqualTo("optimizer.learningRate=0.1");
        assertThat(selection.isDecided()).isTrue();
    }

    @Test
    void aWinnerAtTheEdgeOfItsRangeIsToldAndSoAreUnequalBudgets() {
        Study study = files.study(StudyFiles.TUNED.replace(
                "seeds: [101, 102]", "arms: {near: {optimizer.momentum: [0.0, 0.9]}}\n  seeds: [101, 102]"));
        for (PlannedCell cell : files.plan(study, "tuning").cells()) {
            files.finish(study, cell, Double.parseDouble(rate(cell)) * 0.9, Optional.empty());
        }
        assertThat(files.progress(study).selection().orElseThrow().warnings())
                .anySatisfy(line -> assertThat(line)
                        .isEqualTo(
                                "near: the winning optimizer.learningRate = 1.0 is the largest that was tried; a better"
                                        + " one may lie beyond"))
                .anySatisfy(line -> assertThat(line).contains("different numbers of runs (near 12, reference 6)"))
                .noneSatisfy(line -> assertThat(line).contains("momentum")); // two values have nothing but edges
    }

    @Test
    void anArmThatDivergedEverywhereHasNoWinner() {
        Study study = files.study(StudyFiles.TUNED);
        for (PlannedCell cell : files.plan(study, "tuning").cells()) {
            if (cell.arm().equals("near")) {
                files.diverge(study, cell);
            } else {
                files.finish(study, cell, 0.5, Optional.empty());
            }
        }
        Selection selection = files.progress(study).selection().orElseThrow();

        assertThat(selection.isDecided()).isFalse();
        assertThat(selection.warnings())
                .anySatisfy(line -> assertThat(line).contains("near: every combination diverged"));
        assertThat(files.progress(study).plan()).hasSize(1);
    }

    private static String rate(PlannedCell cell) {
        return cell.settings().get("optimizer.learningRate");
    }
}
