package org.bpfree.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bpfree.files.Json;
import org.bpfree.run.RunFiles;
import org.bpfree.run.RunRecord;
import org.bpfree.study.ClaimSettings;
import org.bpfree.study.Evidence;
import org.bpfree.study.Findings;
import org.bpfree.study.Selection;
import org.bpfree.study.TuneSettings;
import org.bpfree.study.Verdict.Outcome;
import org.bpfree.study.Verdicts;
import org.junit.jupiter.api.Test;

class StudyComparisonTest {
    @Test
    void aStudyIsATaskWithItsArmsClaimsAndTuning() {
        Comparison comparison = StudyComparison.of("page", List.of(study("one", "cifar-10", 0.6, 0.61, 0.62)));

        assertThat(comparison.tasks()).containsExactly("cifar-10");
        assertThat(comparison.arms()).extracting(Arm::label).containsExactly("ours", "reference");
        assertThat(comparison.reference()).contains("reference");
        assertThat(comparison.claims()).hasSize(1);
        assertThat(comparison.claims().get(0).verdict()).isEqualTo(Outcome.SUPPORTED);
        assertThat(comparison.claims().get(0).measured().unit()).isEqualTo("points");
        assertThat(comparison.claims().get(0).measured().value()).isCloseTo(10.0, within(1e-9));
        Tuning tuning = comparison.tuning().get(0);
        assertThat(tuning.winner()).isEqualTo("0.1");
        assertThat(tuning.atEdge()).isFalse();
        assertThat(tuning.points()).extracting(Tuning.Point::value).containsExactly("0.01", "0.1", "1.0");
        assertThat(tuning.points().get(1).accuracy()).isEqualTo(0.8);
        assertThat(tuning.points().get(2).accuracy()).isNaN(); // it diverged
    }

    @Test
    void armsOfOneNameAreOneArmAtSeveralTasks() {
        Comparison comparison = StudyComparison.of(
                "page", List.of(study("one", "cifar-10", 0.6, 0.61, 0.62), study("two", "mnist", 0.9, 0.91, 0.92)));

        assertThat(comparison.tasks()).containsExactly("cifar-10", "mnist");
        assertThat(comparison.arms()).hasSize(2);
        assertThat(comparison.claims()).hasSize(2);
    }

    @Test
    void studiesOnOneDatasetAreToldApartByTheirNames() {
        Comparison comparison = StudyComparison.of(
                "page", List.of(study("one", "mnist", 0.6, 0.61, 0.62), study("two", "mnist", 0.9, 0.91, 0.92)));

        assertThat(comparison.tasks()).containsExactly("one", "two");
    }

    @Test
    void whatDivergedOrIsMissingIsSaid() {
        Findings study = study("one", "mnist", 0.6, 0.61);
        study.evidence().arms().get(0).diverged().put(3L, run("mnist", null));

        assertThat(StudyComparison.of("page", List.of(study)).notes())
                .contains("Ours diverged with seed 3.", "Reference: 1 of 3 seeds are not finished.");
    }

    private static Findings study(String name, String dataset, double... accuracies) {
        Map<Long, RunRecord> ours = new TreeMap<>();
        Map<Long, RunRecord> reference = new TreeMap<>();
        for (int i = 0; i < accuracies.length; i++) {
            ours.put(i + 1L, run(dataset, accuracies[i]));
            reference.put(i + 1L, run(dataset, accuracies[i] - 0.1 + 0.001 * (i - 1)));
        }
        Evidence evidence = new Evidence(
                List.of(
                        new Evidence.Arm("ours", "optimizer.learningRate=0.1", ours, new TreeMap<>()),
                        new Evidence.Arm("reference", "", reference, new TreeMap<>())),
                List.of(1L, 2L, 3L));
        List<ClaimSettings> claims = List.of(new ClaimSettings(
                "ours is better",
                "",
                List.of("ours", "reference"),
                Optional.empty(),
                "test-accuracy",
                Optional.of(0.05),
                Optional.empty()));
        return new Findings(
                name,
                Optional.of("reference"),
                Optional.empty(),
                evidence,
                Optional.of(tuned()),
                Verdicts.of(claims, evidence));
    }

    private static Selection tuned() {
        List<Selection.Candidate> candidates = new ArrayList<>();
        candidates.add(new Selection.Candidate(Map.of("optimizer.learningRate", "0.01"), 2, 0, List.of(0.5, 0.6)));
        candidates.add(new Selection.Candidate(Map.of("optimizer.learningRate", "0.1"), 2, 0, List.of(0.75, 0.85)));
        candidates.add(new Selection.Candidate(Map.of("optimizer.learningRate", "1.0"), 2, 1, List.of(0.9)));
        return new Selection(
                TuneSettings.Metric.VALIDATION_ACCURACY,
                List.of(new Selection.OfArm("ours", candidates, List.of(candidates.get(1), candidates.get(0)))));
    }

    private static RunRecord run(String dataset, Double accuracy) {
        try {
            return RunRecord.of(
                    Path.of("run"),
                    "data: {dataset: " + dataset + "}",
                    new RunFiles(
                            accuracy == null ? "diverged" : "done",
                            accuracy == null ? null : Json.parse("{\"testAccuracy\": " + accuracy + "}"),
                            List.of(),
                            null,
                            null,
                            null));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
