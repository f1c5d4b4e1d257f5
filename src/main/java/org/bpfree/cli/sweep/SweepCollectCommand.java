package org.bpfree.cli.sweep;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.bpfree.cli.console.Listing;
import org.bpfree.failure.Failure;
import org.bpfree.files.AtomicFile;
import org.bpfree.files.InputFile;
import org.bpfree.measure.ShallowFloor;
import org.bpfree.statistics.Summary;
import org.bpfree.sweep.Figure;
import org.bpfree.sweep.Plan;
import org.bpfree.sweep.PlannedCell;
import org.bpfree.sweep.Results;
import org.bpfree.sweep.ResultsFormat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bpfree sweep collect}: the results of a plan in one table. */
@Command(
        name = "collect",
        description = "Collects the results of a plan: a row for each cell, means and deviations over seeds.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  bpfree sweep collect plan.jsonl -o results.csv",
            "  bpfree sweep collect plan.jsonl --format md",
            "  bpfree sweep collect plan.jsonl --format means",
            "  bpfree sweep collect plan.jsonl --format json -o results.json"
        })
final class SweepCollectCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private PlanOptions options;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            description = "Where the table goes; replaced when it is there. Default: standard output.")
    private Path file;

    @Option(names = "--format", paramLabel = "FORMAT", description = "${COMPLETION-CANDIDATES}. Default: csv.")
    private ResultsFormat format = ResultsFormat.csv;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        PrintWriter out = spec.commandLine().getOut();
        Plan plan = options.read(spec);
        Results results = Results.collect(plan, options.folder(plan));
        results.warnings().forEach(warning -> err.println("warning: " + warning));
        if (file == null) {
            out.print(format.print(results));
            return 0;
        }
        Path folder = file.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder)) {
            InputFile.requireVisible(Failure.Kind.USAGE, folder);
            throw Failure.usage("--out " + file + ": there is no folder " + folder, "Make it, or name another file.");
        }
        AtomicFile.write(file, format.print(results));
        summarize(results, out);
        out.println("table: " + file);
        return 0;
    }

    private static void summarize(Results results, PrintWriter out) {
        Listing listing = new Listing("settings", "test accuracy, %", "sd", "gain over shallow", "seeds done");
        for (Results.Group group : results.groups()) {
            Summary accuracy = group.of(Figure.TEST_ACCURACY);
            String settings = group.settings().isEmpty() ? "base" : PlannedCell.words(group.settings());
            listing.add(
                    settings,
                    percent(accuracy.mean()),
                    percent(accuracy.deviation()),
                    ShallowFloor.Gain.text(group.gains()),
                    group.done() + " of " + group.planned());
        }
        listing.print(out, false);
    }

    private static String percent(double fraction) {
        return Double.isNaN(fraction) ? "-" : String.format(Locale.ROOT, "%.2f", 100 * fraction);
    }
}
