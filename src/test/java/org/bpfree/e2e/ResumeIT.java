package org.bpfree.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that was stopped in any way ends in the same bytes as one that was not. */
class ResumeIT {
    private static final int KILLS = 5;
    private static final int LONGEST_MILLISECONDS = 450; // an undisturbed run takes about 2500
    private static final String[] CHECKPOINTS = {"checkpoints/last", "checkpoints/best"};

    private static final Map<String, RunFiles> UNDISTURBED = new HashMap<>();

    @TempDir
    private static Path undisturbedRuns;

    @TempDir
    private Path folder;

    private Bpfree bpfree;

    @BeforeEach
    void inFolder() {
        bpfree = Bpfree.in(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ekdaa", "backprop", "incremental-pc"})
    void killedAtRandomMomentsItEndsInTheSameBytes(String learner) {
        RunFiles undisturbed = undisturbed(learner);
        RunFiles killed = new RunFiles(folder.resolve("killed"));
        Random random = new Random(learner.hashCode());

        RunningProgram first = start("killed");
        first.await("a first checkpoint", () -> killed.has("checkpoints/last"));
        killAfter(first, random.nextInt(LONGEST_MILLISECONDS));
        assertThat(killed.status()).as("killed before the end").isEqualTo("running");
        for (int kill = 1; kill < KILLS && !killed.has("result.json"); kill++) {
            RunningProgram next = bpfree.start("train", "--resume", "killed");
            next.await("going on", () -> next.err().contains("Resuming"));
            killAfter(next, random.nextInt(LONGEST_MILLISECONDS));
        }
        bpfree.run("train", "--resume", "killed").exits(0);

        killed.hasSameBytesAs(undisturbed, CHECKPOINTS);
        assertThat(killed.status()).isEqualTo("done");
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143", "HUP, 129"})
    @DisabledOnOs(OS.WINDOWS)
    void asksToStopAreAnsweredWithACheckpointAndTheCommandToGoOn(String signal, int exitCode) {
        RunFiles undisturbed = undisturbed("ekdaa");
        RunFiles stopped = new RunFiles(folder.resolve("stopped"));

        RunningProgram program = start("stopped");
        program.await("the third epoch", () -> program.err().contains("epoch 3/"));
        program.signal(signal);
        if (signal.equals("HUP")) {
            program.signal(signal); // a shell passes on what its terminal has sent already
        }
        Outcome outcome = program.end().exits(exitCode);

        assertThat(stopped.status()).isEqualTo("interrupted");
        assertThat(stopped.has("checkpoints/interrupted")).isTrue();
        assertThat(stopped.json("manifest.json").get("session").get("exitCode").asInt())
                .isEqualTo(exitCode);
        assertThat(outcome.out()).isEmpty();
        Matcher command = Pattern.compile("bpfree (train --resume \\S+)").matcher(outcome.err());
        assertThat(command.find()).as(outcome.toString()).isTrue();
        bpfree.run(command.group(1).split(" ")).exits(0);
        stopped.hasSameBytesAs(undisturbed, CHECKPOINTS);
        assertThat(stopped.has("checkpoints/interrupted")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"USR1, 138", "USR2, 140"})
    @EnabledOnOs(OS.LINUX)
    void theWarningOfASchedulerIsAnsweredWithACheckpoint(String signal, int exitCode) {
        bpfree.file("stateful.yaml", Experiments.stateful("ekdaa"));
        RunFiles stopped = new RunFiles(folder.resolve("stopped"));

        RunningProgram program = start("stopped");
        program.await("the second epoch", () -> program.err().contains("epoch 2/"));
        program.signal(signal);
        program.end().exits(exitCode);

        assertThat(stopped.status()).isEqualTo("interrupted");
        assertThat(stopped.has("checkpoints/interrupted")).isTrue();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void nohupKeepsTheEndOfTheTerminalAway() {
        bpfree.file("stateful.yaml", Experiments.stateful("ekdaa"));
        RunningProgram program = bpfree.startBelow(
                List.of("nohup"),
                "train",
                "--config",
                "stateful.yaml",
                "--threads",
                "1",
                "--run-dir",
                "kept",
                "--set",
                "training.epochs=8");
        program.await("the second epoch", () -> program.err().contains("epoch 2/"));
        program.signal("HUP");
        program.end().exits(0);
        assertThat(new RunFiles(folder.resolve("kept")).status()).isEqualTo("done");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aProgressBarOnATerminalDoesNotTakeCtrlCAway() {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "util-linux's script makes the terminal");
        bpfree.file("stateful.yaml", Experiments.stateful("ekdaa"));
        RunFiles stopped = new RunFiles(folder.resolve("stopped"));

        RunningProgram program = bpfree.startInTerminal(
                "train", "--config", "stateful.yaml", "--threads", "1", "--run-dir", "stopped", "--progress", "bar");
        program.await("the second epoch", () -> program.out().contains("epoch 2/"));
        program.signalJava("INT");
        Outcome outcome = program.end().exits(130);

        assertThat(outcome.out()).contains("bpfree train --resume stopped");
        assertThat(stopped.status()).isEqualTo("interrupted");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aRunInTrainingIsLeftToItsProcess() {
        RunFiles undisturbed = undisturbed("ekdaa");
        RunFiles busy = new RunFiles(folder.resolve("busy"));
        RunningProgram program = start("busy");
        program.await("a first checkpoint", () -> busy.has("checkpoints/last"));
        program.signal("STOP"); // so that it cannot end meanwhile

        bpfree.run("train", "--resume", "busy").failsWith(1, "the run busy is being trained by process");

        program.signal("CONT");
        program.end().exits(0);
        busy.hasSameBytesAs(undisturbed, CHECKPOINTS);
    }

    @Test
    void latestIsTheYoungestUnfinishedRunAndCompleteOnesAreLeftAlone() {
        bpfree.file("tiny.yaml", Experiments.tiny());
        bpfree.run("train", "--config", "tiny.yaml", "--threads", "1", "--set", "seed=1")
                .exits(0);
        Outcome trained = bpfree.run("train", "--config", "tiny.yaml", "--threads", "1", "--set", "seed=2")
                .exits(0);

        bpfree.run("train", "--resume", "latest").failsWith(2, "there is no unfinished run under");

        String done = trained.out().replaceAll("(?s).*run folder\\s+(\\S+).*", "$1");
        Outcome resumed = bpfree.run("train", "--resume", done).exits(0);
        assertThat(resumed.out()).isEqualTo(trained.out());
        assertThat(resumed.err()).contains("is complete");
    }

    /** The run that was left alone, trained once for all tests; the experiment also lies in the folder of the test. */
    private RunFiles undisturbed(String learner) {
        bpfree.file("stateful.yaml", Experiments.stateful(learner));
        return UNDISTURBED.computeIfAbsent(learner, name -> {
            Path run = undisturbedRuns.resolve(name);
            start(run.toString()).end().exits(0);
            return new RunFiles(run);
        });
    }

    private RunningProgram start(String run) {
        return bpfree.start("train", "--config", "stateful.yaml", "--threads", "1", "--run-dir", run);
    }

    private static void killAfter(RunningProgram program, int milliseconds) {
        RunningProgram.pause(milliseconds);
        program.kill();
        program.end();
    }
}
