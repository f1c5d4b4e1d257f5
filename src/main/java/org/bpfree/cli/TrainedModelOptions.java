package org.bpfree.cli;

import java.util.Locale;
import org.bpfree.run.RunFolder;
import org.bpfree.run.TrainedModel;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The options of every command that works on a trained network. */
final class TrainedModelOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec mixee;

    @Parameters(index = "0", paramLabel = "RUN", description = "A run folder, or 'latest'.")
    private String run;

    @Option(
            names = "--checkpoint",
            paramLabel = "NAME",
            description = "Which weights: ${COMPLETION-CANDIDATES}. Default: best where there is one, else last."
                    + " last is the newest, such as that of an interruption.")
    private TrainedModel.Choice checkpoint;

    /** The folder of the run; fails when there is none. */
    RunFolder folder() {
        return RunFolder.find(run, RunFolder.ROOT);
    }

    /** The network with the weights that were asked for; warns when they are not those of a run that is done. */
    TrainedModel load() {
        return load(folder());
    }

    /** As {@link #load()}, for a run that another option names. */
    TrainedModel load(RunFolder folder) {
        TrainedModel model = TrainedModel.load(folder, checkpoint);
        folder.status().filter(status -> status != RunFolder.Status.DONE).ifPresent(status -> mixee.commandLine()
                .getErr()
                .println("warning: the run " + folder.path() + (status == RunFolder.Status.KILLED ? " was " : " is ")
                        + status.name().toLowerCase(Locale.ROOT) + ", not done; the weights are those of "
                        + model.checkpoint()));
        return model;
    }
}
