package org.bpfree.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Runs beside each other")
class ComparedRunsTest {
    @TempDir
    private static Path folder;

    @BeforeAll
    static void train() throws IOException {
        Files.writeString(folder.resolve("tiny.yaml"), """
                name: tiny
                data: {dataset: synthetic, synthetic: {size: 8, channels: 1, train: 60, test: 20}, validation: 10}
                model: {layers: [{type: conv, filters: 3, kernel: 3}, {type: activation, function: tanh}, {type: flatten}, {type: dense, units: 10}]}
                learner: {type: backprop}
                optimizer: {type: sgd, learningRate: 0.1}
                training: {epochs: 1, batchSize: 20}
                """);
        train("bp1");
        train("bp2", "--set", "seed=2");
        train("fa", "--learner", "fa");
        train("larger", "--learner", "fa", "--set", "data.synthetic.size=9");
    }

    private static void train(String run, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("train", "--config", at("tiny.yaml"), "--run-dir", at(run), "--threads", "1"));
        arguments.addAll(List.of(more));
        CliRun trained = CliRun.bpfree(arguments.toArray(String[]::new));
        assertThat(trained.exitCode()).as(trained.err()).isZero();
    }

    private static String at(String name) {
        return folder.resolve(name).toString();
    }

    private static CliRun done(String... arguments) {
        CliRun run = CliRun.bpfree(arguments);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run;
    }

    private static List<CSVRecord> table(String file) throws IOException {
        return CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get()
                .parse(Files.newBufferedReader(folder.resolve(file)))
                .getRecords();
    }

    @Test
    @DisplayName("by features share a sheet an image, named by what differs, and a table of probes")
    void features() throws IOException {
        CliRun run = done(
                "features",
                at("bp1"),
                "--compare",
                at("bp2"),
                at("fa"),
                "--image",
                "3",
                "--threads",
                "1",
                "--probe",
                "--probe-images",
                "40",
                "--format",
                "svg",
                "-o",
                at("sheets"));

        assertThat(Files.readString(folder.resolve("sheets/test-00003.svg")))
                .contains(">backprop, seed 1<", ">backprop, seed 2<", ">fa<", "True class: ", "same for all networks");
        assertThat(folder.resolve("sheets/filters.svg")).exists();
        assertThat(run.out().lines().filter(line -> line.contains("backprop, seed 1") && line.contains("fa")))
                .as("one table for all")
                .hasSize(1);
        assertThat(table("sheets/probe.csv").stream()
                        .map(line -> line.get("run"))
                        .distinct())
                .containsExactly("backprop, seed 1", "backprop, seed 2", "fa");
        assertThat(table("sheets/probe.csv").stream()
                        .filter(line -> line.get("run").equals("fa")))
                .hasSize(table("sheets/probe.csv").size() / 3);
    }

    @Test
    @DisplayName("by features lie in a folder of their own unless -o says otherwise")
    void defaultFolder() {
        done("features", at("fa"), "--compare", at("bp1"), "--image", "0", "--threads", "1");

        assertThat(folder.resolve("fa/features-compare/test-00000.png")).exists();
        assertThat(folder.resolve("fa/features")).doesNotExist();
    }

    @Test
    @DisplayName("by robustness are arms of seeds in one table, with the error that fits each")
    void robustness() throws IOException {
        CliRun run = done(
                "robustness",
                at("bp1"),
                "--compare",
                at("fa"),
                at("bp2"),
                "--epsilon",
                "0.1",
                "--threads",
                "1",
                "--surrogate",
                at("fa"),
                "--format",
                "pdf",
                "-o",
                at("robust"));

        assertThat(run.out()).contains("± of backprop: deviation over 2 seeds", "± of fa: binomial standard error");
        assertThat(run.err()).contains("the surrogate", "is one of the networks under test");
        List<CSVRecord> lines = table("robust/robustness.csv");
        assertThat(lines.stream()
                        .map(line -> line.get("arm") + " " + line.get("runs") + " " + line.get("errorIs"))
                        .distinct())
                .containsExactly("backprop 2 deviation over 2 seeds", "fa 1 binomial standard error");
        assertThat(lines.stream()
                        .map(line -> line.get("arm") + " " + line.get("disturbance") + " " + line.get("gradient")))
                .contains("fa fgsm surrogate", "backprop pgd own", "backprop clean none");
        assertThat(folder.resolve("robust/attacks.pdf")).exists();
        assertThat(folder.resolve("robust/corruptions.pdf")).exists();
    }

    @Test
    @DisplayName("as JSON are a list of arms")
    void json() throws IOException {
        CliRun run = done(
                "robustness",
                at("bp1"),
                "--compare",
                at("fa"),
                "--epsilon",
                "0.1",
                "--threads",
                "1",
                "--json",
                "-o",
                at("json"));

        JsonNode arms = new ObjectMapper().readTree(run.out());
        assertThat(arms).hasSize(2);
        assertThat(arms.get(1).get("name").asText()).isEqualTo("fa");
        assertThat(arms.get(1).get("rows").get(0).get("kind").get("disturbance").asText())
                .isEqualTo("clean");
    }

    @ParameterizedTest
    @ValueSource(strings = {"features", "robustness"})
    @DisplayName("saw the same images, or are refused, and nothing is written")
    void otherImages(String command) {
        CliRun run =
                CliRun.bpfree(command, at("bp1"), "--compare", at("larger"), "--threads", "1", "-o", at("refused"));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains("was trained on other images than " + at("bp1"), "synthetic (9x9x1), not synthetic (8x8x1)");
        assertThat(folder.resolve("refused")).doesNotExist();
    }

    @Test
    @DisplayName("must be runs")
    void noRun() {
        CliRun run = CliRun.bpfree("features", at("bp1"), "--compare", at("none"));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(at("none") + " does not exist");
    }

    @Test
    @DisplayName("by cost are refused before anything is measured where the file says no kind of figure")
    void cost() {
        CliRun run = CliRun.bpfree(
                "bench", "--config", at("tiny.yaml"), "--vary", "training.batchSize=4", "--plot", at("cost.gif"));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("cost.gif", ".png, .svg, .pdf").doesNotContain("images/s");
    }

    @Test
    @DisplayName("by cost have a curve each")
    void costCurves() throws IOException {
        done(
                "bench",
                "--config",
                at("tiny.yaml"),
                "--vary",
                "training.batchSize=2,8",
                "--learners",
                "backprop,fa",
                "--seconds",
                "0.01",
                "--rounds",
                "1",
                "--threads",
                "1",
                "--plot",
                at("cost.svg"));

        assertThat(Files.readString(folder.resolve("cost.svg")))
                .contains(">backprop<", ">fa<", ">training.batchSize<", ">milliseconds an image<", ">8<");
    }
}
