package org.bpfree.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.bpfree.cli.console.DataFolderOption;
import org.bpfree.cli.console.Notes;
import org.bpfree.cli.console.StrictOption;
import org.bpfree.cli.console.ThreadsOption;
import org.bpfree.failure.Failure;
import org.bpfree.files.AtomicFile;
import org.bpfree.files.UserPath;
import org.bpfree.report.CollectedRuns;
import org.bpfree.report.Comparison;
import org.bpfree.report.HtmlReport;
import org.bpfree.report.Pictures;
import org.bpfree.report.StudyComparison;
import org.bpfree.run.BuildInfo;
import org.bpfree.run.RunFolder;
import org.bpfree.study.Findings;
import org.bpfree.sweep.CellReport;
import org.bpfree.sweep.CellState;
import org.bpfree.sweep.Inspector;
import org.bpfree.sweep.Plan;
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
        description =
                "Writes one HTML file that compares runs: who wins, curves, angles, cost, settings, and each run by itself.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  bpfree report latest",
            "  bpfree report runs/ekdaa-cifar10/* -o report.html",
            "  bpfree report plan.jsonl --title 'Who learns?'",
            "  bpfree report configs/studies/smoke-study.yaml smoke.jsonl",
            "  bpfree report runs/*/* --no-pictures -o all.html"
        })
final class ReportCommand implements Callable<Integer> {
    private static final String PLAN = ".jsonl";

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "RUN",
            arity = "1..*",
            description =
                    "Run folders, finished or not, 'latest', plans of sweeps, whose finished cells are shown; or studies and"
                            + " archives of studies. Runs with a twin bring it with them.")
    private List<String> runs;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            description = "Where the report goes. Default: ${DEFAULT-VALUE}.")
    private Path out = Path.of("report.html");

    @Option(
            names = "--runs",
            paramLabel = "DIR",
            description =
                    "The folder above those of sweeps, in which the runs of plans lie. Default: ${DEFAULT-VALUE}.")
    private Path sweeps = RunFolder.ROOT;

    @Option(
            names = "--title",
            paramLabel = "TEXT",
            description = "What stands above the page. Default: the folder of the runs, or the name of the experiment.")
    private String title = "";

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
        StudySources studies = new StudySources();
        List<String> others =
                runs.stream().filter(argument -> !studies.take(argument)).toList();
        if (!studies.isEmpty()) {
            return reportStudies(studies, others);
        }
        CollectedRuns collected = new CollectedRuns();
        List<RunFolder> folders = folders(collected);
        if (!noPictures) {
            threads.startBackend();
        }
        for (RunFolder run : folders) {
            add(collected, run);
            RunFolder twin = new RunFolder(run.file("twin"));
            if (twin.hasConfiguration()) {
                add(collected, twin);
            }
        }
        PrintWriter err = spec.commandLine().getErr();
        Comparison comparison = collected.comparison(title.isEmpty() ? collected.title() : title);
        comparison.notes().forEach(note -> err.println("warning: " + note));
        if (collected.size() == 0) {
            throw Failure.failed("none of the runs can be shown", "See the warnings above.");
        }
        return write(new HtmlReport(comparison, collected::pictures));
    }

    private int reportStudies(StudySources sources, List<String> others) {
        if (!others.isEmpty()) {
            throw Failure.usage(
                    "'" + others.get(0) + "' is neither a study nor an archive, and cannot be in a report of these",
                    "Make a report of runs and plans by themselves.");
        }
        List<Findings> studies = sources.findings(sweeps, Notes.of(spec)::note);
        String names = studies.stream().map(Findings::name).collect(Collectors.joining(", "));
        Comparison comparison = StudyComparison.of(title.isEmpty() ? names : title, studies);
        comparison.notes().forEach(note -> spec.commandLine().getErr().println("warning: " + note));
        if (comparison.arms().isEmpty()) {
            throw Failure.failed(
                    "no final run of " + names + " is finished", "See how they stand with: bpfree study status");
        }
        if (!noPictures) {
            threads.startBackend();
        }
        return write(new HtmlReport(comparison, run -> pictures(new RunFolder(run.folder()))));
    }

    private int write(HtmlReport report) {
        AtomicFile.createFolder(out.toAbsolutePath().getParent());
        AtomicFile.write(out, report.page(BuildInfo.version() + ", commit " + BuildInfo.commit()));
        spec.commandLine().getOut().println(out);
        return 0;
    }

    /** The runs that were named. What the shell found beside them is left out with a warning; a sweep's own notes, without. */
    private List<RunFolder> folders(CollectedRuns collected) {
        List<RunFolder> folders = new ArrayList<>();
        Map<String, Failure> others = new LinkedHashMap<>();
        for (String argument : runs) {
            try {
                if (argument.endsWith(PLAN) && Files.isRegularFile(UserPath.of(argument))) {
                    folders.addAll(cells(Plan.read(UserPath.of(argument)), collected));
                } else {
                    folders.add(RunFolder.find(argument, RunFolder.ROOT));
                }
            } catch (Failure noRun) {
                others.put(argument, noRun);
            }
        }
        if (folders.isEmpty() && !others.isEmpty()) {
            throw others.values().iterator().next();
        }
        others.keySet().removeIf(argument -> SweepFolder.isNotes(UserPath.of(argument)));
        others.values()
                .forEach(noRun -> spec.commandLine().getErr().println("warning: left out: " + noRun.getMessage()));
        return folders;
    }

    /** The runs of a plan that have come to an end, good or bad; the others are counted in a note. */
    private List<RunFolder> cells(Plan plan, CollectedRuns collected) {
        SweepFolder sweep = SweepFolder.of(sweeps, plan);
        List<CellReport> cells = new Inspector(sweep).inspect(plan);
        Map<CellState, Long> open = cells.stream()
                .map(CellReport::state)
                .filter(state -> state != CellState.DONE)
                .collect(Collectors.groupingBy(state -> state, TreeMap::new, Collectors.counting()));
        if (!open.isEmpty()) {
            collected.note(open.entrySet().stream()
                    .map(each -> each.getValue() + " " + each.getKey())
                    .collect(Collectors.joining(
                            ", ",
                            "Of the " + cells.size() + " cells of the sweep " + plan.sweep() + ", not done: ",
                            ".")));
        }
        return cells.stream()
                .filter(cell -> cell.state() == CellState.DONE || cell.state() == CellState.DIVERGED)
                .map(cell -> new RunFolder(sweep.run(cell.cell())))
                .toList();
    }

    private void add(CollectedRuns collected, RunFolder run) {
        collected.add(run, this::pictures);
    }

    private Pictures pictures(RunFolder run) {
        if (noPictures) {
            return Pictures.none("Pictures were left out.");
        }
        return run.hasConfiguration()
                ? RunPictures.of(run, dataFolder.resolve(), strict)
                : Pictures.none("An archive holds no weights, so there are no pictures.");
    }
}
