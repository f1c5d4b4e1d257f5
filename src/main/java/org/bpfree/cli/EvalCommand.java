package org.bpfree.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;
import org.bpfree.cli.console.DataFolderOption;
import org.bpfree.cli.console.Percent;
import org.bpfree.cli.console.Printable;
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
import org.bpfree.train.TopFive;
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

    private static final int WIDEST = 30; // classes of which a line of a terminal holds a matrix

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
        TopFive topFive = new TopFive();
        Loss.Result result = model.bench().evaluator(model.normalizer()).evaluate(images, confusion.and(topFive));
        Double top5 = topFive.share(confusion.classes().size());
        if (json) {
            printJson(model, result, confusion, top5);
        } else {
            printTable(model, result, confusion, top5);
        }
        return 0;
    }

    private void printJson(TrainedModel model, Loss.Result result, Confusion confusion, Double top5) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("checkpoint", model.checkpoint().toString());
        figures.put("split", split.name());
        figures.put("images", result.images());
        figures.put("loss", result.meanLoss());
        figures.put("accuracy", result.accuracy());
        figures.put("balancedAccuracy", confusion.balancedAccuracy());
        figures.put("macroF1", confusion.macroF1());
        figures.put("top5", top5);
        figures.put("classes", confusion.classes());
        figures.put("precision", ofClasses(confusion, Confusion::precision));
        figures.put("recall", ofClasses(confusion, Confusion::recall));
        figures.put("f1", ofClasses(confusion, Confusion::f1));
        if (confusion.isSmall()) {
            figures.put("confusion", confusion.matrix());
        } else {
            figures.put("confusionCells", confusion.cells());
        }
        spec.commandLine().getOut().println(Json.line(figures));
    }

    private void printTable(TrainedModel model, Loss.Result result, Confusion confusion, Double top5) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "%s: %d %s images, accuracy %.2f %%, loss %.4f%n%n",
                model.checkpoint(),
                result.images(),
                split,
                100 * result.accuracy(),
                result.meanLoss());
        out.printf(
                Locale.ROOT,
                "balanced accuracy %s, macro F1 %s%s%n%n",
                Percent.of(confusion.balancedAccuracy()),
                Percent.of(confusion.macroF1()),
                top5 == null ? "" : ", label among the best five " + Percent.of(top5));
        boolean whole = confusion.classes().size() <= WIDEST;
        out.printf(
                Locale.ROOT,
                "%-14s %9s %9s %9s   %s%n",
                "label",
                "precision",
                "recall",
                "F1",
                whole ? "images by predicted class" : "images");
        int[][] matrix = whole ? confusion.matrix() : null;
        for (int label = 0; label < confusion.classes().size(); label++) {
            out.printf(
                    Locale.ROOT,
                    "%-14s %9s %9s %9s  %s%n",
                    Printable.of(confusion.classes().get(label)),
                    Percent.of(confusion.precision(label)),
                    Percent.of(confusion.recall(label)),
                    Percent.of(confusion.f1(label)),
                    whole ? row(matrix[label]) : String.format(Locale.ROOT, "%6d", confusion.images(label)));
        }
    }

    private static String row(int[] counts) {
        StringBuilder row = new StringBuilder();
        for (int count : counts) {
            row.append(String.format(Locale.ROOT, "%6d", count));
        }
        return row.toString();
    }

    /** A figure of every class; null where it is not defined. */
    private static List<Double> ofClasses(Confusion confusion, ToDoubleBiFunction<Confusion, Integer> figure) {
        return IntStream.range(0, confusion.classes().size())
                .mapToDouble(label -> figure.applyAsDouble(confusion, label))
                .mapToObj(value -> Double.isNaN(value) ? null : (Double) value)
                .collect(ArrayList::new, List::add, List::addAll);
    }
}
