package org.bpfree.cli.study;

import java.io.PrintWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.bpfree.cli.sweep.EstimateOption;
import org.bpfree.experiment.Experiment;
import org.bpfree.study.Progress;
import org.bpfree.study.Stage;
import org.bpfree.study.Study;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code bpfree study plan}: the plans of the stages that can be planned. */
@Command(
        name = "plan",
        description =
                "Checks every cell of a study and writes the plan of each stage that can be planned: of the tuning at once, of"
                        + " the final runs when the tuning is done. Plans are never changed.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  bpfree study plan configs/studies/smoke-study.yaml",
            "  bpfree study plan configs/studies/smoke-study.yaml --no-estimate",
            "  scripts/sweep-slurm.sh runs/smoke-study/plans/tuning.jsonl"
        })
final class StudyPlanCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private StudyOptions options;

    @Mixin
    private EstimateOption estimate;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Study study = options.read(spec);
        Progress progress = options.progress(study);
        List<Progress.Planned> planned = progress.plan();
        for (Progress.Planned each : planned) {
            tell(each.stage(), each.experiments());
            out.println("  plan: " + options.folder(study).planFile(each.stage()));
        }
        boolean last = planned.stream().anyMatch(each -> each.stage().equals(Stage.FINAL));
        if (!last) {
            tell(Stage.FINAL, progress.finalExperiments());
            out.println("  planned when the tuning is done: bpfree study run " + options.file());
        }
        seedsInCommon(study);
        return 0;
    }

    private void tell(Stage stage, List<Experiment> experiments) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(stage.name() + ": " + experiments.size() + " cells");
        estimate.measure(experiments)
                .ifPresent(time -> out.println(
                        String.format(Locale.ROOT, "  estimated: %.1f core-hours, ", time.coreHours()) + time.text()));
        out.flush();
    }

    private void seedsInCommon(Study study) {
        study.settings().tune().ifPresent(tune -> {
            Set<Long> both = new HashSet<>(tune.seeds());
            both.retainAll(study.settings().last().seeds());
            if (!both.isEmpty()) {
                spec.commandLine()
                        .getErr()
                        .println(
                                "warning: the seeds " + both + " tune and are in the final runs, too; settings may have"
                                        + " been chosen for what these seeds have by chance. Tune with others.");
            }
        });
    }
}
