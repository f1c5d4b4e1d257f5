package org.bpfree.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.bpfree.statistics.Interval;
import org.bpfree.study.Verdict.Outcome;
import org.bpfree.train.Confusion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {
    private static final Pictures NO_PICTURES = Pictures.none("Pictures were left out.");
    private static final int MOST_BYTES = 2_000_000;

    @TempDir
    Path folder;

    private final CollectedRuns runs = new CollectedRuns();

    private WrittenRun run(String learner, int seed) {
        return new WrittenRun(folder.resolve(learner + seed), learner, seed);
    }

    private void add(WrittenRun run) {
        runs.add(run.folder(), any -> NO_PICTURES);
    }

    private List<String> notes() {
        return runs.comparison("title").notes();
    }

    private ReadPage page() {
        return page(runs.comparison("title"));
    }

    private ReadPage page(Comparison comparison) {
        return new ReadPage(new HtmlReport(comparison, runs::pictures).page("0.1.0"));
    }

    @Test
    void anArmHasTheMeanOfItsSeedsWithDeviationAndInterval() {
        add(run("ekdaa", 1).done(0.80));
        add(run("ekdaa", 2).done(0.84));
        add(run("fa", 1).done(0.50));

        // (80 + 84) / 2 = 82; sqrt((2^2 + 2^2) / 1) = 2.83; 82 +- 12.706 * 2.83 / sqrt(2), of Student's t with one
        // degree of freedom
        assertThat(page().row("table", "ekdaa")).contains("82.00", "[56.59, 107.41]", "2.83", "2");
        assertThat(page().row("table", "fa")).startsWith("fa", "50.00", "–");
    }

    @Test
    void differenceAndGainArePairedBySeedWithinATask() {
        add(run("backprop", 1).done(0.90));
        add(run("backprop", 2).done(0.94));
        add(run("shallow", 1).done(0.40));
        add(run("ekdaa", 1).done(0.80));
        add(run("ekdaa", 2).done(0.86));
        add(run("fa", 1).configuration("cifar-10").done(0.5));

        // ((80 - 90) + (86 - 94)) / 2 = -9; of shallow there is seed 1 only: 80 - 40
        assertThat(page().row("table", "ekdaa"))
                .containsSubsequence(
                        "fashion-mnist", "83.00", "-9.00", "too few seeds", "+40.00 (1 of 2 seeds)", "too few seeds");
        assertThat(page().row("table", "backprop")).contains("is the reference", "+50.00 (1 of 2 seeds)");
        assertThat(page().row("table", "shallow")).contains("is the control");
        assertThat(page().row("table", "fa")).contains("cifar-10").doesNotContain("+10.00");
    }

    @Test
    void whatIsNotPairedIsSaid() {
        add(run("backprop", 1).done(0.90));
        add(run("ekdaa", 1).done(0.80));
        add(run("ekdaa", 2).done(0.86));
        add(run("ekdaa", 3).write("STATUS", "diverged\n"));
        add(run("fa", 2).done(0.70));
        Comparison found = runs.comparison("title");
        List<Arm> arms = new ArrayList<>(found.arms());
        arms.add(new Arm("usf", Map.of()));
        ReadPage page = page(
                new Comparison("t", arms, found.reference(), found.control(), List.of(), List.of(), found.notes()));

        assertThat(page.row("table", "ekdaa")).contains("-10.00 (1 of 2 seeds)", "2 of 3, 1 diverged");
        assertThat(page.row("table", "fa")).contains("reference has other seeds");
        assertThat(page.row("table", "usf")).contains("no runs");
    }

    @Test
    void chartsOfHundredsOfArmsShowTheBestAndTheReference() {
        for (int arm = 0; arm < 45; arm++) {
            add(run("learner" + arm, 1).done(0.9 - 0.01 * arm));
        }
        add(run("backprop", 1).done(0.1));

        JsonNode chart = page().data().get("charts").get(0);
        assertThat(chart.get("series").findValuesAsText("arm")).hasSize(41).contains("0", "39", "45");
        assertThat(page().rows("table")).hasSize(46);
        assertThat(page().html()).contains("Charts show the first 41 of 46 arms");
    }

    @Test
    void aMissingControlIsNamed() {
        add(run("ekdaa", 1).done(0.8));

        assertThat(page().row("table", "ekdaa")).contains("reference not run", "control not run");
    }

    @Test
    void theFirstChartHasMeansIntervalsAndTheLinesToCompareThemWith() {
        add(run("backprop", 1).done(0.90));
        add(run("shallow", 1).done(0.40));
        add(run("ekdaa", 1).done(0.80));
        add(run("ekdaa", 2).done(0.84));

        JsonNode chart = page().data().get("charts").get(0);
        assertThat(chart.get("title").asText()).isEqualTo("Test accuracy");
        assertThat(chart.get("series").get(1).get("points").toString()).isEqualTo("[[82.0,56.588,107.41,2.0]]");
        assertThat(chart.get("marks").findValuesAsText("title"))
                .containsExactly("reference (backprop)", "control (shallow)", "chance");
        // Two classes.
        assertThat(chart.get("marks").findValuesAsText("at")).containsExactly("90.0", "40.0", "50.0");
    }

    @Test
    void anAngleThatIsUndefinedOrNotMeaningfulIsAWord() {
        add(run("ekdaa", 1).write("result.json", "{\"updateAngle\": 12.34, \"updateAngleNote\": null}"));
        add(run("fa", 2).write("result.json", "{\"updateAngle\": null, \"updateAngleNote\": \"undefined in conv1\"}"));
        add(run("usf", 3)
                .write("result.json", "{\"updateAngle\": null, \"updateAngleNote\": \"not meaningful in conv1\"}"));

        assertThat(page().row("table", "ekdaa")).endsWith("12.3");
        assertThat(page().row("table", "fa")).endsWith("undefined");
        assertThat(page().row("table", "usf")).endsWith("not meaningful");
    }

    @Test
    void aCurveIsTheMeanOverSeedsFromTheLowestToTheHighest() {
        add(run("ekdaa", 1).done(0.8));
        add(run("ekdaa", 2).done(0.8).write("metrics.jsonl", """
                {"epoch":1,"step":50,"train/loss":0.5,"train/accuracy":0.9}
                {"epoch":2,"step":100,"train/loss":0.5,"train/accuracy":0.85}
                """));

        JsonNode accuracy = page().chart("Training accuracy");
        assertThat(accuracy.get("series").get(0).get("points").toString())
                .isEqualTo("[[1.0,70.0,50.0,90.0,2.0],[2.0,80.0,75.0,85.0,2.0]]");
        assertThat(accuracy.get("x").get("scale").asText()).isEqualTo("whole");
    }

    @Test
    void aFigureOfALayerLiesAtItsEpochAndNotANumberIsAGap() {
        add(run("ekdaa", 1).done(0.8));

        JsonNode angle = page().chart("conv1: angle to backpropagation");
        assertThat(angle.get("series").get(0).get("points").toString()).isEqualTo("[[0.02,12.5],[1.02,null]]");
        assertThat(angle.get("y").get("max").asDouble()).isEqualTo(90);
    }

    @Test
    void claimsStandWithVerdictFigureAndWhatIsMissing() {
        add(run("ekdaa", 1).done(0.8));
        Comparison plain = runs.comparison("title");
        List<Claim> claims = List.of(
                new Claim(
                        "EKDAA is near backpropagation",
                        "arXiv 2206.01820",
                        Outcome.REFUTED,
                        new Claim.Measured("ekdaa − backprop", "points", -9, new Interval(-10.5, -7.5), "above -2"),
                        ""),
                new Claim(
                        "it is fast",
                        "",
                        Outcome.UNDECIDED,
                        new Claim.Measured("time", "ms", Double.NaN, Interval.NONE, "below 1"),
                        "nobody measured it"));
        ReadPage page = page(new Comparison(
                "t", plain.arms(), plain.reference(), plain.control(), claims, List.of(), plain.notes()));

        assertThat(page.row("claims", "EKDAA is near backpropagation"))
                .contains("refuted", "-9.00 points", "[-10.50, -7.50]", "above -2", "arXiv 2206.01820");
        assertThat(page.row("claims", "it is fast")).contains("undecided", "–", "nobody measured it");
        assertThat(page().html()).doesNotContain("id=\"claims\"");
    }

    @Test
    void tuningIsACurveWithTheWinnerPointedOut() {
        add(run("ekdaa", 1).done(0.8));
        Comparison plain = runs.comparison("title");
        Tuning tuning = new Tuning(
                "ekdaa",
                "optimizer.learningRate",
                List.of(
                        new Tuning.Point("0.001", 0.5, 0.4, 0.6, 2),
                        new Tuning.Point("0.01", 0.7, 0.7, 0.7, 2),
                        new Tuning.Point("0.1", Double.NaN, Double.NaN, Double.NaN, 0)),
                "0.001",
                true);
        ReadPage page = page(new Comparison(
                "t", plain.arms(), plain.reference(), plain.control(), List.of(), List.of(tuning), List.of()));

        JsonNode chart = page.chart("optimizer.learningRate");
        assertThat(chart.get("x").get("scale").asText()).isEqualTo("log");
        assertThat(chart.get("series").get(0).get("ring").asDouble()).isEqualTo(0.001);
        assertThat(chart.get("series").get(0).get("points").get(0).toString()).isEqualTo("[0.001,50.0,40.0,60.0,2.0]");
        assertThat(page.html())
                .contains("ekdaa: 0.001 lies at the edge of the values tried for optimizer.learningRate");
    }

    @Test
    void differentDatasetsAreSaidAndAreTasksOfTheirOwn() {
        add(run("ekdaa", 1).done(0.8));
        add(run("fa", 1).configuration("cifar-10").done(0.5));

        assertThat(notes()).anySatisfy(note -> assertThat(note)
                .contains("different datasets (fashion-mnist, cifar-10)", "cannot be compared"));
        assertThat(page().data().get("charts").findValuesAsText("task")).contains("fashion-mnist", "cifar-10");
    }

    @Test
    void settingsThatDifferAreListedAndEqualOnesAreNot() {
        add(run("ekdaa", 1).done(0.8));
        add(run("fa", 1).done(0.5));

        assertThat(page().rows("settings")).containsExactly(List.of("ekdaa", "ekdaa", ""), List.of("fa", "fa", ""));
        assertThat(page().html()).contains("<button type=\"button\">learner.type</button>");
    }

    @Test
    void aRunThatIsNotFinishedShowsWhatThereIs() {
        add(run("ekdaa", 1));

        assertThat(notes()).anySatisfy(text -> assertThat(text).contains("not finished", "(killed)"));
        assertThat(page().row("table", "ekdaa")).contains("–", "0 of 1");
        assertThat(page().chart("Training accuracy").get("series")).hasSize(1);
    }

    @Test
    void aDamagedRunIsNamedAndTheOthersAreShown() {
        add(run("ekdaa", 1).done(0.8));
        add(run("fa", 1).write("result.json", "{\"epochs\": 2, "));
        add(run("usf", 1).write("config.resolved.yaml", "a: [1"));

        assertThat(runs.size()).isEqualTo(1);
        assertThat(notes())
                .anySatisfy(text -> assertThat(text).contains("fa1", "result.json is damaged"))
                .anySatisfy(text -> assertThat(text).contains("usf1", "config.resolved.yaml is damaged"));
        assertThat(page().html()).contains("result.json is damaged");
    }

    @Test
    void aRunOfAVersionWithFewerFilesIsShown() throws IOException {
        WrittenRun old = run("ekdaa", 1).done(0.8);
        for (String file : List.of("manifest.json", "confusion.json", "STATUS", "metrics.jsonl")) {
            Files.delete(old.folder().file(file));
        }
        add(old);

        assertThat(page().row("table", "ekdaa")).contains("80.00");
        assertThat(page().row("runs", "ekdaa, seed 1")).contains("80.00", "unknown");
    }

    @Test
    void textOfRunsCannotBecomeMarkup() {
        String attack = "</script><img src=x onerror=alert(1)>";
        WrittenRun run = run("ekdaa", 1).done(0.8);
        run.write(
                "config.resolved.yaml",
                "name: '%s'\nseed: 1\nlearner: {type: '%s'}\ndata: {dataset: '%s'}\n"
                        .formatted(attack, attack, attack));
        new Confusion(List.of(attack, "dog"), new int[][] {{8, 2}, {1, 9}})
                .write(run.folder().file("confusion.json"));
        BufferedImage image = PixelImage.ofBytes(new byte[] {0, 1}, 0, 1, 2, 1);
        runs.add(
                run.folder(),
                any -> new Pictures(Optional.empty(), List.of(new Pictures.Sample(image, attack, "dog", 0.5)), attack));
        ReadPage page = page(runs.comparison(attack));

        assertThat(page.html()).contains("&lt;/script&gt;&lt;img").doesNotContain("<img src=x", "</script><img");
        assertThat(page.data().get("classes").get(0).get(0).asText()).isEqualTo(attack);
    }

    @Test
    void thePageNeedsNoOtherFile() {
        BufferedImage image = PixelImage.ofBytes(new byte[] {0, 1, 2, 3}, 0, 2, 2, 1);
        runs.add(
                run("ekdaa", 1).done(0.8).folder(),
                any -> new Pictures(
                        Optional.of(new Pictures.Filters(image, "From −1 to 1.")),
                        List.of(new Pictures.Sample(image, "cat", "dog", 0.75)),
                        ""));

        ReadPage page = page();
        assertThat(page.data().toString()).contains("dog, 75 % (is cat)", "From −1 to 1.", "data:image/png;base64,");
        assertThat(page.data().get("pictures"))
                .as("the filters happen to be that picture too")
                .hasSize(1);
        assertThat(page.html())
                .doesNotContainPattern("<(script|img|link)[^>]* (src|href)=\"(?!data:)")
                .doesNotContain("@import");
    }

    @Test
    void fortyFiveRunsWithManyClassesLayersAndStepsFitIntoTwoMegabytes() {
        String[] names = new String[100];
        Arrays.setAll(names, i -> "a class of images " + i);
        int[][] counts = new int[100][100];
        for (int[] row : counts) {
            Arrays.fill(row, 1);
        }
        StringBuilder metrics = new StringBuilder();
        for (int step = 1; step <= 400; step++) {
            metrics.append("{\"epoch\":%d,\"step\":%d,\"train/loss\":0.123456789,\"train/accuracy\":0.987654321"
                    .formatted(step, step));
            for (int layer = 1; layer <= 20; layer++) {
                metrics.append(
                        ",\"alignment/conv%d/weights/updateAngle\":%s".formatted(layer, 10.123456789 + step / 13.0));
            }
            metrics.append("}\n");
        }
        byte[] noise = new byte[32 * 32 * 3];
        new Random(1).nextBytes(noise);
        BufferedImage image = PixelImage.ofBytes(noise, 0, 32, 32, 3);
        for (int arm = 0; arm < 15; arm++) {
            for (int seed = 1; seed <= 3; seed++) {
                WrittenRun run = run("learner" + arm, seed).done(0.5).write("metrics.jsonl", metrics.toString());
                new Confusion(List.of(names), counts).write(run.folder().file("confusion.json"));
                runs.add(
                        run.folder(),
                        any -> new Pictures(
                                Optional.empty(), List.of(new Pictures.Sample(image, "cat", "dog", 0.75)), ""));
            }
        }

        ReadPage page = page();
        assertThat(page.html().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(MOST_BYTES);
        assertThat(page.data().get("runs")).hasSize(45);
        assertThat(page.data().get("pictures"))
                .as("a picture that all runs have")
                .hasSize(1);
        assertThat(page.chart("Training accuracy").get("series").get(0).get("points"))
                .hasSizeBetween(20, 300);
    }
}
