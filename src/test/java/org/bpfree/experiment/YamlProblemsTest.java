package org.bpfree.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bpfree.failure.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are not what they should be before any setting is looked at. */
class YamlProblemsTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "# a comment\n", "---\n", "null\n"})
    void emptyFile(String text) {
        assertThat(Samples.problems(text)).startsWith("""
                1 problem in exp.yaml
                exp.yaml:1:1: the file is empty, expected an experiment. 'bpfree config schema' lists its keys.""");
    }

    @Test
    void tabsForIndentation() {
        assertThat(Samples.problems("name: x\ndata:\n\tdataset: mnist\n")).isEqualTo("""
                1 problem in exp.yaml
                exp.yaml:3:1: not valid YAML: a tab cannot indent. Use spaces.
                    \tdataset: mnist
                    ^""");
    }

    @Test
    void brokenSyntax() {
        assertThat(Samples.problems("name: a: b\n")).isEqualTo("""
                1 problem in exp.yaml
                exp.yaml:1:8: not valid YAML: mapping values are not allowed here.
                    name: a: b
                           ^""");
        assertThat(Samples.problems("name: [x\n")).isEqualTo("""
                1 problem in exp.yaml
                exp.yaml:2:1: not valid YAML: expected ',' or ']', but got <stream end> (while parsing a flow sequence that begins in line 1).""");
    }

    @Test
    void controlCharacter() {
        assertThat(Samples.problems("seed: 1\nname: x\u0007\n"))
                .startsWith(
                        "1 problem in exp.yaml\nexp.yaml:2:8: not valid YAML: the character U+0007 is not allowed.");
    }

    @Test
    void severalDocuments() {
        assertThat(Samples.problems(Samples.SMALLEST + "---\nname: second\n")).isEqualTo("""
                1 problem in exp.yaml
                exp.yaml:8:1: a second YAML document begins here. Keep one document in a file.
                    name: second
                    ^""");
    }

    @ParameterizedTest
    @ValueSource(strings = {"just text\n", "- a\n- b\n"})
    void noBlockAtTheTop(String text) {
        assertThat(Samples.problems(text)).contains("expected a block of settings.");
    }

    @Test
    void unknownTag() {
        assertThat(Samples.problems(Samples.SMALLEST.replace("small", "!path small")))
                .isEqualTo("""
                1 problem in exp.yaml
                exp.yaml:1:7: name: the tag '!path' is not supported. Remove it.
                    name: !path small
                          ^""");
    }

    @Test
    void aliasToItself() {
        assertThat(Samples.problems(Samples.SMALLEST.replace("{epochs: 1}", "&t {epochs: *t}")))
                .isEqualTo("""
                1 problem in exp.yaml
                exp.yaml:6:11: training: contains itself through an alias. Write the values out.
                    training: &t {epochs: *t}
                              ^""");
    }

    @Test
    void keyThatIsAList() {
        assertThat(Samples.problems(Samples.SMALLEST + "? [a]\n: b\n"))
                .contains("a key is a list or a block. Keys are single words.");
    }

    @Test
    void nestedTooDeeply() {
        assertThat(Samples.problems("name: " + "[".repeat(200_000)))
                .startsWith("1 problem in exp.yaml\nexp.yaml:1:1: not valid YAML: nested too deeply.")
                .hasSizeLessThan(1000);
    }

    @Test
    void notUtf8() throws IOException {
        Path file = folder.resolve("latin.yaml");
        Files.write(file, "seed: 1\nname: caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));

        assertFailure(file, file + ":2:10: the byte 0xE9 is not UTF-8. Save the file as UTF-8.");
    }

    @Test
    void byteOrderMark() throws IOException {
        Path file = folder.resolve("mark.yaml");
        Files.writeString(file, "\uFEFF" + Samples.SMALLEST);

        assertThat(Samples.loader().load(file, List.of()).experiment()).isEqualTo(Samples.experiment(Samples.SMALLEST));
    }

    @Test
    void notFound() throws IOException {
        Files.writeString(folder.resolve("ekdaa.yaml"), Samples.SMALLEST);
        Path file = folder.resolve("ekda.yaml");

        assertFailure(file, file + ": no such file. Did you mean 'ekdaa.yaml'?");
        assertFailure(
                folder.resolve("none/x.yaml"),
                folder.resolve("none/x.yaml") + ": no such file. The folder " + folder.resolve("none")
                        + " does not exist either.");
    }

    @Test
    void aFolder() {
        assertFailure(folder, folder + ": is a directory, expected an experiment file.");
    }

    @Test
    void aDatasetByMistake() throws IOException {
        Path file = folder.resolve("data_batch_1.bin");
        Files.write(file, new byte[2 << 20]);

        assertFailure(file, file + ": is 2097152 bytes long, expected an experiment file of at most 1048576 bytes.");
    }

    private static void assertFailure(Path file, String message) {
        assertThatThrownBy(() -> Samples.loader().load(file, List.of()))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE))
                .hasMessage(message);
    }
}
