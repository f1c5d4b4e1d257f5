package org.bpfree.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Generated images in the files of real datasets: written, listed, verified and trained on. */
class DataIT {
    @TempDir
    private Path folder;

    private Bpfree bpfree;

    @BeforeEach
    void inFolder() {
        bpfree = Bpfree.in(folder).withData(folder.resolve("data"));
    }

    @ParameterizedTest
    @CsvSource({"idx, mnist, 4", "cifar, cifar-10, 6", "svhn, svhn, 2"})
    void whatSynthWritesCanBeVerifiedAndTrainedOn(String format, String dataset, int files) throws IOException {
        Outcome written = bpfree.run(
                        "data", "synth", "--format", format, "--out", "data", "--train", "200", "--test", "50")
                .exits(0);
        assertThat(written.out().lines())
                .hasSize(files)
                .allMatch(line -> Path.of(line).toFile().isFile());

        JsonNode report = new ObjectMapper()
                .readTree(
                        bpfree.run("data", "verify", dataset, "--json").exits(0).out())
                .get(0);
        assertThat(report.get("status").asText()).isEqualTo("sound");
        assertThat(report.get("images").asInt()).isEqualTo(250);

        bpfree.file("on.yaml", Experiments.on(dataset));
        bpfree.run("train", "--config", "on.yaml", "--threads", "1", "--run-dir", "run")
                .exits(0);
        RunFiles run = new RunFiles(folder.resolve("run"));
        assertThat(run.result().get("dataset").asText()).isEqualTo(dataset);
        assertThat(run.json("manifest.json").get("facts").get("datasetSha256")).hasSize(files);
    }

    @Test
    void listTellsWhatIsHere() {
        bpfree.run("data", "synth", "--format", "idx", "--out", "data", "--train", "10", "--test", "10")
                .exits(0);

        assertThat(bpfree.run("data", "list").exits(0).out())
                .containsPattern("mnist .* yes ")
                .containsPattern("cifar-10 .* no ")
                .containsPattern("synthetic .* built-in ")
                .contains("Data folder: " + folder.resolve("data"));
    }

    @Test
    void equalSeedsWriteEqualFiles() throws IOException {
        for (String out : new String[] {"first", "again"}) {
            bpfree.run("data", "synth", "--format", "cifar", "--out", out, "--train", "20", "--test", "10")
                    .exits(0);
        }

        Path file = Path.of("cifar-10", "cifar-10-batches-bin", "data_batch_2.bin");
        assertThat(folder.resolve("again").resolve(file))
                .hasSameBinaryContentAs(folder.resolve("first").resolve(file));
    }
}
