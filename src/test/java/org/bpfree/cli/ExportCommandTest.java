package org.bpfree.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipFile;
import org.bpfree.measure.NumpyArchive;
import org.bpfree.tensor.Tensor;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("bpfree export")
class ExportCommandTest {
    @TempDir
    private Path folder;

    private Path config(String learner) throws IOException {
        return Files.writeString(folder.resolve("small.yaml"), """
                name: small
                data: {dataset: synthetic, synthetic: {size: 8, train: 40, test: 20}, normalize: centered}
                model:
                  layers:
                    - {type: conv, filters: 3, kernel: 3, stride: 2}
                    - {type: batch-norm}
                    - {type: flatten}
                    - {type: dense, units: 10}
                learner: {type: %s}
                optimizer: {type: sgd, learningRate: 0.1}
                training: {epochs: 1, batchSize: 20}
                """.formatted(learner));
    }

    private Path trained(Path config) {
        Path run = folder.resolve("run");
        run("train", "--config", config.toString(), "--threads", "1", "--run-dir", run.toString());
        return run;
    }

    private static CliRun run(String... arguments) {
        CliRun run = CliRun.bpfree(arguments);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run;
    }

    private static Map<String, Tensor> values(Path archive) {
        return NumpyArchive.read(archive, name -> name.startsWith("parameter/"));
    }

    private static String layout(Path file, String entry) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return new String(zip.getInputStream(zip.getEntry(entry)).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    @DisplayName("writes a state dict that --init takes back bit for bit, and a layout into every file")
    void roundTrip() throws IOException {
        Path config = config("ekdaa");
        Path run = trained(config);
        run("export", run.toString(), "--threads", "1");
        CliRun exported = run("export", run.toString(), "--format", "pytorch", "--threads", "1");
        Path dict = run.resolve("weights.pt");
        Path loader = run.resolve("bpfree_model.py");
        assertThat(exported.out()).isEqualTo(dict + "\n" + loader + "\n");

        Path step = folder.resolve("step.npz");
        run(
                "trace",
                "--config",
                config.toString(),
                "--init",
                dict.toString(),
                "--out",
                step.toString(),
                "--threads",
                "1");
        Map<String, Tensor> expected = values(run.resolve("weights.npz"));
        Map<String, Tensor> back = values(step);
        assertThat(back.keySet()).isEqualTo(expected.keySet());
        expected.forEach(
                (name, value) -> assertThat(back.get(name).bytes()).as(name).isEqualTo(value.bytes()));

        assertThat(layout(dict, "weights/layout.json"))
                .contains("batch, channels, height, width", "\"shift\" : [ -0.5 ]", "\"stride\" : 2");
        for (Path archive : new Path[] {step, run.resolve("weights.npz")}) {
            assertThat(layout(archive, "layout.json"))
                    .contains("batch, height, width, channels", "\"shift\" : [ -0.5 ]", "\"stride\" : 2");
        }
    }

    @Test
    @DisplayName("leaves another file of the loader's name alone, and says so")
    void loaderOfSomebodyElse() throws IOException {
        Path run = trained(config("backprop"));
        Path loader = Files.writeString(run.resolve("bpfree_model.py"), "mine");
        CliRun exported = run("export", run.toString(), "--format", "pytorch", "--threads", "1");
        assertThat(loader).hasContent("mine");
        assertThat(exported.err()).contains("note: " + loader + " is there with other content");
    }

    @Test
    @DisplayName("refuses PyTorch for a network that spikes")
    void spiking() throws IOException {
        Path config = Files.writeString(folder.resolve("spiking.yaml"), """
                name: spiking
                data: {dataset: synthetic, synthetic: {size: 8, train: 40, test: 20}}
                model: {layers: [{type: flatten}, {type: dense, units: 12, bias: false}, {type: dense, units: 10, bias: false}]}
                learner: {type: spiking-microcircuit}
                optimizer: {type: sgd, learningRate: 0.1}
                training: {epochs: 1, batchSize: 20}
                """);
        CliRun exported = CliRun.bpfree("export", trained(config).toString(), "--format", "pytorch", "--threads", "1");
        assertThat(exported.exitCode()).isEqualTo(2);
        assertThat(exported.err()).contains("a network that spikes has no counterpart in PyTorch");
    }
}
