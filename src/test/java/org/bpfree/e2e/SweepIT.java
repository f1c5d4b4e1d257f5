package org.bpfree.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A sweep on this machine, with cells that succeed, fail and diverge, left alone and disturbed. */
class SweepIT {
    private static final List<String> TIMES = List.of("imagesPerSecond", "seconds");
    private static final String[] CHECKPOINTS = {"checkpoints/last", "checkpoints/best"};
    private static final int FAILING = 4;
    private static final int DIVERGING = 5;

    @TempDir
    private Path folder;

    private Bpfree bpfree;

    @BeforeEach
    void plan() {
        bpfree = Bpfree.in(folder);
        bpfree.file("base.yaml", Experiments.stateful("ekdaa"));
        bpfree.file("sweep.yaml", """
                name: trial
                base: base.yaml
                set: {training.epochs: 15}
                grid:
                  learner: [{type: ekdaa}, {type: backprop}, {type: frsf}]
                cells:
                  - {learner: {type: dfa}}
                  - {data: {dataset: mnist}}
                  - {learner: {type: backprop}, optimizer: {type: sgd, learningRate: 1.0e+300}}
                seeds: [1]
                """);
        Outcome planned = bpfree.run("sweep", "plan", "sweep.yaml", "-o", "plan.jsonl", "--no-estimate")
                .exits(0);
        assertThat(planned.out()).isEqualTo("cells: 6\nestimated time: not measured\nplan: plan.jsonl\n");
    }

    @Test
    void killedWithAllItsProcessesItGoesOnAndEndsInTheSameTable() throws IOException {
        Outcome undisturbed = run("undisturbed").end().exits(1);
        assertThat(undisturbed.out()).isEqualTo("6 cells: 4 done, 1 failed, 1 diverged\n");
        assertThat(undisturbed.err()).contains("cell 4 is failed: ", "mnist", "cell 5 is diverged: ");

        for (int round = 0; round < 3; round++) {
            int wanted = round;
            RunningProgram killed = run("killed");
            killed.await("work", () -> begun("killed") > wanted && count("killed", "checkpoints/last") > wanted);
            RunningProgram.pause(150L * round);
            killed.killAll();
            killed.end();
        }
        Map<Path, FileTime> done = results("killed");
        Outcome finished = run("killed").end().exits(1);

        assertThat(finished.out()).isEqualTo(undisturbed.out());
        assertThat(figures("killed")).isEqualTo(figures("undisturbed"));
        for (int index : List.of(0, 1, 2, 3)) {
            cell("killed", index).hasSameBytesAs(cell("undisturbed", index), CHECKPOINTS);
        }
        // What was done before the last start has not been written again.
        assertThat(results("killed")).containsAllEntriesOf(done);
    }

    @Test
    void killedAloneItLeavesItsCellToItsProcessAndTheNextRunWaitsForIt() throws IOException {
        bpfree.file("one.yaml", "name: trial\nbase: base.yaml\nset: {training.epochs: 60}\n");
        bpfree.run("sweep", "plan", "one.yaml", "-o", "one.jsonl", "--no-estimate")
                .exits(0);
        RunningProgram first = bpfree.start("sweep", "run", "one.jsonl", "--parallel", "1", "--threads", "1");
        first.await("work", () -> count("runs", "checkpoints/last") == 1);
        first.kill();
        first.end();

        Outcome second = bpfree.run("sweep", "run", "one.jsonl", "--parallel", "1", "--threads", "1")
                .exits(0);

        assertThat(second.err())
                .contains("cell 0 is being run by process ", "; waiting for it", "cell 0 is done")
                .doesNotContain("cell 0 begins");
        assertThat(status("one.jsonl", "runs").get(0).get("attempts").asText()).isEqualTo("1");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void askedToStopItHasItsCellsWriteCheckpoints() throws IOException {
        RunningProgram program = run("runs");
        program.await("two cells at work", () -> count("runs", "checkpoints/last") == 2);
        program.signal("TERM");
        Outcome stopped = program.end().exits(143);

        assertThat(stopped.err()).contains("cell 0 is interrupted: stopped on request");
        assertThat(status("plan.jsonl", "runs").stream()
                        .map(cell -> cell.get("state").asText()))
                .containsExactly("interrupted", "interrupted", "missing", "missing", "missing", "missing");
        assertThat(cell("runs", 0).has("checkpoints/interrupted")).isTrue();
        assertThat(bpfree.run("sweep", "plan", "plan.jsonl", "--only", "interrupted,failed")
                        .exits(0)
                        .out())
                .isEqualTo("0-1\n");
        assertThat(bpfree.run("sweep", "plan", "plan.jsonl", "--only", "done")
                        .exits(0)
                        .out())
                .isEmpty();
    }

    @Test
    void oneCellAtATimeTellsItsStateByTheExitCode() {
        RunningProgram running = index(0);
        running.await("work", () -> count("runs", "checkpoints/last") == 1);
        Outcome second = index(0).end().exits(75);
        assertThat(second.err()).contains("running: process ");
        running.end().exits(0);

        assertThat(index(0).end().exits(0).err()).contains("done").doesNotContain("epoch");
        index(DIVERGING).end().failsWith(4, "diverged at step", "Lower optimizer");
        assertThat(index(DIVERGING).end().exits(4).err()).doesNotContain("Lower optimizer");
        index(FAILING).end().failsWith(1, "mnist");
        index(6).end().failsWith(2, "--index 6: the plan has 6 cells, expected 0 to 5");
    }

    @Test
    void aChangedBaseIsToldAndChangesNoCell() {
        bpfree.file("base.yaml", Experiments.stateful("dfa"));

        assertThat(index(0).end().exits(0).err()).contains("warning: the base ", "has changed since the plan was made");
        assertThat(cell("runs", 0).result().get("learner").asText()).isEqualTo("ekdaa");
        bpfree.run("sweep", "plan", "sweep.yaml", "-o", "plan.jsonl")
                .failsWith(2, "exists and holds another plan", "the base base.yaml has changed");
    }

    @Test
    void aDamagedPlanIsRefusedByEveryCommand() {
        List<String> lines = read("plan.jsonl").lines().toList();
        bpfree.file("damaged.jsonl", String.join("\n", lines).replace("\"seed\":1", "\"seed\":2"));

        bpfree.run("sweep", "run", "damaged.jsonl", "--parallel", "2").failsWith(2, "damaged.jsonl:1: has changed");
        bpfree.run("sweep", "status", "damaged.jsonl").failsWith(2, "damaged.jsonl:5: has changed");
        bpfree.run("sweep", "collect", "damaged.jsonl").failsWith(2, "damaged.jsonl:1: ");
        bpfree.run("sweep", "status", "sweep.yaml").failsWith(2, "sweep.yaml is YAML", "this takes a plan");
    }

    @Test
    void collectorsAtTheSameTimeLeaveAWholeTable() throws IOException {
        index(0).end().exits(0);
        List<RunningProgram> collectors = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            collectors.add(bpfree.start("sweep", "collect", "plan.jsonl", "-o", "table.csv"));
        }
        collectors.forEach(each -> each.end().exits(0));

        Outcome alone = bpfree.run("sweep", "collect", "plan.jsonl").exits(0);
        assertThat(read("table.csv")).isEqualTo(alone.out());
        assertThat(alone.err()).contains("5 of 6 cells are not done");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).noneMatch(file -> file.toString().endsWith(".tmp"));
        }
    }

    private RunningProgram run(String runs) {
        return bpfree.start("sweep", "run", "plan.jsonl", "--parallel", "2", "--threads", "2", "--runs", runs);
    }

    private RunningProgram index(int index) {
        return bpfree.start("sweep", "run", "plan.jsonl", "--index", String.valueOf(index), "--threads", "1");
    }

    private int begun(String runs) {
        return count(runs, "config.yaml");
    }

    /** How many cells have a file. */
    private int count(String runs, String file) {
        Path sweep = folder.resolve(runs).resolve("trial");
        if (!Files.isDirectory(sweep)) {
            return 0;
        }
        try (Stream<Path> cells = Files.list(sweep)) {
            return (int) cells.filter(cell -> Files.exists(cell.resolve(file))).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<Path, FileTime> results(String runs) throws IOException {
        Map<Path, FileTime> times = new TreeMap<>();
        try (Stream<Path> cells = Files.list(folder.resolve(runs).resolve("trial"))) {
            for (Path file : cells.map(cell -> cell.resolve("result.json"))
                    .filter(Files::exists)
                    .toList()) {
                times.put(file, Files.getLastModifiedTime(file));
            }
        }
        return times;
    }

    private RunFiles cell(String runs, int index) {
        try {
            JsonNode line = new ObjectMapper()
                    .readTree(read("plan.jsonl").lines().toList().get(index));
            String id = line.get("id").asText();
            Path trial = folder.resolve(runs).resolve("trial");
            String named = Files.readString(trial.resolve("cells").resolve(id).resolve("folder"))
                    .strip();
            assertThat(named).endsWith("-" + id);
            return new RunFiles(trial.resolve(named));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<JsonNode> status(String plan, String runs) throws IOException {
        Outcome outcome =
                bpfree.run("sweep", "status", plan, "--json", "--runs", runs).exits(0);
        return StreamSupport.stream(new ObjectMapper().readTree(outcome.out()).spliterator(), false)
                .toList();
    }

    /** The table without the figures that are times. */
    private List<Map<String, String>> figures(String runs) throws IOException {
        Outcome outcome =
                bpfree.run("sweep", "collect", "plan.jsonl", "--runs", runs).exits(0);
        List<Map<String, String>> rows = new ArrayList<>();
        for (CSVRecord row : CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get()
                .parse(new StringReader(outcome.out()))) {
            Map<String, String> figures = row.toMap();
            figures.keySet().removeAll(TIMES);
            rows.add(figures);
        }
        assertThat(rows).hasSize(6);
        return rows;
    }

    private String read(String file) {
        return new RunFiles(folder).text(file);
    }
}
