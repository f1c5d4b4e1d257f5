package org.bpfree.cli;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.bpfree.sweep.Training;
import picocli.CommandLine;

/** Runs the command {@code train} inside this process, as part of another command. */
final class TrainingHere implements Training {
    private final CommandLine caller;

    /** Prints where the calling command prints. */
    TrainingHere(CommandLine caller) {
        this.caller = caller;
    }

    @Override
    public Ending train(List<String> arguments) {
        CommandLine bpfree = Main.commandLine(arguments.toArray(String[]::new));
        AtomicReference<String> message = new AtomicReference<>("");
        ErrorReport errors = new ErrorReport();
        bpfree.setOut(caller.getOut()).setErr(caller.getErr());
        bpfree.setExecutionExceptionHandler((exception, command, parsed) -> {
            message.set(ErrorReport.explain(exception).getMessage());
            return errors.handleExecutionException(exception, command, parsed);
        });
        int exitCode = Main.run(bpfree, arguments.toArray(String[]::new));
        return new Ending(exitCode, message.get());
    }
}
