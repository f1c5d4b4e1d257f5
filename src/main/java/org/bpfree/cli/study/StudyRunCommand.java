package org.bpfree.cli.study;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.bpfree.cli.console.DataFolderOption;
import org.bpfree.cli.console.Notes;
import org.bpfree.cli.console.StopSignal;
import org.bpfree.cli.console.ThreadsOption;
import org.bpfree.cli.sweep.PlanRunner;
import org.bpfree.cli.sweep.StateCounts;
import org.bpfree.failure.Failure;
import org.bpfree.study.Progress;
import org.bpfree.study.Stage;
import org.bpfree.study.Study;
import org.bpfree.study.StudyFolder;
import org.bpfree.sweep.CellReport;
import org.bpfree.sweep.Plan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bpfree study run}: all stages of a study, or one cell of one. */
@Command(
        name = "run",
        description =
                "Runs a study to its end on this machine: tunes, chooses, and runs the winners. What is done is left alone; the"
                        + " same command again goes on after any end.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every final cell is done",
            "1:a cell failed",
            "2:the command line or the study is wrong",
            "4:a cell of the final runs, or every setting of an arm, diverged",
            "75:a cell was interrupted; the same command goes on",
            StopSignal.EXIT_CODES
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  bpfree study run configs/studies/smoke-study.yaml",
            "  bpfree study run configs/studies/smoke-study.yaml --parallel 2",
            "  bpfree study run configs/studies/smoke-study.yaml --archive smoke.jsonl",
            "  bpfree study run configs/studies/smoke-study.yaml --stage tuning --index $SLURM_ARRAY_TASK_ID"
        })
final class StudyRunCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private StudyOptions options;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            description =
                    "How many cells at a time; each gets its share of the threads. Default: as many as --threads says, with one"
                            + " thread each.")
    private Integer parallel;

    @Option(
            names = "--stage",
            paramLabel = "STAGE",
            description = "Runs no other stage than this one: tuning, tuning-1, ..., or final.")
    private String only;

    @Option(
            names = "--index",
            paramLabel = "I",
            description = "Runs one cell of --stage, counted from 0, in this process.")
    private Integer index;

    @Mixin
    private ThreadsOption threads;

    @Mixin
    private DataFolderOption dataFolder;

    @Override
    public Integer call() {
        Study study = options.read(spec);
        if (only != null
                && study.stages().stream().noneMatch(stage -> stage.name().equals(only))) {
            throw Failure.usage("--stage " + only + ": expected one of "
                    + String.join(", ", study.stages().stream().map(Stage::name).toList()));
        }
        if (index != null) {
            return runOne(study);
        }
        StopSignal stop = StopSignal.install();
        Progress progress = options.progress(study);
        for (Stage stage : study.stages()) {
            Optional<Plan> plan = progress.plan().stream()
                    .filter(planned -> planned.stage().equals(stage))
                    .map(Progress.Planned::plan)
                    .findFirst();
            if (plan.isEmpty()) {
                throw undecided(progress, stage);
            }
            if (only != null && !stage.name().equals(only)) {
                continue;
            }
            Notes.of(spec).say(stage.name() + ": " + plan.get().cells().size() + " cells");
            List<CellReport> reports = runner(study, stage).runAll(plan.get(), parallel, stop);
            spec.commandLine().getOut().println(stage.name() + ": " + StateCounts.of(reports));
            spec.commandLine().getOut().flush();
            // A cell of the tuning that diverges has only lost; in a final run it is a result that nobody wants.
            int exitCode = PlanRunner.exitCode(spec, reports, stop, stage.tunes());
            if (exitCode != 0) {
                return exitCode;
            }
        }
        return 0;
    }

    private int runOne(Study study) {
        if (only == null) {
            throw Failure.usage("--index needs --stage", "Write --stage tuning --index " + index + ".");
        }
        Stage stage = study.stages().stream()
                .filter(each -> each.name().equals(only))
                .findFirst()
                .orElseThrow();
        Plan plan = options.folder(study)
                .plan(stage)
                .orElseThrow(() -> Failure.usage(
                        "the stage " + only + " has no plan yet", "Make it with: bpfree study plan " + options.file()));
        return PlanRunner.exitCode(runner(study, stage).runHere(plan.cell(index), plan));
    }

    private PlanRunner runner(Study study, Stage stage) {
        StudyFolder folder = options.folder(study);
        return new PlanRunner(spec, threads, dataFolder, folder.planFile(stage), options.runs());
    }

    private Failure undecided(Progress progress, Stage stage) {
        List<String> arms = progress.selection().stream()
                .flatMap(selection -> selection.arms().stream())
                .filter(arm -> arm.winner().isEmpty())
                .map(arm -> arm.arm())
                .toList();
        return Failure.of(
                Failure.Kind.DIVERGED,
                "the stage " + stage.name() + " cannot be planned: no setting was found for " + String.join(", ", arms),
                "See 'bpfree study select " + options.file()
                        + "'. Where every setting diverged, try smaller values under" + " another name of the study.");
    }
}
