package org.bpfree.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.bpfree.cli.CliRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentHintTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "train quickstart.yaml | Write --config quickstart.yaml.",
                "train quickstart | Write --config quickstart.",
                "verify configs/a.yml | Write --config configs/a.yml.",
                "train --config x.yaml training.epochs=5 | Write --set 'training.epochs=5'.",
                "train --config x.yaml --epochs 5 | Write --set training.epochs=5.",
                "train --config x.yaml --epochs=5 | Write --set training.epochs=5.",
                "bench --config x.yaml --batch-size 16 | Write --set training.batchSize=16.",
                "trace --config x.yaml -o y --lr 0.1 | Write --set optimizer.learningRate=0.1.",
                "train --config quickstart.yaml --threads 0 --dry-run | Leave --threads out for all of them."
            })
    void whatOtherToolsKnowIsExplained(String line, String hint) {
        CliRun run = CliRun.bpfree(line.split(" "));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("hint: " + hint);
    }

    @Test
    void aMessageIsBrokenAtWordsButNotTheLinesOfAFile() {
        String message = "one two three four five six\n    a line of the file that stays\n    ^";

        assertThat(ErrorReport.fitted(message, 8, 18))
                .isEqualTo("one two\nthree four five\nsix\n    a line of the file that stays\n    ^");
        assertThat(ErrorReport.fitted(message, 0, 200)).isEqualTo(message);
    }

    @Test
    void theLineOfProgressKeepsTheTimeLeftAndDropsWhatDoesNotFit() {
        List<String> parts = List.of("run 3:10 left", "loss 0.1234, accuracy 81.20 %", "812 images/s", "angles 10 20");

        assertThat(ProgressListener.fitted(parts, 200)).isEqualTo(String.join(", ", parts));
        assertThat(ProgressListener.fitted(parts, 44)).isEqualTo("run 3:10 left, loss 0.1234, accuracy 81.20 %");
        assertThat(ProgressListener.fitted(parts, 30)).isEqualTo("run 3:10 left, 812 images/s");
        assertThat(ProgressListener.fitted(parts, 3)).isEqualTo("run 3:10 left");
    }

    @Test
    void namesOfOtherProgramsAreKnownInSettingsToo() {
        assertThat(CliRun.bpfree("config", "check", "quickstart.yaml", "--set", "optimizer.lr=1")
                        .err())
                .contains("optimizer.lr: unknown key", "Did you mean 'learningRate'?");
        assertThat(CliRun.bpfree("data", "get", "cifar10").err()).contains("Did you mean 'cifar-10'");
    }

    @Test
    void aTableBreaksItsLastColumnAtWords() {
        Listing listing = new Listing("name", "summary");
        listing.add("fa", "one two three four five six seven");
        StringWriter out = new StringWriter();

        listing.print(new PrintWriter(out, true), false, 28);

        assertThat(out.toString().replace("\r", ""))
                .isEqualTo("name  summary\nfa    one two three four\n      five six seven\n");
    }

    @Test
    void helpFitsTheTerminal() {
        assertThat(CliRun.bpfree("train", "--help").out().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(Math.max(55, Terminal.width())));
    }

    @Test
    void whatNobodyKnowsGetsNone() {
        // Negative control.
        assertThat(CliRun.bpfree("train", "--frobnicate").err()).doesNotContain("Write --");
    }

    @Test
    void textsBreakBetweenWordsAndLongWordsStayWhole() {
        assertThat(Paragraph.wrap("one two three four", 11, "  ")).containsExactly("  one two", "  three", "  four");
        assertThat(Paragraph.wrap("a abcdefghijkl b", 5, "")).isEqualTo(List.of("a", "abcdefghijkl", "b"));
    }
}
