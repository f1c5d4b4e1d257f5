package org.bpfree.cli.study;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.bpfree.binding.Setting;
import org.bpfree.cli.console.Listing;
import org.bpfree.failure.Failure;
import org.bpfree.study.Selection;
import org.bpfree.study.Study;
import org.bpfree.study.TuneSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bpfree study select}: which settings won. */
@Command(
        name = "select",
        description =
                "Tells which settings won in each arm, and what every other one reached on the validation images.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:every arm has a winner", "75:cells of the tuning are not finished"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  bpfree study select configs/studies/smoke-study.yaml",
            "  bpfree study select configs/studies/smoke-study.yaml --json"
        })
final class StudySelectCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private StudyOptions options;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Study study = options.read(spec);
        if (study.settings().tune().isEmpty()) {
            throw Failure.usage(
                    "the study " + study.name() + " tunes nothing: its arms run as they are",
                    "Add a block 'tune' to choose settings.");
        }
        Selection selection = options.planned(study).selection().orElseThrow();
        print(selection);
        PrintWriter err = spec.commandLine().getErr();
        selection.warnings().forEach(warning -> err.println("warning: " + warning));
        return selection.isDecided() ? 0 : Failure.Kind.INTERRUPTED.exitCode();
    }

    private void print(Selection selection) {
        Listing listing = new Listing("arm", Setting.nameOf(selection.metric()), "sd", "seeds", "place", "settings");
        for (Selection.OfArm arm : selection.arms()) {
            for (Selection.Candidate candidate : arm.candidates()) {
                int rank = arm.ranked().indexOf(candidate);
                boolean won = arm.winner().equals(Optional.of(candidate));
                listing.add(
                        arm.arm(),
                        number(candidate.score().mean(), selection.metric()),
                        number(candidate.score().deviation(), selection.metric()),
                        candidate.score().count() + " of " + candidate.planned()
                                + (candidate.diverged() == 0 ? "" : ", " + candidate.diverged() + " diverged"),
                        won ? "won" : rank < 0 ? "-" : String.valueOf(rank + 1),
                        candidate.label());
            }
        }
        listing.print(spec.commandLine().getOut(), json);
    }

    private static String number(double value, TuneSettings.Metric metric) {
        if (Double.isNaN(value)) {
            return "-";
        }
        return metric == TuneSettings.Metric.VALIDATION_ACCURACY
                ? String.format(Locale.ROOT, "%.2f %%", 100 * value)
                : String.format(Locale.ROOT, "%.4f", value);
    }
}
