package org.bpfree.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bpfree.files.AtomicFile;
import org.bpfree.sweep.Plan;
import org.bpfree.sweep.PlannedCell;
import org.bpfree.sweep.SweepFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("bpfree report of a sweep")
class ReportCommandTest {
    @TempDir
    Path folder;

    private Path planFile;
    private Plan plan;
    private SweepFolder sweep;

    /** Two rates with two seeds each; the last cell has not begun. */
    @BeforeEach
    void runSweep() throws IOException {
        planFile = folder.resolve("plan.jsonl");
        Path file = Files.writeString(folder.resolve("rates.yaml"), """
                name: rates
                base: %s
                set: {training.twin: false}
                grid: {optimizer.learningRate: [0.05, 0.1]}
                seeds: [1, 2]
                """.formatted(
                        Path.of("configs/quickstart.yaml").toAbsolutePath()));
        assertThat(CliRun.bpfree("sweep", "plan", file.toString(), "-o", planFile.toString())
                        .exitCode())
                .isZero();
        plan = Plan.read(planFile);
        sweep = SweepFolder.of(folder.resolve("runs"), plan);
        for (PlannedCell cell : plan.cells().subList(0, 3)) {
            Path run = sweep.run(cell);
            AtomicFile.createFolder(run.resolve("checkpoints"));
            AtomicFile.createFolder(folder.resolve("runs/rates/cells").resolve(cell.id()));
            AtomicFile.write(run.resolve("config.resolved.yaml"), cell.configuration());
            AtomicFile.write(run.resolve("STATUS"), "done\n");
            AtomicFile.write(run.resolve("result.json"), "{\"epochs\": 6, \"testAccuracy\": 0.5}\n");
        }
    }

    private CliRun report(String... arguments) {
        List<String> all = new ArrayList<>(List.of("report", "--no-pictures", "-o", page().toString()));
        all.addAll(List.of(arguments));
        return CliRun.bpfree(all.toArray(String[]::new));
    }

    private Path page() {
        return folder.resolve("page.html");
    }

    @Test
    @DisplayName("shows the cells of a plan that are done, and counts the others")
    void plan() throws IOException {
        CliRun run =
                report(planFile.toString(), "--runs", folder.resolve("runs").toString(), "--title", "Rates");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).contains("Of the 4 cells of the sweep rates, not done: 1 missing.");
        assertThat(Files.readString(page()))
                .contains("<h1>Rates</h1>", "ekdaa, learningRate=0.05", "ekdaa, learningRate=0.1", "1 missing");
    }

    @Test
    @DisplayName("is called by the sweep unless --title says otherwise")
    void title() throws IOException {
        report(planFile.toString(), "--runs", folder.resolve("runs").toString());

        assertThat(Files.readString(page())).contains("<h1>rates, 3 runs</h1>");
    }

    @Test
    @DisplayName("says what to do when no cell is done")
    void nothingDone() {
        CliRun run = report(
                planFile.toString(), "--runs", folder.resolve("elsewhere").toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("4 missing", "none of the runs can be shown");
        assertThat(page()).doesNotExist();
    }

    @Test
    @DisplayName("passes over the notes of the sweep beside its runs")
    void notes() {
        CliRun run = report(
                sweep.run(plan.cell(0)).toString(),
                folder.resolve("runs/rates/cells").toString(),
                folder.resolve("nowhere").toString());

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).contains("left out: ", "nowhere does not exist").doesNotContain("cells");
    }
}
