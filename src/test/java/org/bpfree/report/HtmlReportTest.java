package org.bpfree.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bpfree.run.RunRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {
    private static final Pictures NO_PICTURES = Pictures.none("Pictures were left out.");

    @TempDir
    Path folder;

    private final HtmlReport report = new HtmlReport();

    private WrittenRun run(String learner, int seed) {
        return new WrittenRun(folder.resolve(learner + seed), learner, seed);
    }

    private void add(WrittenRun run) {
        report.add(run.folder(), folder -> NO_PICTURES);
    }

    private String page() {
        return report.page("0.1.0");
    }

    @Test
    void runsThatDifferInTheirSeedAreOneMeanWithTheDeviationOfASample() {
        add(run("ekdaa", 1).done(0.80));
        add(run("ekdaa", 2).done(0.84));
        add(run("fa", 1).done(0.50));

        // (80 + 84) / 2 = 82; sqrt((2^2 + 2^2) / 1) = 2.83
        assertThat(page()).contains("<td>82.00 ± 2.83</td>").doesNotContain("<td>50.00 ±");
    }

    @Test
    void theGainIsOverTheShallowRunWithTheSameSeedNetworkAndData() {
        add(run("shallow", 1).done(0.40));
        add(run("ekdaa", 1).done(0.80));
        add(run("ekdaa", 2).done(0.84));
        add(run("fa", 1).configuration("cifar-10").done(0.5));

        assertThat(page())
                .contains("<td>40.00</td><td>is the floor</td>")
                .contains("<td>80.00</td><td>+40.00</td>")
                .contains("<td>84.00</td><td>shallow not run</td>")
                .contains("<td>50.00</td><td>shallow not run</td>")
                .contains("<td>82.00 ± 2.83</td><td>+40.00 (1 of 2 seeds)</td>");
    }

    @Test
    void anAngleThatIsUndefinedOrNotMeaningfulIsAWord() {
        add(run("ekdaa", 1).write("result.json", "{\"updateAngle\": 12.34, \"updateAngleNote\": null}"));
        add(run("ekdaa", 2)
                .write("result.json", "{\"updateAngle\": null, \"updateAngleNote\": \"undefined in conv1\"}"));
        add(run("ekdaa", 3)
                .write("result.json", "{\"updateAngle\": null, \"updateAngleNote\": \"not meaningful in conv1\"}"));

        assertThat(page()).contains("<td>12.3</td>", "<td>undefined</td>", "<td>not meaningful</td>");
    }

    @Test
    void aFigureIsDrawnAtItsEpochAndNotANumberIsAGap() {
        add(run("ekdaa", 1).done(0.8));
        List<Chart> charts = Curves.of(List.of(RunRecord.read(run("ekdaa", 3).folder())), List.of("run"));

        Chart angle = charts.stream()
                .filter(chart -> chart.title().startsWith("Angle of the update"))
                .findFirst()
                .orElseThrow();
        assertThat(angle.curves()).extracting(Curve::label).containsExactly("conv1");
        List<Double[]> points = angle.curves().get(0).points();
        assertThat(points.get(0)).containsExactly(1 / 50.0, 12.5);
        assertThat(points.get(1)).containsExactly(51 / 50.0, null);
        assertThat(page()).contains("[1.02,null]").doesNotContain("NaN,");
    }

    @Test
    void differentDatasetsAreSaidAboveAllTables() {
        add(run("ekdaa", 1).done(0.8));
        add(run("fa", 1).configuration("cifar-10").done(0.5));

        assertThat(report.warnings()).anySatisfy(warning -> assertThat(warning)
                .contains("different datasets (fashion-mnist, cifar-10)", "cannot be compared"));
        assertThat(page().indexOf("different datasets")).isLessThan(page().indexOf("<h2>Results</h2>"));
    }

    @Test
    void settingsThatDifferAreListedAndEqualOnesAreNot() {
        add(run("ekdaa", 1).done(0.8));
        add(run("fa", 1).done(0.5));

        String differences = page().substring(page().indexOf("Differences of settings"));
        assertThat(differences)
                .contains("<th>learner.type</th><td>ekdaa</td><td>fa</td>")
                .doesNotContain("filters");
    }

    @Test
    void aRunThatIsNotFinishedShowsWhatThereIs() {
        add(run("ekdaa", 1));

        assertThat(report.warnings()).anySatisfy(text -> assertThat(text).contains("not finished (killed)"));
        assertThat(page()).contains("<td>–</td>", "The confusion of classes was not recorded");
    }

    @Test
    void aDamagedRunIsNamedAndTheOthersAreShown() {
        add(run("ekdaa", 1).done(0.8));
        add(run("fa", 1).write("result.json", "{\"epochs\": 2, "));
        add(run("usf", 1).write("config.resolved.yaml", "a: [1"));

        assertThat(report.size()).isEqualTo(1);
        assertThat(report.warnings())
                .anySatisfy(text -> assertThat(text).contains("fa1", "result.json is damaged"))
                .anySatisfy(text -> assertThat(text).contains("usf1", "config.resolved.yaml is damaged"));
    }

    @Test
    void aRunOfAVersionWithFewerFilesIsShown() throws IOException {
        WrittenRun old = run("ekdaa", 1).done(0.8);
        for (String file : List.of("manifest.json", "confusion.json", "STATUS")) {
            Files.delete(old.folder().file(file));
        }
        add(old);

        assertThat(page()).contains("<td>80.00</td>", "unknown", "of an older version");
    }

    @Test
    void textOfRunsCannotBecomeMarkup() {
        WrittenRun run = run("ekdaa", 1).done(0.8);
        run.write(
                "config.resolved.yaml",
                "name: '<script>alert(1)</script>'\nseed: 1\nlearner: {type: '</script><b>'}\ndata: {dataset: mnist}\n");
        add(run);

        assertThat(page()).contains("&lt;script&gt;alert").doesNotContain("<script>alert", "</script><b>");
    }

    @Test
    void thePageNeedsNoOtherFile() {
        BufferedImage image = ImageGrid.stretched(new double[] {0, 1, 2, 3}, 2, 2, 1);
        report.add(
                run("ekdaa", 1).done(0.8).folder(),
                folder ->
                        new Pictures(Optional.of(image), List.of(new Pictures.Sample(image, "cat", "dog", 0.75)), ""));

        assertThat(page())
                .contains("dog, 75 % (is cat)", "data:image/png;base64,")
                .doesNotContainPattern("(src|href)=\"(?!data:)")
                .doesNotContain("@import");
    }
}
