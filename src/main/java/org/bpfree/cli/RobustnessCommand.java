package org.bpfree.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.bpfree.cli.console.DataFolderOption;
import org.bpfree.cli.console.Notes;
import org.bpfree.cli.console.StrictOption;
import org.bpfree.cli.console.ThreadsOption;
import org.bpfree.data.ImageSet;
import org.bpfree.data.ImageShape;
import org.bpfree.data.Splits;
import org.bpfree.data.catalogue.DatasetLoader;
import org.bpfree.experiment.Experiment;
import org.bpfree.failure.Failure;
import org.bpfree.files.Json;
import org.bpfree.measure.robustness.Attack;
import org.bpfree.measure.robustness.Corruption;
import org.bpfree.measure.robustness.ImageGradient;
import org.bpfree.measure.robustness.PixelScale;
import org.bpfree.measure.robustness.Robustness;
import org.bpfree.run.RunFolder;
import org.bpfree.run.TrainedModel;
import org.bpfree.run.Workbench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bpfree robustness}: accuracy on disturbed images. */
@Command(
        name = "robustness",
        description =
                "Measures a trained network on attacked (FGSM, PGD) and corrupted test images; writes a table and plots.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  bpfree robustness latest",
            "  bpfree robustness runs/study/a --surrogate runs/study/b --images 2000 --epsilon 0.01,0.03,0.1",
            "",
            "Attacks on the network itself use the exact gradient of its loss, whatever learner trained it. Attacks as a",
            "black box use the gradient of a surrogate: --surrogate, else the run's backpropagation twin where it has one."
        })
final class RobustnessCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private TrainedModelOptions trained;

    @Option(
            names = "--surrogate",
            paramLabel = "RUN",
            description = "A run on the same dataset whose network makes the black-box attacks.")
    private String surrogate;

    @Option(
            names = "--epsilon",
            paramLabel = "E",
            split = ",",
            description = "Largest change of a pixel, black 0 to white 1; several. Default: 1, 2, 4, 8 and 16 of 255.")
    private List<Double> epsilons = List.of(1 / 255.0, 2 / 255.0, 4 / 255.0, 8 / 255.0, 16 / 255.0);

    @Option(
            names = "--images",
            paramLabel = "N",
            description = "The first N test images; 0 for all. Default: ${DEFAULT-VALUE}.")
    private int limit = 1000;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "DIR",
            description = "Where robustness.csv, .json and plots go. Default: the folder 'robustness' of the run.")
    private Path out;

    @Option(names = "--json", description = "Prints the table as JSON.")
    private boolean json;

    @Mixin
    private ThreadsOption threads;

    @Mixin
    private DataFolderOption dataFolder;

    @Mixin
    private StrictOption strict;

    @Override
    public Integer call() {
        check();
        threads.startBackend();
        RunFolder folder = trained.folder();
        TrainedModel model = trained.load();
        Experiment experiment = model.bench().experiment();
        Splits splits = DatasetLoader.open(experiment.data(), dataFolder.resolve(), experiment.seed());
        ImageSet images = splits.readTest().first(limit);
        strict.check(folder, splits);
        Optional<Robustness.Victim> maker = surrogate(folder, experiment);
        Robustness robustness = new Robustness(victim(model), images, experiment.seed());
        List<String> notes = new ArrayList<>();
        List<Robustness.Line> lines = measure(robustness, maker, notes);
        notes.forEach(note -> Notes.of(spec).note(note));
        Path target = out == null ? folder.file("robustness") : out;
        RobustnessFiles.write(target, lines, facts(model, images, notes));
        print(model, lines, images.size(), target);
        return 0;
    }

    private void check() {
        for (double epsilon : epsilons) {
            if (!(epsilon > 0 && epsilon <= 1)) {
                throw Failure.usage(
                        "--epsilon " + epsilon + " is impossible: pixels go from 0 (black) to 1 (white)",
                        "Give numbers above 0 and at most 1, such as --epsilon 0.01,0.03");
            }
        }
        if (limit < 0) {
            throw Failure.usage("--images " + limit + " is impossible", "Give a number of images, or 0 for all.");
        }
    }

    private Optional<Robustness.Victim> surrogate(RunFolder folder, Experiment experiment) {
        Path twin = folder.file("twin");
        if (surrogate == null && !Files.isDirectory(twin.resolve("checkpoints"))) {
            return Optional.empty();
        }
        RunFolder from = surrogate == null ? new RunFolder(twin) : RunFolder.find(surrogate, RunFolder.ROOT);
        TrainedModel model = TrainedModel.load(from, null);
        Experiment other = model.bench().experiment();
        if (!other.data()
                        .description()
                        .shape()
                        .equals(experiment.data().description().shape())
                || !other.data().dataset().equals(experiment.data().dataset())) {
            throw Failure.usage(
                    "the surrogate " + from.path() + " was trained on other images than " + folder.path() + ": "
                            + imagesOf(other) + ", not " + imagesOf(experiment),
                    "Name a run on the same dataset as " + folder.path() + ".");
        }
        return Optional.of(victim(model));
    }

    private static String imagesOf(Experiment experiment) {
        ImageShape shape = experiment.data().description().shape();
        return experiment.data().dataset().name() + " (" + shape.height() + "x" + shape.width() + "x" + shape.channels()
                + ")";
    }

    private static Robustness.Victim victim(TrainedModel model) {
        Workbench bench = model.bench();
        return new Robustness.Victim(
                bench.learner(),
                new ImageGradient(bench.context()),
                bench.slot(),
                bench.context().loss(),
                new PixelScale(model.normalizer()));
    }

    private List<Robustness.Line> measure(
            Robustness robustness, Optional<Robustness.Victim> maker, List<String> notes) {
        boolean differentiable = robustness.predictsByItsGraph();
        if (!differentiable) {
            notes.add("this learner does not predict by the forward pass of its layers, so there is no exact gradient"
                    + " of its predictions: attacks with its own gradient are left out");
        }
        if (maker.isEmpty()) {
            notes.add("there is no surrogate, so no black-box attacks: name a run with --surrogate, such as the same"
                    + " experiment trained with --set 'learner={type: backprop}'");
        }
        List<Robustness.Line> lines = new ArrayList<>();
        lines.add(robustness.clean());
        for (Attack attack : Attack.values()) {
            for (double epsilon : epsilons) {
                if (differentiable) {
                    lines.add(robustness.attack(attack, epsilon, Optional.empty()));
                }
                if (maker.isPresent()) {
                    lines.add(robustness.attack(attack, epsilon, maker));
                }
            }
        }
        for (Corruption corruption : Corruption.values()) {
            for (int severity = 1; severity <= Corruption.SEVERITIES; severity++) {
                lines.add(robustness.corrupted(corruption, severity));
            }
        }
        return lines;
    }

    private static Map<String, Object> facts(TrainedModel model, ImageSet images, List<String> notes) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("checkpoint", model.checkpoint().toString());
        facts.put("images", images.size());
        facts.put("notes", notes);
        return facts;
    }

    private void print(TrainedModel model, List<Robustness.Line> lines, int images, Path target) {
        PrintWriter console = spec.commandLine().getOut();
        if (json) {
            console.println(Json.line(lines));
            return;
        }
        console.printf(Locale.ROOT, "%s: the first %d test images%n%n", model.checkpoint(), images);
        console.printf(Locale.ROOT, "%-16s %-10s %-14s %s%n", "images", "gradient", "strength", "accuracy");
        for (Robustness.Line line : lines) {
            boolean attack = !line.gradient().equals("none");
            String strength = line.strength() == 0
                    ? ""
                    : String.format(Locale.ROOT, attack ? "epsilon %.4f" : "severity %.0f", line.strength());
            console.printf(
                    Locale.ROOT,
                    "%-16s %-10s %-14s %6.2f %%%n",
                    line.disturbance(),
                    line.gradient(),
                    strength,
                    100 * line.accuracy());
        }
        console.println("written to " + target);
    }
}
