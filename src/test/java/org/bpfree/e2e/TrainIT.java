package org.bpfree.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training, from the command to the run folder. */
class TrainIT {
    private static final Path QUICKSTART = Path.of("configs/quickstart.yaml").toAbsolutePath();

    @TempDir
    private Path folder;

    private Bpfree bpfree;

    @BeforeEach
    void inFolder() {
        bpfree = Bpfree.in(folder);
        bpfree.file("tiny.yaml", Experiments.tiny());
    }

    @Test
    void quickstartEndsWithAccuracyTwinAndRunFolder() {
        Outcome outcome = bpfree.run("train", "--config", QUICKSTART.toString(), "--threads", "1", "--run-dir", "run")
                .exits(0);

        List<String> lines = outcome.out().lines().map(String::strip).toList();
        assertThat(lines).hasSize(5);
        assertThat(lines.get(0)).startsWith("ekdaa on synthetic");
        assertThat(lines.get(1)).matches("test accuracy +[0-9.]+ %   loss [0-9.]+");
        assertThat(lines.get(2)).matches("backprop twin +[0-9.]+ %   loss [0-9.]+");
        assertThat(lines.get(3)).contains("no tuned baseline");
        assertThat(lines.get(4)).matches("run folder +run");
        assertThat(outcome.err()).as("progress").contains("ekdaa epoch 6/6", "backprop epoch 6/6");

        JsonNode result = new RunFiles(folder.resolve("run")).result();
        assertThat(result.get("testAccuracy").asDouble()).isGreaterThan(0.9);
        assertThat(result.get("twin").get("learner").asText()).isEqualTo("backprop");
        assertThat(result.get("twin").get("testAccuracy").asDouble()).isGreaterThan(0.9);
        assertThat(result.get("twinNote").asText()).contains("no tuned baseline");
    }

    @Test
    void aRunFolderHoldsEverything() {
        bpfree.run("train", "--config", "tiny.yaml", "--threads", "1").exits(0);

        RunFiles run = onlyRun("tiny");
        assertThat(run.folder().getFileName().toString()).matches("[0-9]{8}-[0-9]{6}-s1");
        assertThat(run.status()).isEqualTo("done");
        assertThat(run.text("config.yaml")).isEqualTo(Experiments.tiny());
        assertThat(run.has("config.resolved.yaml")).isTrue();
        assertThat(run.has("checkpoints/last")).isTrue();
        assertThat(run.text("metrics.csv")).startsWith("epoch,step,metric,value\n1,3,learningRate,0.1\n");
        assertThat(run.text("metrics.jsonl").lines()).hasSize(2);
        assertThat(run.text("console.log")).contains("backprop epoch 2/2");
        assertThat(run.json("manifest.json").get("facts").fieldNames())
                .toIterable()
                .contains("version", "commit", "configurationHash", "datasetSha256", "jvm", "backend", "threads");
        assertThat(run.json("manifest.json").get("session").get("exitCode").asInt())
                .isZero();
        assertThat(run.result().fieldNames())
                .toIterable()
                .contains(
                        "name",
                        "learner",
                        "dataset",
                        "seed",
                        "epochs",
                        "stopReason",
                        "trainLoss",
                        "trainAccuracy",
                        "testLoss",
                        "testAccuracy",
                        "imagesPerSecond",
                        "seconds",
                        "parameters",
                        "feedbackParameters",
                        "runDir");
        assertThat(run.result().get("trainImages").asInt()).isEqualTo(60);
        assertThat(run.result().get("testImages").asInt()).isEqualTo(20);
        assertThat(run.result().get("updateAngle").isNull()).isTrue();
        // Ten scores and their errors; flattening is a view of the images, which are no scratch, and nobody reads their
        // errors.
        assertThat(run.result().get("scratchBytesPerImage").asInt()).isEqualTo(Float.BYTES * (10 + 10));
        assertThat(run.result().get("parameters").asInt()).isEqualTo(8 * 8 * 10 + 10);
        assertThat(run.result().get("stopReason").asText()).isEqualTo("completed");
    }

    @Test
    void theResolvedConfigurationRepeatsTheRun() {
        bpfree.run("train", "--config", "tiny.yaml", "--threads", "1", "--run-dir", "first")
                .exits(0);
        bpfree.run("train", "--config", "first/config.resolved.yaml", "--threads", "1", "--run-dir", "second")
                .exits(0);

        new RunFiles(folder.resolve("second"))
                .hasSameBytesAs(new RunFiles(folder.resolve("first")), "checkpoints/last");
    }

    @Test
    void jsonIsOneObjectAndAllThatStandardOutputHolds() throws IOException {
        Outcome outcome = bpfree.run("train", "--config", "tiny.yaml", "--threads", "1", "--json")
                .exits(0);

        JsonNode printed = new ObjectMapper().readTree(outcome.out());
        assertThat(printed).isEqualTo(onlyRun("tiny").result());
        assertThat(outcome.err()).contains("backprop epoch 2/2");
    }

    @Test
    void equalSeedsAndThreadsGiveEqualBytesAndOtherSeedsDoNot() {
        train("first", "seed=3");
        train("again", "seed=3");
        train("other", "seed=4");

        RunFiles first = new RunFiles(folder.resolve("first"));
        new RunFiles(folder.resolve("again")).hasSameBytesAs(first, "checkpoints/last", "checkpoints/best");
        RunFiles other = new RunFiles(folder.resolve("other"));
        assertThat(other.text("metrics.csv")).isNotEqualTo(first.text("metrics.csv"));
        assertThat(other.bytes("checkpoints/last")).isNotEqualTo(first.bytes("checkpoints/last"));
    }

    private void train(String run, String seed) {
        bpfree.file("stateful.yaml", Experiments.stateful("ekdaa"));
        String threads = String.valueOf(Math.min(2, Runtime.getRuntime().availableProcessors()));
        String[] command = ("train --config stateful.yaml --threads " + threads + " --set training.epochs=3 --set "
                        + seed + " --run-dir " + run)
                .split(" ");
        bpfree.run(command).exits(0);
    }

    @Test
    void aDryRunTellsShapesAndTimesAndLeavesNothing() {
        Outcome outcome = bpfree.run("train", "--config", "tiny.yaml", "--threads", "1", "--dry-run")
                .exits(0);

        assertThat(outcome.out()).contains("output", "parameters", "feedback", "650", "6 steps in 2 epochs");
        assertThat(folder.resolve("runs")).doesNotExist();
    }

    private RunFiles onlyRun(String name) {
        try (var runs = Files.list(folder.resolve("runs").resolve(name))) {
            return new RunFiles(runs.reduce((a, b) -> {
                        throw new AssertionError("more than one run: " + a + ", " + b);
                    })
                    .orElseThrow());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
