package org.bpfree.cli.study;

import java.util.concurrent.Callable;
import org.bpfree.cli.console.MissingCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code bpfree study}: comparisons with tuned arms, seeds, statistics and verdicts. */
@Command(
        name = "study",
        description =
                "Compares arms fairly: tunes each on validation images, runs the winners with several seeds, and says which"
                        + " claims the figures support.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            StudyPlanCommand.class,
            StudyRunCommand.class,
            StudyStatusCommand.class,
            StudySelectCommand.class,
            StudyReportCommand.class,
            StudyCheckCommand.class,
            StudyArchiveCommand.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  bpfree study plan configs/studies/smoke-study.yaml",
            "  bpfree study run configs/studies/smoke-study.yaml --parallel 2",
            "  bpfree study select configs/studies/smoke-study.yaml",
            "  bpfree study check configs/studies/smoke-study.yaml",
            "  bpfree study archive configs/studies/smoke-study.yaml -o smoke.jsonl"
        })
public final class StudyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw MissingCommand.of(spec);
    }
}
