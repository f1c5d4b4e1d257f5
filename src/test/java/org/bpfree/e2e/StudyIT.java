package org.bpfree.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be asked of finished runs: reports, pictures of features, robustness. */
class StudyIT {
    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final int TEST_IMAGES = 60;

    /** A convolution of 8 filters on 12x12 images, a pool, a dense layer; with a twin and a best checkpoint. */
    private static final String EXPERIMENT = """
            name: study
            seed: 3
            data: {dataset: synthetic, synthetic: {size: 12, channels: 1, train: 650, test: 60}, validation: 50}
            model:
              layers:
                - {type: conv, filters: 8, kernel: 3, name: convolution}
                - {type: activation, function: tanh}
                - {type: max-pool, size: 2}
                - {type: flatten}
                - {type: dense, units: 10, name: classes}
            learner: {type: ekdaa}
            optimizer: {type: adam, learningRate: 0.01}
            training: {epochs: 6, batchSize: 32, twin: true}
            probes: {alignmentEvery: 10}
            """;

    @TempDir
    private static Path folder;

    private static Bpfree bpfree;

    @BeforeAll
    static void train() {
        bpfree = Bpfree.in(folder);
        bpfree.file("study.yaml", EXPERIMENT);
        bpfree.file("tiny.yaml", Experiments.tiny());
        bpfree.run("train", "--config", "study.yaml", "--threads", "1", "--run-dir", "run")
                .exits(0);
        bpfree.run("train", "--config", "tiny.yaml", "--threads", "1", "--run-dir", "tiny")
                .exits(0);
    }

    /** A copy of the run as an older version left it: no confusion, and a result with the figures of that time. */
    private static String olderRun() throws IOException {
        copy(folder.resolve("run"), folder.resolve("older"));
        Files.deleteIfExists(folder.resolve("older/confusion.json"));
        Files.writeString(
                folder.resolve("older/result.json"),
                "{\"name\": \"study\", \"epochs\": 6, \"testAccuracy\": 0.125, \"testLoss\": 2.0}");
        return "older";
    }

    /** A copy of the run whose result was cut short, without the twin. */
    private static String halfWrittenRun() throws IOException {
        copy(folder.resolve("run"), folder.resolve("half"));
        Files.writeString(folder.resolve("half/result.json"), "{\n  \"name\" : \"stu");
        Files.deleteIfExists(folder.resolve("half/twin/config.resolved.yaml"));
        return "half";
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (!Files.exists(target)) {
                    Files.copy(file, target);
                }
            }
        }
    }

    private static String read(String name) {
        try {
            return Files.readString(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BufferedImage picture(String name) throws IOException {
        BufferedImage picture = ImageIO.read(folder.resolve(name).toFile());
        assertThat(picture).as(name).isNotNull();
        return picture;
    }

    @ParameterizedTest
    @ValueSource(strings = {"report", "features", "robustness"})
    void aFolderThatIsNoRunIsRefused(String command) {
        bpfree.run(command, ".").failsWith(USAGE, ". is not a run folder");
        bpfree.run(command, "nowhere").failsWith(USAGE, "nowhere does not exist");
    }

    @Nested
    class Report {
        @Test
        void comparesARunAndItsTwinInOneFileWithPicturesInside() {
            bpfree.run("report", "run", "--threads", "1", "-o", "new/folder/report.html")
                    .exits(0);

            String page = read("new/folder/report.html");
            double accuracy = new RunFiles(folder.resolve("run"))
                    .result()
                    .get("testAccuracy")
                    .asDouble();
            assertThat(page)
                    .contains(">%.2f</td>".formatted(100 * accuracy), "data:image/png;base64,", "backprop")
                    .doesNotContain("src=\"http", "href=\"http");
        }

        @Test
        void runsOfDifferentDatasetsAreShownWithAWarning() {
            copyAsOther();

            Outcome outcome = bpfree.run("report", "run", "other", "--no-pictures", "-o", "two.html")
                    .exits(0);

            assertThat(outcome.err()).contains("different datasets (synthetic, svhn)", "cannot be compared");
            assertThat(read("two.html")).contains("different datasets (synthetic, svhn)");
        }

        private void copyAsOther() {
            try {
                copy(folder.resolve("run"), folder.resolve("other"));
                Path resolved = folder.resolve("other/config.resolved.yaml");
                Files.writeString(resolved, Files.readString(resolved).replace("dataset: synthetic", "dataset: svhn"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Test
        void whatAGlobFindsBesideRunsIsLeftOutWithAWarning() {
            Outcome outcome = bpfree.run("report", "study.yaml", "tiny", "--no-pictures", "-o", "glob.html")
                    .exits(0);

            assertThat(outcome.err()).contains("warning: left out: study.yaml is not a run folder");
            assertThat(read("glob.html")).doesNotContain("study.yaml");
        }

        @Test
        void aRunOfAnOlderVersionIsShownAsFarAsItTells() throws IOException {
            bpfree.run("report", olderRun(), "--threads", "1", "-o", "older.html")
                    .exits(0);

            assertThat(read("older.html")).contains(">12.50</td>");
        }

        @Test
        void aHalfWrittenResultIsNamedAndTheOtherRunsAreShown() throws IOException {
            String half = halfWrittenRun();
            String damage = "half/result.json is damaged: line 2 is not JSON from character ";

            Outcome both = bpfree.run("report", half, "run", "--no-pictures", "-o", "both.html")
                    .exits(0);
            assertThat(both.err()).contains("warning: Left out half: " + damage);
            assertThat(read("both.html")).contains("Left out half: " + damage);

            bpfree.run("report", half, "--no-pictures", "-o", "none.html")
                    .failsWith(FAILED, damage, "none of the runs can be shown");
            assertThat(folder.resolve("none.html")).doesNotExist();
        }

        @Test
        void aReportThatCannotBeWrittenSaysWhy() {
            bpfree.run("report", "run", "--no-pictures", "-o", "tiny.yaml/report.html")
                    .failsWith(FAILED, "cannot write", "tiny.yaml is a file, not a folder", "name a place");
        }
    }

    @Nested
    class Features {
        @Test
        void drawsASheetAnImageWithTheMapsOfEveryLayerAndTheFilters() throws IOException {
            bpfree.run("features", "run", "--threads", "1", "--image", "0,59", "-o", "features", "--format", "svg")
                    .exits(0);

            try (Stream<Path> files = Files.list(folder.resolve("features"))) {
                assertThat(files.map(file -> file.getFileName().toString()).sorted())
                        .containsExactly("filters.svg", "test-00000.svg", "test-00059.svg");
            }
            assertThat(read("features/test-00059.svg"))
                    .contains("test image 59 of synthetic", "True class: ", "Predicted class: ")
                    .contains(">convolution<", ">tanh1<", ">max-pool1<", ">classes<")
                    .contains(">12×12, 8 channels<", ">6×6, 8 channels<", ">10 units<");
        }

        @Test
        void figuresOfAllKindsComeOutOfThePackagedProgram() throws IOException {
            bpfree.run("features", "run", "--threads", "1", "--image", "0", "-o", "printed", "--format", "pdf")
                    .exits(0);
            bpfree.run("features", "run", "--threads", "1", "--image", "0", "-o", "printed")
                    .exits(0);

            assertThat(Files.readAllBytes(folder.resolve("printed/test-00000.pdf")))
                    .startsWith("%PDF-".getBytes(StandardCharsets.US_ASCII));
            assertThat(picture("printed/test-00000.png").getWidth()).isGreaterThan(1000);
            assertThat(picture("printed/filters.png").getWidth()).isGreaterThan(1000);
        }

        @Test
        void probesEveryLayerWithALinearClassifier() throws IOException {
            bpfree.run("features", "run", "--threads", "1", "--probe", "--probe-images", "600", "-o", "probed")
                    .exits(0);

            List<CSVRecord> lines = CSVFormat.DEFAULT
                    .builder()
                    .setHeader()
                    .setSkipHeaderRecord(true)
                    .get()
                    .parse(Files.newBufferedReader(folder.resolve("probed/probe.csv")))
                    .getRecords();

            // Maps are averaged over a grid of 4 by 4 places.
            assertThat(lines.stream().map(line -> line.get("layer") + " " + line.get("features")))
                    .containsExactly("input 16", "convolution 128", "tanh1 128", "max-pool1 128", "classes 10");
            double pool = Double.parseDouble(lines.get(3).get("accuracy"));
            double chance = 0.1;
            double error = Math.sqrt(chance * (1 - chance) / TEST_IMAGES);
            assertThat(pool).isGreaterThan(chance + 4 * error);
        }

        @ParameterizedTest
        @CsvSource({"--image, 60, 2", "--image, -1, 2", "--probe-images, 1, 2", "--picture, none.png, 3"})
        void whatCannotBeDrawnLeavesNothing(String option, String value, int exitCode) {
            bpfree.run("features", "run", option, value, "-o", "refused").failsWith(exitCode, value);
            assertThat(folder.resolve("refused")).doesNotExist();
        }

        @Test
        void aRunOfAnOlderVersionHasFeatures() throws IOException {
            bpfree.run("features", olderRun(), "--threads", "1", "-o", "of-older")
                    .exits(0);
            assertThat(folder.resolve("of-older/filters.png")).exists();
        }
    }

    @Nested
    class Robust {
        private static final int SEVERITIES = 5;
        private static final int CORRUPTIONS = 4;

        @Test
        void attacksWithItsOwnGradientAndItsTwinsAndCorrupts() throws IOException {
            Outcome outcome = bpfree.run(
                            "robustness",
                            "run",
                            "--threads",
                            "1",
                            "--checkpoint",
                            "last",
                            "--images",
                            "0",
                            "--epsilon",
                            "0.01,0.1",
                            "-o",
                            "robustness",
                            "--json")
                    .exits(0);

            List<JsonNode> lines = StreamSupport.stream(
                            new ObjectMapper().readTree(outcome.out()).spliterator(), false)
                    .toList();
            assertThat(lines).hasSize(1 + 2 * 2 * 2 + CORRUPTIONS * SEVERITIES);
            double clean = accuracy(lines.get(0));
            assertThat(clean)
                    .isEqualTo(new RunFiles(folder.resolve("run"))
                            .result()
                            .get("testAccuracy")
                            .asDouble());
            for (String gradient : List.of("own", "surrogate")) {
                List<JsonNode> attacks = lines.stream()
                        .filter(line -> line.get("gradient").asText().equals(gradient))
                        .toList();
                assertThat(attacks.stream().map(line -> line.get("disturbance").asText() + " " + line.get("strength")))
                        .as(gradient)
                        .containsExactly("fgsm 0.01", "fgsm 0.1", "pgd 0.01", "pgd 0.1");
                assertThat(attacks).allMatch(line -> accuracy(line) <= clean);
            }
            JsonNode strongest = lines.stream()
                    .filter(line -> line.get("gradient").asText().equals("own"))
                    .filter(line -> line.get("strength").asDouble() == 0.1)
                    .findFirst()
                    .orElseThrow();
            assertThat(accuracy(strongest)).isLessThan(clean / 2);
            assertThat(read("robustness/robustness.csv").lines()).hasSize(1 + lines.size());
            assertThat(read("robustness/robustness.json")).contains("run/checkpoints/last");
            picture("robustness/attacks.png");
            picture("robustness/corruptions.png");
        }

        private static double accuracy(JsonNode line) {
            return line.get("accuracy").asDouble();
        }

        @Test
        void withoutASurrogateItSaysThatNoBlackBoxIsTested() {
            Outcome outcome = bpfree.run("robustness", "tiny", "--threads", "1", "--epsilon", "0.1", "-o", "of-tiny")
                    .exits(0);

            assertThat(outcome.err()).contains("there is no surrogate", "--surrogate");
            assertThat(outcome.out()).contains("tiny/checkpoints/last: the first 20 test images", "own");
            assertThat(outcome.out()).doesNotContain("surrogate");
        }

        @ParameterizedTest
        @CsvSource({"--epsilon, 0", "--epsilon, 1.5", "--epsilon, -0.1", "--epsilon, much", "--images, -1"})
        void impossibleDisturbancesAreRefused(String option, String value) {
            bpfree.run("robustness", "run", option, value, "-o", "refused").failsWith(USAGE, option, value);
            assertThat(folder.resolve("refused")).doesNotExist();
        }

        @Test
        void aSurrogateOfOtherImagesIsRefused() {
            bpfree.run("robustness", "run", "--threads", "1", "--surrogate", "tiny", "-o", "refused")
                    .failsWith(
                            USAGE,
                            "the surrogate tiny was trained on other images than run",
                            "synthetic (8x8x1), not synthetic (12x12x1)");
            assertThat(folder.resolve("refused")).doesNotExist();
        }
    }
}
