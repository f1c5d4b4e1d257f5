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
import org.bpfree.data.Splits;
import org.bpfree.experiment.Experiment;
import org.bpfree.failure.Failure;
import org.bpfree.files.Json;
import org.bpfree.measure.robustness.Disturbances;
import org.bpfree.measure.robustness.ImageGradient;
import org.bpfree.measure.robustness.PixelScale;
import org.bpfree.measure.robustness.Robustness;
import org.bpfree.measure.robustness.RobustnessArm;
import org.bpfree.report.RobustnessFigures;
import org.bpfree.report.RunNames;
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
                "Measures trained networks on attacked (FGSM, PGD) and corrupted test images; writes a table and figures"
                        + " with error bars: the standard deviation over runs that differ in their seed only, or of one run"
                        + " the binomial standard error over the images.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  bpfree robustness latest",
            "  bpfree robustness runs/study/a --surrogate runs/study/b --images 2000 --epsilon 0.01,0.03,0.1",
            "  bpfree robustness runs/a --compare runs/b runs/c --surrogate runs/a --format pdf -o figures",
            "",
            "Attacks on the network itself use the exact gradient of its loss, whatever learner trained it. Attacks as a",
            "black box use the gradient of a surrogate: --surrogate, else the run's backpropagation twin where it has one",
            "(not with --compare, where all networks should meet the same attacks)."
        })
final class RobustnessCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private TrainedModelOptions trained;

    @Mixin
    private CompareOption compare;

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
            description =
                    "Where robustness.csv, .json and figures go. Default: the folder 'robustness' of the run; with"
                            + " --compare the folder 'robustness-compare' of the first.")
    private Path out;

    @Mixin
    private FigureFormatOption format;

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
        List<RunFolder> folders = compare.withOthers(trained.folder());
        RunFolder first = folders.get(0);
        List<Map<String, String>> settings = CompareOption.settings(folders);
        List<String> names = RunNames.each(settings);
        TrainedModel model = trained.load(first);
        Experiment experiment = model.bench().experiment();
        Splits splits = dataFolder.open(experiment);
        ImageSet images = splits.readTest().first(limit);
        Optional<Robustness.Victim> maker = surrogate(first, experiment);
        Disturbances disturbances = new Disturbances(images, epsilons, experiment.seed());
        List<String> notes = new ArrayList<>();
        if (maker.isEmpty()) {
            notes.add("there is no surrogate, so no black-box attacks: name a run with --surrogate, such as the same"
                    + " experiment trained with --set 'learner={type: backprop}'");
        }
        if (surrogate != null && folders.contains(RunFolder.find(surrogate, RunFolder.ROOT))) {
            notes.add(
                    "the surrogate " + surrogate + " is one of the networks under test: its black-box attacks on itself"
                            + " are no others than those with its own gradient");
        }
        List<List<Robustness.Line>> lines = new ArrayList<>();
        List<String> checkpoints = new ArrayList<>();
        for (int i = 0; i < folders.size(); i++) {
            RunFolder folder = folders.get(i);
            TrainedModel each = i == 0 ? model : trained.load(folder);
            CompareOption.requireSameImages(
                    first, experiment, "the run", folder, each.bench().experiment());
            strict.check(folder, splits);
            lines.add(disturbances.meet(names.get(i), victim(each), maker, notes));
            checkpoints.add(each.checkpoint().toString());
        }
        notes.forEach(note -> Notes.of(spec).note(note));
        report(first, experiment, images.size(), arms(settings, lines, images.size()), lines, checkpoints, notes);
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

    /** Of several networks, only one that is named makes black-box attacks: those of twins would differ from network to network. */
    private Optional<Robustness.Victim> surrogate(RunFolder folder, Experiment experiment) {
        Path twin = folder.file("twin");
        if (surrogate == null && (compare.isGiven() || !Files.isDirectory(twin.resolve("checkpoints")))) {
            return Optional.empty();
        }
        RunFolder from = surrogate == null ? new RunFolder(twin) : RunFolder.find(surrogate, RunFolder.ROOT);
        TrainedModel model = TrainedModel.load(from, null);
        CompareOption.requireSameImages(
                folder, experiment, "the surrogate", from, model.bench().experiment());
        return Optional.of(victim(model));
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

    private static List<RobustnessArm> arms(
            List<Map<String, String>> settings, List<List<Robustness.Line>> lines, int images) {
        return RunNames.groups(settings).stream()
                .map(group -> RobustnessArm.of(
                        group.label(),
                        group.learner(),
                        group.runs().stream().map(lines::get).toList(),
                        images))
                .toList();
    }

    private void report(
            RunFolder first,
            Experiment experiment,
            int images,
            List<RobustnessArm> arms,
            List<List<Robustness.Line>> lines,
            List<String> checkpoints,
            List<String> notes) {
        Path target = out == null ? first.file(compare.isGiven() ? "robustness-compare" : "robustness") : out;
        String subject = compare.isGiven()
                ? experiment.data().dataset().name()
                : experiment.name() + ", " + arms.get(0).name();
        Map<String, Object> facts = new LinkedHashMap<>();
        if (compare.isGiven()) {
            facts.put("checkpoints", checkpoints);
        } else {
            facts.put("checkpoint", checkpoints.get(0));
        }
        facts.put("images", images);
        facts.put("notes", notes);
        facts.put(compare.isGiven() ? "arms" : "lines", compare.isGiven() ? arms : lines.get(0));
        RobustnessFiles.write(
                target,
                new RobustnessFigures(
                        subject, arms, images, experiment.data().description().classes()),
                facts,
                format);
        PrintWriter console = spec.commandLine().getOut();
        if (json) {
            console.println(Json.line(compare.isGiven() ? arms : lines.get(0)));
            return;
        }
        console.printf(Locale.ROOT, "%s: the first %d test images%n%n", String.join(", ", checkpoints), images);
        RobustnessTable.print(arms, console);
        console.println("written to " + target);
    }
}
