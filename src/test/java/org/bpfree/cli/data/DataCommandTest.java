package org.bpfree.cli.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bpfree.data.DatasetDescription;
import org.bpfree.data.DatasetSource;
import org.bpfree.data.ImageShape;
import org.bpfree.failure.Failure;
import org.bpfree.settings.TypeName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class DataCommandTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void listNamesEveryDatasetAndWhetherItIsHere() {
        synth("svhn");
        assertThat(run("list")).isZero();
        assertThat(out.toString().lines())
                .anyMatch(line -> line.matches("cifar-10 +32x32x3 +10 +50000 +10000 +no .*"))
                .anyMatch(line -> line.matches("svhn +32x32x3 .* yes .*non-commercial.*"))
                .anyMatch(line -> line.matches("synthetic .* built-in .*"))
                .anyMatch(line -> line.equals("Data folder: " + folder));
    }

    @Test
    void listAsJsonHasShapeAndCitation() throws JsonProcessingException {
        assertThat(run("list", "--json")).isZero();
        JsonNode datasets = new ObjectMapper().readTree(out.toString());
        assertThat(datasets).hasSize(10);
        assertThat(datasets.get(0).get("name").asText()).isEqualTo("mnist");
        assertThat(datasets.get(0).get("shape").toString()).isEqualTo("[28,28,1]");
        assertThat(datasets.get(0).get("citation").asText()).contains("LeCun");
    }

    @ParameterizedTest
    @ValueSource(strings = {"idx", "cifar", "svhn"})
    void whatSynthWritesVerifyFindsSoundButNotOfficial(String format) {
        synth(format);
        assertThat(run("verify")).isZero();
        assertThat(out.toString()).contains(": sound, 70 images").contains("not the official file");
        assertThat(err.toString())
                .contains("is sound, but not the official dataset")
                .contains("It has 70 images");
    }

    @Test
    void verifyExitsWithThreeForADamagedFile() throws IOException {
        synth("cifar");
        Files.write(folder.resolve("cifar-10/cifar-10-batches-bin/test_batch.bin"), new byte[7]);
        assertThat(run("verify", "cifar-10", "--json")).isEqualTo(3);
        JsonNode report = new ObjectMapper().readTree(out.toString()).get(0);
        assertThat(report.get("status").asText()).isEqualTo("damaged");
        assertThat(report.get("files").get(5).get("detail").asText()).contains("has 7 bytes");
        assertThat(err.toString()).contains("'bpfree data get cifar-10 --replace'");
    }

    @Test
    void verifyExitsWithThreeWhereNothingIs() {
        assertThat(run("verify", "mnist")).isEqualTo(3);
        assertThat(out.toString()).contains("mnist: missing");
        assertThat(run("verify")).isEqualTo(3);
        assertThat(err.toString()).contains("There is no dataset in " + folder);
    }

    @Test
    void synthDoesNotReplaceFiles() {
        synth("idx");
        assertThat(run("synth", "--format", "idx", "--out", folder.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("exists; 'data synth' does not replace files");
    }

    @Test
    void synthChecksItsNumbers() {
        assertThat(run("synth", "--format", "idx", "--out", folder.toString(), "--train", "4"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--train = 4; allowed are 5 to 100000");
    }

    @Test
    void offlineNamesFilesPlacesSizesChecksumsAndAddresses() {
        assertThat(run("get", "cifar-10", "--offline")).isEqualTo(3);
        assertThat(out.toString())
                .contains(folder.resolve("cifar-10/cifar-10-batches-bin/data_batch_1.bin")
                        .toString())
                .contains("cifar-10-binary.tar.gz  170052171 bytes")
                .contains("MD5     c32a1d4ab5d03f1284b67883e8d87530")
                .contains("https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz")
                .contains("tar -xzf cifar-10-binary.tar.gz -C " + folder.resolve("cifar-10"));
    }

    @Test
    void offlineIsSatisfiedWithWhatIsThere() {
        synth("idx");
        assertThat(run("get", "mnist", "--offline")).isZero();
    }

    @Test
    void getTellsWhichFilesToPutIntoPlaceWhereNoAddressIsKnown() throws IOException {
        PrintWriter printer = new PrintWriter(out, true);
        assertThat(DataGetCommand.nothingToFetch(new ByHand(), folder, printer)).isEqualTo(3);
        assertThat(out.toString())
                .contains("'by-hand' has nothing to download", "Put into place by hand")
                .contains(folder.resolve("by-hand/images").toString());
        out.getBuffer().setLength(0);

        Files.createDirectories(folder.resolve("by-hand"));
        Files.writeString(folder.resolve("by-hand/images"), "");
        assertThat(DataGetCommand.nothingToFetch(new ByHand(), folder, printer)).isZero();
        assertThat(out.toString()).contains("All of them are here").doesNotContain("by hand:");
    }

    /** A dataset with a file, but without a manifest. */
    @TypeName("by-hand")
    private record ByHand() implements DatasetSource {
        @Override
        public DatasetDescription describe() {
            return new DatasetDescription("By hand", new ImageShape(8, 8, 1), List.of("a", "b"), 20, 20, "", "", "");
        }

        @Override
        public List<Path> files(Path dataFolder) {
            return List.of(dataFolder.resolve(name()).resolve("images"));
        }

        @Override
        public Opened open(Opening opening) {
            throw new AssertionError("nobody reads it");
        }
    }

    @Test
    void getReportsEveryMirrorThatFailed() {
        assertThat(run("get", "svhn", "--mirror", "http://127.0.0.1:1/a", "--mirror", "http://127.0.0.1:1/b/"))
                .isEqualTo(3);
        assertThat(err.toString())
                .contains("http://127.0.0.1:1/a/train_32x32.mat: connection refused")
                .contains("http://127.0.0.1:1/b/train_32x32.mat: connection refused");
    }

    @Test
    void unknownNamesAndMissingSubcommandsAreUsageErrors() {
        assertThat(run("get", "cifar")).isEqualTo(2);
        assertThat(err.toString()).contains("There is no dataset 'cifar'");
        assertThat(new CommandLine(new DataCommand())
                        .setErr(new PrintWriter(err))
                        .execute())
                .isEqualTo(2);
        assertThat(err.toString()).contains("Missing subcommand: list, get, verify, show or synth");
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "get", "verify", "synth"})
    void everyCommandHasADescriptionAndExamples(String name) {
        CommandLine command =
                new CommandLine(new DataCommand()).getSubcommands().get(name);
        assertThat(command.getCommandSpec().usageMessage().description()).isNotEmpty();
        assertThat(command.getUsageMessage()).contains("Examples:").contains("bpfree data " + name);
    }

    @Test
    void withoutATerminalProgressIsALineNowAndThen() {
        AtomicLong clock = new AtomicLong();
        TransferProgress progress = new TransferProgress(new PrintWriter(err), false, clock::get);
        progress.begin("file.bin", 0, 100_000_000);
        for (int second = 1; second <= 10; second++) {
            clock.set(second * 1_000_000_000L);
            progress.advance(second * 1_000_000L);
        }
        progress.end();
        assertThat(err.toString().lines())
                .containsExactly(
                        "file.bin: 100.0 MB",
                        "file.bin: 5 %, 1.0 MB/s, 1 min 35 s left",
                        "file.bin: 10 %, 1.0 MB/s, 1 min 30 s left");
    }

    private void synth(String format) {
        assertThat(run("synth", "--format", format, "--out", folder.toString(), "--train", "50", "--test", "20"))
                .isZero();
        out.getBuffer().setLength(0); // what is asserted is what the command under test prints
    }

    /** Runs a subcommand as the main program does: failures become a message and an exit code. */
    private int run(String... arguments) {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        if (!all.contains("synth")) {
            all.add("--data-dir");
            all.add(folder.toString());
        }
        CommandLine command = new CommandLine(new DataCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true));
        command.setExecutionExceptionHandler((exception, where, parsed) -> {
            if (exception instanceof Failure failure) {
                where.getErr().println(failure.getMessage());
                return failure.kind().exitCode();
            }
            throw exception;
        });
        return command.execute(all.toArray(String[]::new));
    }
}
