package org.bpfree.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.bpfree.cli.console.DataFolderOption;
import org.bpfree.cli.console.Percent;
import org.bpfree.cli.console.StrictOption;
import org.bpfree.cli.console.ThreadsOption;
import org.bpfree.data.ImageSet;
import org.bpfree.data.Splits;
import org.bpfree.experiment.Experiment;
import org.bpfree.failure.Failure;
import org.bpfree.files.Json;
import org.bpfree.graph.Loss;
import org.bpfree.run.TrainedModel;
import org.bpfree.train.Confusion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bpfree eval}: loss, accuracy and confusion of a trained network. */
@Command(
        name = "eval",
        description = "Measures a trained network on the test or validation images.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  bpfree eval latest",
            "  bpfree eval runs/quickstart/20260101-120000-s1 --checkpoint last --json",
            "  bpfree eval latest --split validation"
        })
final class EvalCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private TrainedModelOptions trained;

    @Option(
            names = "--split",
            paramLabel = "NAME",
            description = "Which images: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Split split = Split.test;

    @Option(names = "--json", description = "Prints the figures as JSON.")
    private boolean json;

    @Mixin
    private ThreadsOption threads;

    @Mixin
    private DataFolderOption dataFolder;

    @Mixin
    private StrictOption strict;

    private enum Split {
        test,
        validation
    }

    @Override
    public Integer call() {
        threads.startBackend();
        TrainedModel model = trained.load();
        Experiment experiment = model.bench().experiment();
        Splits splits = dataFolder.open(experiment);
        ImageSet images = split == Split.test ? splits.readTest() : splits.validation();
        strict.check(trained.folder(), splits);
        if (images.size() == 0) {
            throw Failure.usage("the run holds no validation images out (data.validation is 0)", "Use --split test.");
        }
        Confusion confusion = Confusion.empty(experiment.data().description().classNames());
        Loss.Result result = model.bench().evaluator(model.normalizer()).evaluate(images, confusion);
        if (json) {
            printJson(model, result, confusion);
        } else {
            printTable(model, result, confusion);
        }
        return 0;
    }

    private void printJson(TrainedModel model, Loss.Result result, Confusion confusion) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("checkpoint", model.checkpoint().toString());
        figures.put("split", split.name());
        figures.put("images", result.images());
        figures.put("loss", result.meanLoss());
        figures.put("accuracy", result.accuracy());
        figures.put("classes", confusion.classes());
        figures.put("confusion", confusion.counts());
        spec.commandLine().getOut().println(Json.line(figures));
    }

    private void printTable(TrainedModel model, Loss.Result result, Confusion confusion) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "%s: %d %s images, accuracy %.2f %%, loss %.4f%n%n",
                model.checkpoint(),
                result.images(),
                split,
                100 * result.accuracy(),
                result.meanLoss());
        out.printf(Locale.ROOT, "%-14s %9s   %s%n", "label", "correct", "images by predicted class");
        for (int label = 0; label < confusion.classes().size(); label++) {
            StringBuilder row = new StringBuilder();
            for (int count : confusion.counts()[label]) {
                row.append(String.format(Locale.ROOT, "%6d", count));
            }
            out.printf(
                    Locale.ROOT,
                    "%-14s %9s  %s%n",
                    confusion.classes().get(label),
                    Percent.of(confusion.recall(label)),
                    row);
        }
    }
}
