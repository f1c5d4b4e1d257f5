package org.bpfree.cli.sweep;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import org.bpfree.cli.console.CommandSession;
import org.bpfree.cli.console.DataFolderOption;
import org.bpfree.cli.console.ErrorReport;
import org.bpfree.cli.console.ProgressMode;
import org.bpfree.cli.console.StopSignal;
import org.bpfree.cli.console.ThreadsOption;
import org.bpfree.data.Splits;
import org.bpfree.experiment.Experiment;
import org.bpfree.experiment.ExperimentLoader;
import org.bpfree.run.RunFolder;
import org.bpfree.run.Training;
import org.bpfree.sweep.CellTraining;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Trains a cell inside this process, told as {@code bpfree train} tells it.
 *
 * @param spec of the command that trains
 * @param threads of a run that begins; one that goes on keeps what it began with
 * @param dataFolder where the data lies
 */
public record CellTrainingHere(CommandSpec spec, ThreadsOption threads, DataFolderOption dataFolder)
        implements CellTraining {
    @Override
    public boolean begin(String configuration, RunFolder run) {
        return told(() -> train(Training.start(
                ExperimentLoader.installed().read("the plan", configuration, List.of()), run, Optional.empty())));
    }

    @Override
    public boolean resume(RunFolder run) {
        return told(() -> train(Training.resume(run)));
    }

    private boolean train(Training training) {
        Experiment experiment = training.experiment();
        Splits splits = dataFolder.open(experiment);
        OptionalInt earlier = training.earlierThreads();
        int count = earlier.isPresent() ? threads.restartBackend(earlier.getAsInt()) : threads.startBackend();
        StopSignal stop = StopSignal.install();
        return training.run(splits, new CommandSession(spec, ProgressMode.plain, stop, count))
                .isPresent();
    }

    private boolean told(BooleanSupplier work) {
        try {
            return work.getAsBoolean();
        } catch (RuntimeException | Error e) {
            ErrorReport.report(e, spec.commandLine());
            throw e;
        }
    }
}
