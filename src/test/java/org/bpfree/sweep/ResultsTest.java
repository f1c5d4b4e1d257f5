package org.bpfree.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two groups of three seeds: the first with accuracies 0.5, 0.7 and one missing, the second with one that diverged alone. */
class ResultsTest {
    private static final double SD = Math.sqrt((0.1 * 0.1 + 0.1 * 0.1) / 1);

    @TempDir
    private Path folder;

    private SweepFiles files;
    private Plan plan;

    @BeforeEach
    void cells() {
        files = SweepFiles.in(folder);
        plan = files.plan("cells: [{learner: {type: fa}}, {optimizer.learningRate: 5}]\nseeds: [1, 2, 3]");
        result(0, """
                {"epochs": 1, "testAccuracy": 0.5, "testLoss": 2.0, "newFigure": 3, "trainImages": 100, "testImages": 10,
                 "updateAngle": 30.0, "imagesPerSecond": 500.0, "scratchBytesPerImage": 3072}""");
        result(1, """
                {"epochs": 1, "testAccuracy": 0.7, "testLoss": 1.0, "bestEpoch": null, "updateAngle": 60.0,
                 "imagesPerSecond": 250.0}""");
        files.write("runs/trial/" + plan.cell(3).id() + "/STATUS", "diverged\n");
    }

    private void result(int index, String json) {
        String run = "runs/trial/" + plan.cell(index).id() + "/";
        files.write(run + "config.resolved.yaml", plan.cell(index).configuration());
        files.write(run + "manifest.json", "{\"facts\": {\"version\": \"1.2\", \"commit\": \"abc\"}}");
        files.write(run + "result.json", json);
    }

    private Results collect() {
        return Results.collect(plan, SweepFolder.of(folder.resolve("runs"), plan));
    }

    @Test
    void theTableHasARowForEachCellAndNoFiguresWhereThereIsNoResult() throws IOException {
        List<CSVRecord> rows = rows();

        assertThat(rows).hasSize(6);
        assertThat(rows.stream().map(row -> row.get("state")))
                .containsExactly("done", "done", "missing", "diverged", "missing", "missing");
        assertThat(rows.get(0).get("testAccuracy")).isEqualTo("0.5");
        assertThat(rows.get(0).get("learner")).isEqualTo("{type: fa}");
        assertThat(rows.get(0).get("optimizer.learningRate")).isEmpty();
        assertThat(rows.get(0).get("version")).isEqualTo("1.2 abc");
        assertThat(rows.get(1).get("bestEpoch")).isEmpty();
        assertThat(rows.get(2).get("testAccuracy")).isEmpty();
        assertThat(rows.get(3).get("reason")).isEqualTo("training diverged");
    }

    @Test
    void meansAndDeviationsAreThoseOfTheSeedsThatAreDone() throws IOException {
        CSVRecord row = rows().get(0);

        assertThat(Double.parseDouble(row.get("testAccuracyMean"))).isCloseTo(0.6, within(1e-15));
        assertThat(Double.parseDouble(row.get("testAccuracySd"))).isCloseTo(SD, within(1e-15));
        assertThat(Double.parseDouble(row.get("testLossMean"))).isCloseTo(1.5, within(1e-15));
        assertThat(row.get("seedsDone")).isEqualTo("2");
        assertThat(row.get("seedsPlanned")).isEqualTo("3");
        CSVRecord without = rows().get(3);
        assertThat(without.get("testAccuracyMean")).isEmpty();
        assertThat(without.get("seedsDone")).isEqualTo("0");
    }

    @Test
    void oneSeedHasNoDeviation() throws IOException {
        result(4, "{\"testAccuracy\": 0.25, \"testLoss\": 1.0}");

        assertThat(rows().get(4).get("testAccuracyMean")).isEqualTo("0.25");
        assertThat(rows().get(4).get("testAccuracySd")).isEmpty();
        assertThat(ResultsFormat.md.print(collect()))
                .contains("|  | 5 | 25.00 | shallow not run | 1.0000 | – | – | – | 1 of 3, 1 diverged |");
    }

    @Test
    void theMarkdownTablesSayHowManySeedsTheyRestOn() {
        assertThat(ResultsFormat.md.print(collect()))
                .contains(
                        "| learner | optimizer.learningRate | test accuracy, % | gain over shallow, points | test loss | angle to backprop, ° | ms an image |"
                                + " scratch, KiB an image | seeds done |")
                .contains(
                        "| {type: fa} |  | 60.00 ± 14.14 | shallow not run | 1.5000 ± 0.7071 | 45.0 ± 21.2 | 3.000 ± 1.414 | 3 | 2 of 3 |")
                .contains("|  | 5 | – | – | – | – | – | – | 0 of 3, 1 diverged |")
                .contains("| 3 |  | 5 | 1 | diverged: training diverged | – | – | – | – | – | – |");
    }

    @Test
    void anAngleThatIsUndefinedForASeedHasNoMeanOverTheOthers() throws IOException {
        result(1, """
                {"epochs": 1, "testAccuracy": 0.7, "testLoss": 1.0, "updateAngle": null,
                 "updateAngleNote": "undefined in conv1: no update", "imagesPerSecond": 250.0}""");

        assertThat(ResultsFormat.md.print(collect()))
                .contains("1.5000 ± 0.7071 | undefined in 1 seed | 3.000")
                .contains("| 1.0000 | undefined | 4.000 |")
                .contains("| 2.0000 | 30.0 | 2.000 |");
        assertThat(rows().get(1).get("updateAngle")).isEqualTo("NaN");
        assertThat(rows().get(1).get("updateAngleNote")).isEqualTo("undefined in conv1: no update");
        assertThat(rows().get(0).get("updateAngle")).isEqualTo("30.0");
        assertThat(rows().get(2).get("updateAngle")).as("not measured").isEmpty();
        JsonNode root = new ObjectMapper().readTree(ResultsFormat.json.print(collect()));
        assertThat(root.at("/groups/0/updateAngle/mean").isNull()).isTrue();
        assertThat(root.at("/groups/0/updateAngle/undefinedSeeds").asInt()).isEqualTo(1);
    }

    @Test
    void theGainIsOverTheShallowRunOfTheSameSeedAndWhereThereIsNoneTheTablesSaySo() throws IOException {
        plan = files.plan("cells: [{learner: {type: fa}}, {learner: {type: shallow}}]\nseeds: [1, 2]");
        result(0, "{\"testAccuracy\": 0.75}");
        result(1, "{\"testAccuracy\": 0.5}");
        result(2, "{\"testAccuracy\": 0.25}");

        assertThat(rows().get(0).get("gainOverShallow")).isEqualTo("0.5");
        assertThat(rows().get(1).get("gainOverShallow")).isEmpty();
        assertThat(rows().stream().map(row -> row.get("shallowControl")))
                .containsExactly("run", "not run", "is the floor", "is the floor");
        assertThat(rows().get(0).get("gainOverShallowMean")).isEqualTo("0.5");
        assertThat(ResultsFormat.md.print(collect()))
                .contains("| {type: fa} | 62.50 ± 17.68 | +50.00 (1 of 2 seeds) |")
                .contains("| {type: shallow} | 25.00 | is the floor |")
                .contains("| 2 | done | 50.00 | shallow not run |");
    }

    @Test
    void theTableOfMeansSaysWhatItWasMeasuredWith() {
        files.write("runs/trial/" + plan.cell(0).id() + "/manifest.json", """
                {"facts": {"version": "1.2", "commit": "abc", "uncommittedChanges": true, "processor": "Some CPU", "threads": 2},
                 "session": {"started": "2026-11-21T16:50:14Z"}}""");

        assertThat(ResultsFormat.means.print(collect()))
                .contains("Epochs: 1; images: 100, ? to learn, 10, ? to test; seeds: 1, 2;"
                        + " bpfree 1.2 abc, 1.2 abc with uncommitted changes; 2026-11-21, ?; ?, Some CPU,"
                        + " threads of a run: 2, ?.")
                .doesNotContain("| cell |");
    }

    @Test
    void theTimeOfAnImageIsAveragedAndNotTheSpeed() throws IOException {
        JsonNode root = new ObjectMapper().readTree(ResultsFormat.json.print(collect()));

        // (1/500 + 1/250) / 2
        assertThat(root.at("/groups/0/secondsPerImage/mean").asDouble()).isCloseTo(0.003, within(1e-15));
        assertThat(root.at("/groups/0/updateAngle/mean").asDouble()).isEqualTo(45.0);
        assertThat(root.at("/groups/0/scratchBytesPerImage/sd").isNull()).isTrue();
    }

    @Test
    void jsonHasNullWhereThereIsNoFigure() throws IOException {
        JsonNode root = new ObjectMapper().readTree(ResultsFormat.json.print(collect()));

        assertThat(root.at("/cells/0/result/testAccuracy").asDouble()).isEqualTo(0.5);
        assertThat(root.at("/cells/2/result").isNull()).isTrue();
        assertThat(root.at("/groups/0/testAccuracy/sd").asDouble()).isCloseTo(SD, within(1e-15));
        assertThat(root.at("/groups/1/testAccuracy/mean").isNull()).isTrue();
        assertThat(root.at("/groups/1/settings/optimizer.learningRate").asText())
                .isEqualTo("5");
    }

    @Test
    void whatAReaderMustKnowIsSaid() {
        result(2, "{\"epochs\": 1}");
        files.write(
                "runs/trial/" + plan.cell(2).id() + "/manifest.json",
                "{\"facts\": {\"version\": \"1.1\", \"commit\": \"old\"}}");

        assertThat(collect().warnings())
                .containsExactly(
                        "3 of 6 cells are not done; their rows have no figures",
                        "cells were run by different versions of bpfree: 1.2 abc, 1.1 old",
                        "no test accuracy in the results of cells 2, which an older version of bpfree may have written");
    }

    private List<CSVRecord> rows() throws IOException {
        return CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get()
                .parse(new StringReader(ResultsFormat.csv.print(collect())))
                .getRecords();
    }
}
