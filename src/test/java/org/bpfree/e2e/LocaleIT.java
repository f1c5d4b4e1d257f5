package org.bpfree.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the program writes is UTF-8 with points as decimal separators, whatever the locale of the machine. */
class LocaleIT {
    private static final String DEGREES = "°";
    private static final String PLUS_MINUS = "±";

    @TempDir
    private static Path folder;

    @BeforeAll
    static void aSweepOfTwoSeedsIsRun() {
        Bpfree bpfree = usual();
        bpfree.file("tiny.yaml", Experiments.tiny() + "probes: {alignmentEvery: 1}\n");
        bpfree.file("sweep.yaml", "name: seeds\nbase: tiny.yaml\nseeds: [1, 2]\n");
        bpfree.run("sweep", "plan", "sweep.yaml", "-o", "plan.jsonl", "--no-estimate")
                .exits(0);
        bpfree.run("sweep", "run", "plan.jsonl", "--parallel", "2").exits(0);
    }

    private static Bpfree usual() {
        return Bpfree.in(folder).withVariable("LC_ALL", "C.UTF-8").withJvm("-Duser.language=en");
    }

    /** The program where a container, a Turk or a German would start it. */
    private static Bpfree in(String locale) {
        return locale.equals("C")
                ? Bpfree.in(folder).withVariable("LC_ALL", "C")
                : Bpfree.in(folder)
                        .withVariable("LC_ALL", "C")
                        .withJvm("-Duser.language=" + locale, "-Dfile.encoding=ISO-8859-1");
    }

    private static byte[] written(Bpfree bpfree, String... arguments) {
        RunningProgram program = bpfree.start(arguments);
        program.end().exits(0);
        return program.outBytes();
    }

    @ParameterizedTest
    @ValueSource(strings = {"C", "tr", "de"})
    void resultsHaveTheSameBytesInEveryLocale(String locale) throws IOException {
        for (String command : List.of(
                "sweep collect plan.jsonl --format md",
                "sweep collect plan.jsonl",
                "sweep collect plan.jsonl --format json",
                "list learners",
                "list models",
                "config show tiny.yaml",
                "config schema",
                "train --help")) {
            assertThat(written(in(locale), command.split(" ")))
                    .as(command)
                    .isEqualTo(written(usual(), command.split(" ")));
        }
        assertThat(new String(
                        written(in(locale), "sweep", "collect", "plan.jsonl", "--format", "md"),
                        StandardCharsets.UTF_8))
                .contains(PLUS_MINUS, DEGREES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"C", "tr", "de"})
    void runsWriteTheSameFilesAndMessagesInEveryLocale(String locale) throws IOException {
        List<String> train =
                List.of("train", "--config", "tiny.yaml", "--threads", "1", "--progress", "plain", "--run-dir");
        Outcome there = in(locale).run(with(train, locale)).exits(0);
        usual().run(with(train, "usual-" + locale)).exits(0);

        for (String file : List.of("metrics.csv", "metrics.jsonl", "config.resolved.yaml", "confusion.json")) {
            assertThat(folder.resolve(locale).resolve(file))
                    .hasSameBinaryContentAs(folder.resolve("usual-" + locale).resolve(file));
        }
        assertThat(there.err()).contains(DEGREES).containsPattern("loss [0-9]+\\.[0-9]{4}, accuracy [0-9.]+ %");
        assertThat(Files.readString(folder.resolve(locale).resolve("console.log")))
                .contains(DEGREES);
        in(locale)
                .run("report", locale, "-o", locale + ".html", "--no-pictures")
                .exits(0);
        usual().run("report", locale, "-o", "usual.html", "--no-pictures").exits(0);
        assertThat(folder.resolve(locale + ".html")).hasSameBinaryContentAs(folder.resolve("usual.html"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"C", "tr", "de"})
    void anErrorShowsTheLettersOfTheFile(String locale) {
        Bpfree bpfree = in(locale);
        bpfree.file("letters.yaml", Experiments.tiny() + "größe: 3\n");

        bpfree.run("config", "check", "letters.yaml").failsWith(2, "größe");
    }

    @Test
    @DisplayName(
            "a path that the locale cannot express is a usage error that names the locale's encoding and the remedy")
    void aPathThatTheLocaleCannotExpress() throws Exception {
        // The shell gives the bytes; a test process in such a locale could not.
        ProcessBuilder shell = new ProcessBuilder(
                "sh",
                "-c",
                "exec \"$0\" -jar \"$1\" eval \"$(printf '\\303\\251')\"",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                Bpfree.JAR.toString());
        shell.environment().put("LC_ALL", "C");
        Process process = shell.redirectErrorStream(true).start();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(told).isEqualTo(2);
        assertThat(told).contains("whose encoding is ANSI", "Set LC_ALL=C.UTF-8");
    }

    private static String[] with(List<String> words, String last) {
        List<String> all = new java.util.ArrayList<>(words);
        all.add(last);
        return all.toArray(String[]::new);
    }
}
