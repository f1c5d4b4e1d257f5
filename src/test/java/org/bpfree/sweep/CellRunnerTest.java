package org.bpfree.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bpfree.failure.Failure;
import org.bpfree.files.LockOwner;
import org.bpfree.run.RunFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cells run by a training that only leaves the files a real one would. */
class CellRunnerTest {
    @TempDir
    private Path folder;

    private SweepFiles files;
    private SweepFolder sweep;
    private PlannedCell cell;
    private final List<String> trainings = new ArrayList<>();

    @BeforeEach
    void oneCell() {
        files = SweepFiles.in(folder);
        Plan plan = files.plan("");
        cell = plan.cell(0);
        sweep = SweepFolder.of(folder.resolve("runs"), plan);
    }

    @Test
    void aCellBeginsWithTheConfigurationOfThePlanInItsOwnFolder() {
        CellReport report = run(this::finish);

        assertThat(report.state()).isEqualTo(CellState.DONE);
        assertThat(report.attempts()).isEqualTo(1);
        assertThat(trainings)
                .containsExactly(
                        "begin " + folder.resolve("runs/trial/base-s7-" + cell.id()) + "\n" + cell.configuration());
    }

    @Test
    void aRunFolderIsCalledByWhatTheCellChanges() {
        Plan plan = files.plan("""
                grid:
                  learner: [{type: backprop}, {type: shallow}]
                  optimizer.learningRate: [0.1, 1.0e-3]
                """);

        assertThat(sweep.run(plan.cell(3)))
                .hasFileName("shallow,learningRate=1.0e-3-s7-" + plan.cell(3).id());
    }

    @Test
    void aCellKeepsItsFolderUnderWhateverNameAnotherPlanHasForIt() {
        run(this::finish);

        PlannedCell renamed =
                files.plan("grid: {optimizer.learningRate: [0.1]}").cell(0);

        assertThat(renamed.id()).isEqualTo(cell.id());
        assertThat(renamed.folderName()).startsWith("learningRate=0.1-s7-");
        assertThat(sweep.run(renamed)).hasFileName("base-s7-" + cell.id());
        assertThat(new Inspector(sweep).inspect(renamed).state()).isEqualTo(CellState.DONE);
    }

    @Test
    void aCellNeedsATwinByItsExperimentAndByNoLineOfText() {
        Plan with = files.plan("set: {training.twin: true}");
        Plan without = files.plan("set: {training.twin: false}");

        for (Plan plan : List.of(with, without)) {
            cell = plan.cell(0);
            run(this::finish);
        }

        Inspector inspector = new Inspector(sweep);
        assertThat(inspector.inspect(with.cell(0)).state()).isEqualTo(CellState.INTERRUPTED);
        assertThat(inspector.inspect(without.cell(0)).state()).isEqualTo(CellState.DONE);
    }

    @Test
    void aCellThatIsDoneIsNeverRunAgain() {
        run(this::finish);

        assertThat(run(this::finish).state()).isEqualTo(CellState.DONE);
        assertThat(trainings).hasSize(1);
    }

    @Test
    void aCellThatDivergedWouldDivergeAgain() {
        CellReport report = run(() -> {
            status("diverged");
            throw Failure.of(Failure.Kind.DIVERGED, "dfa diverged at step 3:\n  the loss is NaN");
        });

        assertThat(report.state()).isEqualTo(CellState.DIVERGED);
        assertThat(report.reason()).isEqualTo("dfa diverged at step 3: the loss is NaN");
        assertThat(run(this::finish).state()).isEqualTo(CellState.DIVERGED);
        assertThat(trainings).hasSize(1);
    }

    @Test
    void aCellThatFailedIsTriedAgain() {
        CellReport failed = run(() -> {
            throw Failure.data("the dataset mnist is not here");
        });
        assertThat(failed.state()).isEqualTo(CellState.FAILED);
        assertThat(failed.reason()).isEqualTo("the dataset mnist is not here");

        CellReport again = run(this::finish);

        assertThat(again.state()).isEqualTo(CellState.DONE);
        assertThat(again.attempts()).isEqualTo(2);
    }

    @Test
    void aCellThatWasStoppedGoesOnFromItsCheckpoint() {
        CellReport stopped = run(() -> {
            checkpoint();
            status("interrupted");
            return false;
        });
        assertThat(stopped.state()).isEqualTo(CellState.INTERRUPTED);
        assertThat(stopped.reason()).isEqualTo("stopped on request");

        run(this::finish);

        assertThat(trainings.get(1)).isEqualTo("resume " + sweep.run(cell));
    }

    @Test
    void aCellKilledBeforeItsFirstCheckpointBeginsAnewAndWhatItLeftIsKept() {
        files.write(inRun("console.log"), "first words");
        files.write(inRun("STATUS"), "running\n");
        assertThat(new Inspector(sweep).inspect(cell).state()).isEqualTo(CellState.INTERRUPTED);

        run(this::finish);

        assertThat(trainings.get(0)).startsWith("begin");
        assertThat(files.read(sweep.notes(cell).resolve("before-attempt-1/console.log")))
                .isEqualTo("first words");
    }

    @Test
    void aCellOfAnotherProcessIsLeftToIt() {
        sweep.prepare(cell);
        files.write("runs/trial/cells/" + cell.id() + "/lock", new LockOwner("another-host", 7, 0, "", 0).json());

        CellReport report = run(this::finish);

        assertThat(report.state()).isEqualTo(CellState.RUNNING);
        assertThat(report.reason()).isEqualTo("process 7 on another-host");
        assertThat(trainings).isEmpty();
    }

    @Test
    void theRunOfAnotherExperimentInTheFolderIsNotTouched() {
        String other = cell.configuration().replace("learningRate: 0.1", "learningRate: 0.2");
        assertThat(other).isNotEqualTo(cell.configuration());
        files.write(inRun("config.resolved.yaml"), other);
        files.write(inRun("result.json"), "{\"testAccuracy\": 0.9}");

        CellReport report = run(this::finish);

        assertThat(report.state()).isEqualTo(CellState.FAILED);
        assertThat(report.reason()).contains("holds another experiment: optimizer.learningRate: 0.1 -> 0.2");
        assertThat(trainings).isEmpty();
    }

    @Test
    void theSameExperimentInOtherWordsIsTheCell() {
        files.write(inRun("config.resolved.yaml"), SweepFiles.BASE);
        files.write(inRun("result.json"), "{\"testAccuracy\": 0.9}");

        assertThat(new Inspector(sweep).inspect(cell).state()).isEqualTo(CellState.DONE);
    }

    @Test
    void settingsOfAnotherVersionAreSaidToBeThat() {
        files.write(inRun("config.resolved.yaml"), SweepFiles.BASE + "colour: blue\n");

        assertThat(run(this::finish).reason()).contains("written by a version of bpfree whose settings");
    }

    @Test
    void aHalfWrittenResultIsNoResult() {
        files.write(inRun("result.json"), "{\"testAccuracy\": 0.");
        checkpoint();

        assertThat(new Inspector(sweep).inspect(cell).state()).isEqualTo(CellState.INTERRUPTED);
    }

    @Test
    void aCellWithATwinIsDoneWhenTheTwinIs() {
        Plan plan = files.plan("set: {training.twin: true}");
        PlannedCell withTwin = plan.cell(0);
        cell = withTwin;
        String run = inRun("");
        files.write(run + "result.json", "{\"testAccuracy\": 0.9}");
        assertThat(new Inspector(sweep).inspect(withTwin).state()).isEqualTo(CellState.INTERRUPTED);

        files.write(run + "twin/STATUS", "diverged\n");
        assertThat(new Inspector(sweep).inspect(withTwin).state()).isEqualTo(CellState.DIVERGED);

        files.write(run + "result.json", "{\"testAccuracy\": 0.9, \"twin\": {\"testAccuracy\": 0.8}}");
        assertThat(new Inspector(sweep).inspect(withTwin).state()).isEqualTo(CellState.DONE);
    }

    @Test
    void aTrainingThatBreaksLeavesNoLock() {
        CellReport broken = run(() -> {
            throw new IllegalStateException("out of order");
        });

        assertThat(broken.state()).isEqualTo(CellState.FAILED);
        assertThat(broken.reason()).contains("internal error").contains("out of order");
        assertThat(sweep.lock(cell)).doesNotExist();
        assertThat(run(this::finish).state()).isEqualTo(CellState.DONE);
    }

    private interface Scene {
        /** Returns whether training came to its end. */
        boolean play();
    }

    private CellReport run(Scene scene) {
        CellTraining training = new CellTraining() {
            @Override
            public boolean begin(String configuration, RunFolder run) {
                trainings.add("begin " + run.path() + "\n" + configuration);
                return scene.play();
            }

            @Override
            public boolean resume(RunFolder run) {
                trainings.add("resume " + run.path());
                return scene.play();
            }
        };
        return new CellRunner(sweep, training, () -> {}).run(cell);
    }

    private boolean finish() {
        checkpoint();
        files.write(inRun("config.resolved.yaml"), cell.configuration());
        files.write(inRun("result.json"), "{\"testAccuracy\": 0.5}");
        status("done");
        return true;
    }

    private void checkpoint() {
        files.write(inRun("checkpoints/last"), "weights");
    }

    private void status(String status) {
        files.write(inRun("STATUS"), status + "\n");
    }

    /** A file in the run folder of the cell, relative to the folder of the test. */
    private String inRun(String name) {
        return folder.relativize(sweep.run(cell)) + "/" + name;
    }
}
