package org.bpfree.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bpfree.files.LockOwner;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A cell whose process ends before it can say why")
@DisabledOnOs(OS.WINDOWS) // has no signals
class ParallelRunnerTest {
    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "kill -TERM $$, interrupted, stopped on request",
        "exit 130, interrupted, stopped on request", // as SIGINT ends it, which a background job ignores
        "kill -KILL $$, interrupted, its process was killed (signal 9; out of memory?)",
        "kill -SEGV $$, failed, its process ended with exit code 139",
        "exit 3, failed, its process ended with exit code 3"
    })
    void isToldByItsExitCode(String script, String state, String reason) {
        Plan plan = SweepFiles.in(folder).plan("");
        SweepFolder sweep = SweepFolder.of(folder.resolve("runs"), plan);
        Listening listening = new Listening();
        ParallelRunner runner = new ParallelRunner(
                sweep, cell -> new ProcessBuilder("sh", "-c", "ulimit -c 0; " + script).start(), listening);

        List<CellReport> reports = runner.run(plan, 1, () -> false);

        assertThat(reports).isEqualTo(listening.ended).singleElement().satisfies(report -> {
            assertThat(report.state()).hasToString(state);
            assertThat(report.reason()).isEqualTo(reason);
            assertThat(report.attempts()).isEqualTo(1);
        });
    }

    @ParameterizedTest
    @CsvSource({"result.json, {}, DONE", "STATUS, failed, FAILED"})
    @DisplayName("and that another process then takes over is waited for, and not run again however it ends there")
    void isWaitedForWhenAnotherProcessTakesItOver(String file, String content, CellState end) {
        SweepFiles files = SweepFiles.in(folder);
        Plan plan = files.plan("");
        SweepFolder sweep = SweepFolder.of(folder.resolve("runs"), plan);
        Path lock = sweep.lock(plan.cell(0));
        List<CellState> told = new ArrayList<>();
        ParallelRunner runner = new ParallelRunner(
                sweep, cell -> new ProcessBuilder("sh", "-c", "kill -KILL $$").start(), new Listening() {
                    @Override
                    public void ended(CellReport report) {
                        if (told.isEmpty()) {
                            files.write(relative(lock), new LockOwner("another-host", 7, 0, "", 0).json());
                        }
                        told.add(report.state());
                    }

                    @Override
                    public void awaits(CellReport report) {
                        told.add(report.state());
                        files.write(relative(sweep.run(report.cell()).resolve(file)), content);
                        delete(lock);
                    }
                });

        List<CellReport> reports = runner.run(plan, 1, () -> false);

        assertThat(reports).extracting(CellReport::state).containsExactly(end);
        assertThat(told).containsExactly(CellState.INTERRUPTED, CellState.RUNNING, end);
    }

    private String relative(Path file) {
        return folder.relativize(file).toString();
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static class Listening implements ParallelRunner.Listener {
        private final List<CellReport> ended = new ArrayList<>();

        @Override
        public void began(PlannedCell cell) {}

        @Override
        public void ended(CellReport report) {
            ended.add(report);
        }

        @Override
        public void awaits(CellReport report) {}
    }
}
