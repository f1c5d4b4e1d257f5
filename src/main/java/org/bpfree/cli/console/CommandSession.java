package org.bpfree.cli.console;

import java.io.PrintWriter;
import java.util.List;
import org.bpfree.experiment.Experiment;
import org.bpfree.failure.Failure;
import org.bpfree.run.Console;
import org.bpfree.run.Progress;
import org.bpfree.run.RunFolder;
import org.bpfree.run.Session;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Training for a person in front of a terminal, or for a log.
 *
 * @param spec of the command that trains
 * @param mode how progress is to be shown
 * @param stop what asks for an end
 * @param threads of the backend
 */
public record CommandSession(CommandSpec spec, ProgressMode mode, StopSignal stop, int threads) implements Session {
    @Override
    public PrintWriter screen() {
        return spec.commandLine().getErr();
    }

    @Override
    public boolean quiet() {
        return Notes.of(spec).quiet();
    }

    @Override
    public Progress progress(Console console, Experiment experiment) {
        ProgressMode shown = quiet() ? ProgressMode.none : mode.resolve(Terminal.showsErrors());
        return new ProgressListener(console, shown, experiment.training().epochs(), experiment.learnerType());
    }

    @Override
    public List<String> arguments() {
        return spec.root().commandLine().getParseResult().originalArgs();
    }

    @Override
    public void lost(RunFolder folder) {
        screen().println("bpfree: error: another process has taken over " + folder.path()
                + ", which this one seemed to have left");
        screen().flush();
        Runtime.getRuntime().halt(Failure.Kind.INTERRUPTED.exitCode());
    }
}
