package org.bpfree.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A study from its file to its verdicts, disturbed on the way, and again from its archive alone. */
class StudyRunIT {
    private static final int MISMATCH = 5;
    private static final int UNFINISHED = 75;

    private static final String STUDY = """
            name: trial
            base: base.yaml
            arms:
              backprop: {}
              floor: {learner: {type: shallow, frozen: hidden}}
            reference: backprop
            control: floor
            tune:
              settings: {optimizer.learningRate: {log: [0.01, 1.0, 3]}}
              seeds: [101]
            final: {set: {training.epochs: 3}, seeds: [1, 2, 3]}
            claims:
              - {says: hidden layers help, difference: [backprop, floor], figure: test-accuracy, above: %s}
            """;

    @TempDir
    private static Path folder;

    @TempDir
    private static Path elsewhere;

    private static Bpfree bpfree;
    private static Outcome finished;

    @BeforeAll
    static void runDisturbed() {
        bpfree = Bpfree.in(folder);
        write(bpfree, "-0.9");
        bpfree.run("study", "plan", "study.yaml", "--no-estimate").exits(0);
        RunningProgram killed = bpfree.start("study", "run", "study.yaml", "--parallel", "1");
        killed.await("two cells", () -> results() >= 2);
        killed.killAll();
        killed.end();
        bpfree.run("study", "select", "study.yaml").exits(UNFINISHED);
        bpfree.run("study", "check", "study.yaml").exits(UNFINISHED);
        finished = bpfree.run("study", "run", "study.yaml", "--parallel", "1").exits(0);
        bpfree.run("study", "archive", "study.yaml", "-o", "archive.jsonl").exits(0);
    }

    @Test
    void theSameCommandGoesOnAfterAKill() {
        assertThat(finished.out()).contains("tuning: 6 cells: 6 done", "final: 6 cells: 6 done");
        assertThat(bpfree.run("study", "status", "study.yaml").exits(0).out())
                .contains("final   floor     3 cells: 3 done");
    }

    @Test
    void theVerdictIsTheExitCode() {
        assertThat(bpfree.run("study", "check", "study.yaml").exits(0).out())
                .startsWith("supported  hidden layers help");
        write(bpfree, "0.9");
        assertThat(bpfree.run("study", "check", "study.yaml").exits(MISMATCH).out())
                .startsWith("refuted");
        write(bpfree, "-0.9");
    }

    @Test
    void theArchiveAloneTellsTheSame() throws IOException {
        Bpfree other = Bpfree.in(elsewhere);
        write(other, "-0.9");
        Files.copy(folder.resolve("archive.jsonl"), elsewhere.resolve("archive.jsonl"));

        for (List<String> command :
                List.of(List.of("report"), List.of("report", "--format", "latex"), List.of("check"))) {
            List<String> words = new ArrayList<>(List.of("study", command.get(0), "study.yaml"));
            words.addAll(command.subList(1, command.size()));
            String here = bpfree.run(words.toArray(String[]::new)).exits(0).out();
            words.addAll(List.of("--archive", "archive.jsonl"));
            assertThat(other.run(words.toArray(String[]::new)).exits(0).out()).isEqualTo(here);
        }
        assertThat(other.run("study", "run", "study.yaml", "--archive", "archive.jsonl")
                        .exits(0)
                        .err())
                .doesNotContain("begins");
    }

    @Test
    void theReportOfTheStudyAndThatOfItsArchiveShowTheArms() throws IOException {
        for (String source : List.of("study.yaml", "archive.jsonl")) {
            bpfree.run("report", source, "--no-pictures", "-o", "page.html").exits(0);
            assertThat(Files.readString(folder.resolve("page.html")))
                    .contains("backprop", "floor", "How settings were chosen");
        }
        bpfree.run("report", "study.yaml", "base.yaml").exits(2);
    }

    @Test
    void aPublishedCellIsReproducedToTheLastDigit() throws IOException {
        String line = Files.readAllLines(folder.resolve("archive.jsonl")).get(0);
        String id = line.substring("{\"id\":\"".length(), "{\"id\":\"".length() + 16);

        assertThat(bpfree.run("reproduce", "archive.jsonl", "--cell", id, "--threads", "1", "-o", "again")
                        .exits(0)
                        .out())
                .contains("equal: every figure");
        bpfree.run("reproduce", "archive.jsonl", "--cell", "nothing").exits(2);
    }

    private static void write(Bpfree at, String bound) {
        at.file("base.yaml", Experiments.tiny().replaceFirst("data: \\{", "data: {validation: 20, "));
        at.file("study.yaml", STUDY.formatted(bound));
    }

    private static long results() {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.endsWith("result.json")).count();
        } catch (IOException | UncheckedIOException e) {
            return 0; // a temporary file has just got its name; asked again soon
        }
    }
}
