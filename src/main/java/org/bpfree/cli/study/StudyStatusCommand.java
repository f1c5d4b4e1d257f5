package org.bpfree.cli.study;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.bpfree.cli.console.Listing;
import org.bpfree.cli.sweep.StateCounts;
import org.bpfree.study.Progress;
import org.bpfree.study.Stage;
import org.bpfree.study.Study;
import org.bpfree.sweep.CellReport;
import org.bpfree.sweep.CellState;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bpfree study status}: how the cells of a study stand. */
@Command(
        name = "status",
        description = "Tells how the cells of each stage and arm stand, and why those that are not done are not.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  bpfree study status configs/studies/smoke-study.yaml",
            "  bpfree study status configs/studies/smoke-study.yaml --json"
        })
final class StudyStatusCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private StudyOptions options;

    @Option(names = "--json", description = "Prints every cell as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Study study = options.read(spec);
        Progress progress = options.planned(study);
        Listing cells = new Listing("stage", "index", "id", "arm", "state", "seed", "settings", "reason");
        Listing arms = new Listing("stage", "arm", "cells");
        Listing troubles = new Listing("stage", "index", "state", "settings", "reason");
        for (Stage stage : study.stages()) {
            Optional<List<CellReport>> reports = progress.reports(stage);
            if (reports.isEmpty()) {
                arms.add(stage.name(), "all", "not planned yet");
                continue;
            }
            for (String arm : study.settings().arms().keySet()) {
                List<CellReport> ofArm = reports.get().stream()
                        .filter(report -> arm.equals(report.cell().arm()))
                        .toList();
                if (!ofArm.isEmpty()) {
                    arms.add(stage.name(), arm, StateCounts.of(ofArm));
                }
            }
            reports.get().forEach(report -> {
                cells.add(
                        stage.name(),
                        report.cell().index(),
                        report.cell().id(),
                        report.cell().arm(),
                        report.state().toString(),
                        report.cell().seed(),
                        report.cell().settings().toString(),
                        report.reason());
                if (!report.reason().isEmpty() && report.state() != CellState.DONE) {
                    troubles.add(
                            stage.name(),
                            report.cell().index(),
                            report.state().toString(),
                            report.cell().label(),
                            report.reason());
                }
            });
        }
        (json ? cells : arms).print(spec.commandLine().getOut(), json);
        if (!json && troubles.size() > 0) {
            spec.commandLine().getOut().println();
            troubles.print(spec.commandLine().getOut(), false);
        }
        return 0;
    }
}
