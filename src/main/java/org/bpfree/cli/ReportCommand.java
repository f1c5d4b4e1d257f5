package org.bpfree.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.bpfree.cli.console.DataFolderOption;
import org.bpfree.cli.console.StrictOption;
import org.bpfree.cli.console.ThreadsOption;
import org.bpfree.failure.Failure;
import org.bpfree.files.AtomicFile;
import org.bpfree.files.UserPath;
import org.bpfree.report.HtmlReport;
import org.bpfree.report.Pictures;
import org.bpfree.run.BuildInfo;
import org.bpfree.run.RunFolder;
import org.bpfree.sweep.SweepFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bpfree report}: runs as one HTML file. */
@Command(
        name = "report",
        description = "Writes one HTML file about runs: results, curves, confusion, samples, filters, settings.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  bpfree report latest",
            "  bpfree report runs/ekdaa-cifar10/* -o report.html",
            "  bpfree report runs/*/* --no-pictures -o all.html"
        })
final class ReportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "RUN",
            arity = "1..*",
            description = "Run folders, finished or not, or 'latest'. Those with a twin bring it with them.")
    private List<String> runs;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            description = "Where the report goes. Default: ${DEFAULT-VALUE}.")
    private Path out = Path.of("report.html");

    @Option(
            names = "--no-pictures",
            description = "Leaves out filters and sample predictions, for which networks and test images are loaded.")
    private boolean noPictures;

    @Mixin
    private ThreadsOption threads;

    @Mixin
    private DataFolderOption dataFolder;

    @Mixin
    private StrictOption strict;

    @Override
    public Integer call() {
        HtmlReport report = new HtmlReport();
        List<RunFolder> folders = folders();
        if (!noPictures) {
            threads.startBackend();
        }
        for (RunFolder run : folders) {
            add(report, run);
            RunFolder twin = new RunFolder(run.file("twin"));
            if (twin.hasConfiguration()) {
                add(report, twin);
            }
        }
        PrintWriter err = spec.commandLine().getErr();
        report.warnings().forEach(warning -> err.println("warning: " + warning));
        if (report.size() == 0) {
            throw Failure.failed("none of the runs can be shown", "See the warnings above.");
        }
        AtomicFile.createFolder(out.toAbsolutePath().getParent());
        AtomicFile.write(out, report.page(BuildInfo.version() + ", commit " + BuildInfo.commit()));
        spec.commandLine().getOut().println(out);
        return 0;
    }

    /** The runs that were named. What the shell found beside them is left out with a warning; a sweep's own notes, without. */
    private List<RunFolder> folders() {
        List<RunFolder> folders = new ArrayList<>();
        Map<String, Failure> others = new LinkedHashMap<>();
        for (String argument : runs) {
            try {
                folders.add(RunFolder.find(argument, RunFolder.ROOT));
            } catch (Failure noRun) {
                others.put(argument, noRun);
            }
        }
        if (folders.isEmpty()) {
            throw others.values().iterator().next();
        }
        others.keySet().removeIf(argument -> SweepFolder.isNotes(UserPath.of(argument)));
        others.values()
                .forEach(noRun -> spec.commandLine().getErr().println("warning: left out: " + noRun.getMessage()));
        return folders;
    }

    private void add(HtmlReport report, RunFolder run) {
        report.add(
                run,
                folder -> noPictures
                        ? Pictures.none("Pictures were left out.")
                        : RunPictures.of(folder, dataFolder.resolve(), strict));
    }
}
