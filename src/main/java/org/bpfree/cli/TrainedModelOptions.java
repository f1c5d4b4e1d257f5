package org.bpfree.cli;

import org.bpfree.train.RunFolder;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of every command that works on a trained network. */
final class TrainedModelOptions {
    @Parameters(index = "0", paramLabel = "RUN", description = "A run folder, or 'latest'.")
    private String run;

    @Option(
            names = "--checkpoint",
            paramLabel = "NAME",
            description = "Which weights: ${COMPLETION-CANDIDATES}. Default: best where there is one, else last.")
    private TrainedModel.Choice checkpoint;

    /** The folder of the run; fails when there is none. */
    RunFolder folder() {
        return RunFolder.find(run, RunFolder.ROOT);
    }

    /** The network with the weights that were asked for. */
    TrainedModel load() {
        return TrainedModel.load(folder(), checkpoint);
    }
}
