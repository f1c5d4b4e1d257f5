package org.bpfree.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.bpfree.cli.console.Listing;
import org.bpfree.cli.console.MissingCommand;
import org.bpfree.cli.console.Root;
import org.bpfree.cli.console.StopSignal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code bpfree}: the command that holds all others. */
@Command(
        name = "bpfree",
        description = "Trains image classifiers without backpropagation, beside a backpropagation twin.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:failed",
            "2:the command line or the experiment file is wrong",
            "3:a dataset is missing or corrupt",
            "4:training diverged (NaN, infinity, or a loss above training.divergenceFactor times that of guessing)",
            "5:a learner does not do what its theory says",
            "70:a defect of bpfree",
            "75:interrupted, can be resumed",
            StopSignal.EXIT_CODES
        },
        footerHeading = "%nExamples:%n",
        footer = {"  bpfree list learners", "  bpfree config check configs/quickstart.yaml", "  bpfree help config show"
        })
final class BpfreeCommand implements Callable<Integer>, Root {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--stacktrace",
            scope = ScopeType.INHERIT,
            description = "Show where in the program an error comes from.")
    private boolean stackTrace;

    @Option(
            names = "--licenses",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "NAME",
            description = "List what the JAR carries from others, with licences and sources; with a name, print its"
                    + " licences in full, as in --licenses=libgomp.")
    private String licenses;

    @Option(names = "--json", description = "With --version or --licenses: prints JSON.")
    private boolean json;

    @Option(
            names = {"-q", "--quiet"},
            scope = ScopeType.INHERIT,
            description = "Say only results, warnings and errors: no progress and no notes.")
    private boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            description = "Also say which files and folders are used, and how many threads.")
    private boolean verbose;

    @Override
    public boolean quiet() {
        return quiet;
    }

    @Override
    public boolean verbose() {
        return verbose;
    }

    @Override
    public boolean stackTrace() {
        return stackTrace;
    }

    @Override
    public Class<?> mainClass() {
        return Main.class;
    }

    @Override
    public Integer call() {
        if (licenses == null) {
            throw MissingCommand.of(spec);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (licenses.isEmpty()) {
            Listing listing = new Listing("name", "version", "licence", "component", "source");
            BundledSoftware.components()
                    .forEach(each ->
                            listing.add(each.name(), each.version(), each.licence(), each.component(), each.source()));
            listing.print(out, json);
        } else {
            out.print(BundledSoftware.texts(licenses));
        }
        return 0;
    }
}
