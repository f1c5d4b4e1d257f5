package org.bpfree.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.bpfree.files.Json;
import org.bpfree.run.RunFiles;
import org.bpfree.run.RunRecord;
import org.bpfree.study.Evidence.Arm;
import org.bpfree.study.Verdict.Outcome;
import org.junit.jupiter.api.Test;

class VerdictsTest {
    private static final ClaimSettings NEAR = claim(List.of("ours", "theirs"), "test-accuracy", -0.02, null);

    @Test
    void aMeanClearlyAboveItsBoundSupports() {
        Verdict verdict = verdict(NEAR, arm("ours", 0.70, 0.71, 0.72), arm("theirs", 0.705, 0.716, 0.724));

        assertThat(verdict.outcome()).isEqualTo(Outcome.SUPPORTED);
        // Differences -0.005, -0.006, -0.004: mean -0.005, deviation 0.001; t = 0.015 / (0.001 / sqrt 3) with 2 degrees
        // of freedom.
        assertThat(verdict.summary().mean()).isCloseTo(-0.005, within(1e-12));
        assertThat(verdict.pValue()).isCloseTo(0.0014781974082349455, within(1e-10));
        assertThat(verdict.missing()).isEmpty();
    }

    @Test
    void aMeanClearlyBelowItRefutes() {
        assertThat(verdict(NEAR, arm("ours", 0.60, 0.61, 0.62), arm("theirs", 0.705, 0.716, 0.724))
                        .outcome())
                .isEqualTo(Outcome.REFUTED);
    }

    @Test
    void inBetweenNothingIsDecidedAndTheNumberOfSeedsIsTold() {
        Verdict verdict = verdict(NEAR, arm("ours", 0.70, 0.71, 0.70), arm("theirs", 0.705, 0.716, 0.735));

        assertThat(verdict.outcome()).isEqualTo(Outcome.UNDECIDED);
        // Mean -0.0153, deviation 0.0170: 0.0047 from the bound, which t(n - 1) 0.0170 / sqrt n first falls below at
        // 53.
        assertThat(verdict.missing()).isEqualTo("3 seeds; about 54 are needed for an interval of ±0.47 points");
    }

    @Test
    void fewerThanThreeSeedsAreNeverAVerdict() {
        Verdict verdict = verdict(NEAR, arm("ours", 0.70, 0.71), arm("theirs", 0.10, 0.11));

        assertThat(verdict.outcome()).isEqualTo(Outcome.UNDECIDED);
        assertThat(verdict.missing()).isEqualTo("2 seeds; fewer than three are never a verdict");
    }

    @Test
    void twoBoundsMustBothHold() {
        ClaimSettings equal = claim(List.of("ours", "theirs"), "test-accuracy", -0.01, 0.01);
        Arm theirs = arm("theirs", 0.70, 0.71, 0.72);

        assertThat(verdict(equal, arm("ours", 0.701, 0.71, 0.719), theirs).outcome())
                .isEqualTo(Outcome.SUPPORTED);
        assertThat(verdict(equal, arm("ours", 0.75, 0.761, 0.769), theirs).outcome())
                .isEqualTo(Outcome.REFUTED);
        assertThat(verdict(equal, arm("ours", 0.65, 0.661, 0.669), theirs).outcome())
                .isEqualTo(Outcome.REFUTED);
        assertThat(verdict(equal, arm("ours", 0.72, 0.70, 0.71), theirs).outcome())
                .isEqualTo(Outcome.UNDECIDED);
    }

    @Test
    void manyClaimsNeedMoreThanOne() {
        Arm ours = arm("ours", 0.700, 0.710, 0.720, 0.713, 0.705);
        Arm theirs = arm("theirs", 0.701, 0.707, 0.709, 0.690, 0.706);
        // Differences -0.001, 0.003, 0.011, 0.023, -0.001: p against -0.01 is 0.0203 by itself (SciPy).
        ClaimSettings barely = claim(List.of("ours", "theirs"), "test-accuracy", -0.01, null);

        assertThat(verdict(barely, ours, theirs).outcome()).isEqualTo(Outcome.SUPPORTED);
        List<Verdict> four = Verdicts.of(List.of(barely, barely, barely, barely), evidence(ours, theirs));
        assertThat(four).allSatisfy(verdict -> {
            assertThat(verdict.outcome()).isEqualTo(Outcome.UNDECIDED);
            assertThat(verdict.missing()).startsWith("decided by itself, but not among 4 claims");
        });
    }

    @Test
    void onlySeedsThatBothHaveArePaired() {
        Arm ours = new Arm("ours", "", new TreeMap<>(), new TreeMap<>());
        Arm theirs = new Arm("theirs", "", new TreeMap<>(), new TreeMap<>());
        for (long seed : List.of(1L, 2L, 3L, 4L)) {
            ours.runs().put(seed, run(0.5 + seed / 100.0, ""));
            theirs.runs().put(seed + 1, run(0.4 + (seed + 1) / 100.0, ""));
        }
        assertThat(Evidence.difference(ours, theirs, Figure.TEST_ACCURACY, true).differences())
                .hasSize(3)
                .allSatisfy(each -> assertThat(each).isCloseTo(0.1, within(1e-12)));
        Verdict verdict = Verdicts.of(List.of(NEAR), new Evidence(List.of(ours, theirs), List.of(1L, 2L, 3L, 4L)))
                .get(0);
        assertThat(verdict.outcome()).isEqualTo(Outcome.UNDECIDED);
        assertThat(verdict.missing()).isEqualTo("1 of 4 seeds of theirs are not finished");
    }

    @Test
    void aSeedThatDivergedLeavesTheClaimUndecided() {
        Arm ours = arm("ours", 0.70, 0.71);
        ours.diverged().put(3L, run(0, ""));

        assertThat(verdict(NEAR, ours, arm("theirs", 0.70, 0.71, 0.72)).missing())
                .isEqualTo("1 of 3 seeds of ours diverged, and have no such figure");
    }

    @Test
    void aStarIsTheWorstOfTheLayersAtTheLastProbe() {
        ClaimSettings angles = claim("ours", "alignment/*/updateAngle", null, 45.0);
        String early = "{\"alignment/conv1/weights/updateAngle\": 89, \"alignment/dense1/weights/updateAngle\": 88}\n";
        Verdict good = verdict(
                angles,
                withMetrics(
                        early + "{\"alignment/conv1/weights/updateAngle\": %s,"
                                + " \"alignment/dense1/weights/updateAngle\": 10, \"alignment/conv1/weights/feedbackAngle\": 80}"));
        assertThat(good.outcome()).isEqualTo(Outcome.SUPPORTED);
        assertThat(good.summary().mean()).isCloseTo(31, within(1e-12));

        assertThat(verdict(
                                angles,
                                withMetrics("{\"alignment/conv1/weights/updateAngle\": %s,"
                                        + " \"alignment/dense1/weights/updateAngle\": 70}"))
                        .outcome())
                .isEqualTo(Outcome.REFUTED);
    }

    @Test
    void whatNobodyMeasuredIsUndecidedWithTheWayToMeasureIt() {
        Verdict verdict = verdict(claim("ours", "alignment/*/updateAngle", null, 45.0), arm("ours", 0.5, 0.5, 0.5));
        assertThat(verdict.outcome()).isEqualTo(Outcome.UNDECIDED);
        assertThat(verdict.missing())
                .isEqualTo("'alignment/*/updateAngle' was not measured, or is not meaningful, in 3 of 3 runs of ours;"
                        + " probes.alignmentEvery makes angles");
        assertThat(verdict(
                                claim("ours", "alignment/*/updateAngle", null, 45.0),
                                withMetrics(
                                        "{\"alignment/conv1/weights/updateAngle\": %s, \"alignment/dense1/weights/updateAngle\": \"NaN\"}"))
                        .outcome())
                .isEqualTo(Outcome.UNDECIDED);
    }

    @Test
    void anArmWhoseAccuracyFallsAfterItsBestEpochIsTold() {
        String falling =
                "{\"validation/accuracy\": 0.7}\n{\"validation/accuracy\": 0.8, \"x\": %s}\n{\"validation/accuracy\": 0.75}";
        assertThat(evidence(withMetrics(falling)).warnings())
                .containsExactly(
                        "ours: validation accuracy falls by 5.0 points from the best epoch to the last, mean over 3"
                                + " seeds; its settings may be too bold for runs of this length");
        assertThat(evidence(withMetrics(falling.replace("0.75", "0.79"))).warnings())
                .isEmpty();
    }

    @Test
    void theErrorOfTheTestSetIsPairedOverImages() {
        // Eight images; ours right on 11010110, theirs on 10010100: standard error of the differences as in
        // TestSetErrorTest.
        Verdict verdict = verdict(
                NEAR,
                arm("ours", bits("11010110"), 0.625, 0.625, 0.625),
                arm("theirs", bits("10010100"), 0.375, 0.375, 0.375));
        assertThat(verdict.testSetError()).isCloseTo(0.16366341767699427, within(1e-12));
        assertThat(verdict(NEAR, arm("ours", 0.7, 0.7, 0.7), arm("theirs", 0.7, 0.7, 0.7))
                        .testSetError())
                .isNaN();
    }

    private static Verdict verdict(ClaimSettings claim, Arm... arms) {
        return Verdicts.of(List.of(claim), evidence(arms)).get(0);
    }

    private static Evidence evidence(Arm... arms) {
        List<Long> seeds = new ArrayList<>();
        for (long seed = 1; seed <= arms[0].runs().size() + arms[0].diverged().size(); seed++) {
            seeds.add(seed);
        }
        return new Evidence(List.of(arms), seeds);
    }

    private static ClaimSettings claim(List<String> difference, String figure, Double above, Double below) {
        return new ClaimSettings(
                "a claim",
                "",
                difference,
                Optional.empty(),
                figure,
                Optional.ofNullable(above),
                Optional.ofNullable(below));
    }

    private static ClaimSettings claim(String of, String figure, Double above, Double below) {
        return new ClaimSettings(
                "a claim",
                "",
                List.of(),
                Optional.of(of),
                figure,
                Optional.ofNullable(above),
                Optional.ofNullable(below));
    }

    private static Arm arm(String name, double... accuracies) {
        return arm(name, null, accuracies);
    }

    private static Arm arm(String name, BitSet correct, double... accuracies) {
        Arm arm = new Arm(name, "", new TreeMap<>(), new TreeMap<>());
        for (int i = 0; i < accuracies.length; i++) {
            arm.runs().put(i + 1L, run(accuracies[i], "", correct));
        }
        return arm;
    }

    /** Three seeds with the metrics, in which the first angle is 30, 31 and 32. */
    private static Arm withMetrics(String lines) {
        Arm arm = new Arm("ours", "", new TreeMap<>(), new TreeMap<>());
        for (long seed = 1; seed <= 3; seed++) {
            arm.runs().put(seed, run(0.5, lines.formatted(String.valueOf(29 + seed))));
        }
        return arm;
    }

    private static RunRecord run(double accuracy, String metrics) {
        return run(accuracy, metrics, null);
    }

    private static RunRecord run(double accuracy, String metrics, BitSet correct) {
        List<JsonNode> lines = metrics.lines().map(VerdictsTest::json).toList();
        String bits = correct == null ? null : Base64.getEncoder().encodeToString(correct.toByteArray());
        return RunRecord.of(
                Path.of("run"),
                "name: trial",
                new RunFiles(
                        "done",
                        json("{\"testAccuracy\": " + accuracy + "}"),
                        lines,
                        null,
                        null,
                        bits == null ? null : json("{\"images\": 8, \"correct\": \"" + bits + "\"}")));
    }

    private static JsonNode json(String text) {
        try {
            return Json.parse(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static BitSet bits(String text) {
        BitSet bits = new BitSet();
        for (int i = 0; i < text.length(); i++) {
            bits.set(i, text.charAt(i) == '1');
        }
        return bits;
    }
}
