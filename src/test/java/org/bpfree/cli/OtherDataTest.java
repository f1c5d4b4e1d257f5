package org.bpfree.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Data that is not the run's")
class OtherDataTest {
    private static final int IDX_LABELS_HEAD = 8;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void train() throws IOException {
        assertThat(CliRun.bpfree(
                                "data",
                                "synth",
                                "--format",
                                "idx",
                                "--out",
                                at("data"),
                                "--train",
                                "60",
                                "--test",
                                "20")
                        .exitCode())
                .isZero();
        Files.writeString(folder.resolve("tiny.yaml"), """
                name: tiny
                data: {dataset: mnist, validation: 10}
                model: {layers: [{type: flatten}, {type: dense, units: 10}]}
                learner: {type: backprop}
                optimizer: {type: sgd, learningRate: 0.1}
                training: {epochs: 1, batchSize: 20}
                """);
        CliRun trained = with("data", "train", "--config", at("tiny.yaml"), "--run-dir", at("run"), "--threads", "1");
        assertThat(trained.exitCode()).as(trained.err()).isZero();
        shifted("train-labels-idx1-ubyte.gz");
        shifted("t10k-labels-idx1-ubyte.gz");
        Path unpacked = copyOfData("unpacked");
        for (String name : List.of("t10k-labels-idx1-ubyte", "train-labels-idx1-ubyte")) {
            Path packed = unpacked.resolve(name + ".gz");
            Files.write(unpacked.resolve(name), bytes(packed));
            Files.delete(packed);
        }
    }

    private static String at(String name) {
        return folder.resolve(name).toString();
    }

    private static byte[] bytes(Path packed) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(packed))) {
            return in.readAllBytes();
        }
    }

    /** A copy of the data with every label of one file moved to the next class. */
    private static void shifted(String name) throws IOException {
        Path file = copyOfData(name).resolve(name);
        byte[] labels = bytes(file);
        for (int i = IDX_LABELS_HEAD; i < labels.length; i++) {
            labels[i] = (byte) ((labels[i] + 1) % 10);
        }
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(labels);
        }
        Files.write(file, packed.toByteArray());
    }

    private static Path copyOfData(String name) throws IOException {
        Path copy = Files.createDirectories(folder.resolve(name).resolve("mnist"));
        try (var files = Files.newDirectoryStream(folder.resolve("data").resolve("mnist"))) {
            for (Path file : files) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        return copy;
    }

    private static CliRun with(String data, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data-dir", at(data)));
        return CliRun.bpfree(all.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource({
        "t10k-labels-idx1-ubyte.gz, eval RUN",
        "train-labels-idx1-ubyte.gz, eval RUN --split validation",
        "t10k-labels-idx1-ubyte.gz, robustness RUN --images 2 --epsilon 0.1 -o OUT",
        "t10k-labels-idx1-ubyte.gz, report RUN -o OUT/report.html",
        "t10k-labels-idx1-ubyte.gz, features RUN --probe --probe-images 20 --image 0 -o OUT",
        "train-labels-idx1-ubyte.gz, features RUN --probe --probe-images 20 --image 0 -o OUT"
    })
    @DisplayName("is warned of, naming the file, and refused by --strict; the run's own is neither")
    void isTold(String file, String command) {
        String[] words =
                command.replace("RUN", at("run")).replace("OUT", at("out")).split(" ");
        String told = "the data is not that of the run " + at("run") + ": the dataset file " + file
                + " has changed since the run began (SHA-256 ";

        CliRun warned = with(file, words);
        assertThat(warned.exitCode()).as(warned.err()).isZero();
        assertThat(warned.err()).contains("warning: " + told);

        String[] strictly = (String.join(" ", words) + " --strict").split(" ");
        CliRun refused = with(file, strictly);
        assertThat(refused.exitCode()).as(refused.err()).isEqualTo(3);
        assertThat(refused.err()).contains("error: " + told).contains("--data-dir");

        CliRun own = with("data", strictly);
        assertThat(own.exitCode()).as(own.err()).isZero();
        assertThat(own.err()).doesNotContain("not that of the run");
    }

    @Test
    @DisplayName("may be the run's unpacked, which is not known")
    void unpacked() {
        CliRun run = with("unpacked", "eval", at("run"));
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err())
                .contains("the run read t10k-labels-idx1-ubyte.gz, not t10k-labels-idx1-ubyte; whether they hold the"
                        + " same is not known");
    }
}
