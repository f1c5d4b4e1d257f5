package org.bpfree.experiment;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import org.bpfree.binding.FolderName;
import org.bpfree.binding.Origins;
import org.bpfree.binding.Problem;
import org.bpfree.binding.Problems;
import org.bpfree.binding.SettingsLoader;
import org.bpfree.binding.SettingsTypes;
import org.bpfree.binding.Source;

/** Reads experiment files: the way into this package. */
public final class ExperimentLoader {
    /** The places where the name of a member of an open family stands. */
    private static final Map<String, String> OPEN = Map.of(
            "data.dataset", "A dataset",
            "learner", "A learner",
            "loss", "A loss",
            "model.layers.N", "A layer",
            "optimizer", "An optimizer");

    private final SettingsLoader settings;
    private final Iterable<? extends ExperimentCheck> checks;
    private OwnLearner last; // of a file that many overrides are tried on

    /** The learner of a file without overrides; empty where the file is no experiment by itself. */
    private record OwnLearner(String text, String type) {}

    /** A loader that knows the given types and runs the given checks. */
    public ExperimentLoader(SettingsTypes types, Iterable<? extends ExperimentCheck> checks) {
        this.settings = new SettingsLoader(types);
        this.checks = checks;
    }

    /** A loader that knows the learners and runs the checks on the class path. */
    public static ExperimentLoader installed() {
        return new ExperimentLoader(InstalledTypes.find(), ServiceLoader.load(ExperimentCheck.class));
    }

    /**
     * Reads an experiment file.
     *
     * @param overrides values of {@code --set}, such as {@code learner.beta=0.9}
     * @throws org.bpfree.failure.Failure with all problems
     */
    public LoadedExperiment load(Path file, List<String> overrides) {
        return read(file.toString(), ExperimentFile.read(file), overrides);
    }

    /** As {@link #load}, with what was read already. */
    public LoadedExperiment load(ConfigText text, List<String> overrides) {
        return read(text.name(), text.text(), overrides);
    }

    /**
     * As {@link #load}, from text.
     *
     * @param fileName how messages call the text
     */
    public LoadedExperiment read(String fileName, String text, List<String> overrides) {
        Source source = new Source(fileName, text, overrides);
        Origins origins = new Origins();
        Problems problems = new Problems(source, origins);
        Optional<Experiment> experiment = read(source, origins, problems);
        problems.throwIfAny(hints(problems));
        return new LoadedExperiment(experiment.orElseThrow(), source, origins);
    }

    /** A name that is not even like one of those there are may be one of a plug-in that was left out. */
    private static String[] hints(Problems problems) {
        return problems.sorted().stream()
                .filter(problem -> !problem.message().contains("Did you mean"))
                .flatMap(problem -> pluggable(problem).stream())
                .limit(1)
                .map(kind -> kind + " of a plug-in needs its JAR: BPFREE_PLUGINS=FILE.jar scripts/bpfree …,"
                        + " or java -cp bpfree.jar:FILE.jar org.bpfree.cli.Main …")
                .toArray(String[]::new);
    }

    /** What a plug-in could bring under the name that a problem is about; nothing where it is about something else. */
    private static Optional<String> pluggable(Problem problem) {
        boolean ofName = problem.message().contains("is unknown")
                || problem.message().contains("is not allowed, expected one of");
        String place = problem.path().replaceAll("\\.[0-9]+\\.", ".N.").replaceFirst("\\.type$", "");
        return ofName ? Optional.ofNullable(OPEN.get(place)) : Optional.empty();
    }

    /**
     * As {@link #read(String, String, List)}, but hands the problems over instead of failing.
     *
     * @param problems gets each problem, in the order of the file
     * @return the experiment, or nothing when there was a problem
     */
    public Optional<Experiment> read(String fileName, String text, List<String> overrides, Consumer<Problem> problems) {
        Source source = new Source(fileName, text, overrides);
        Origins origins = new Origins();
        Problems found = new Problems(source, origins);
        Optional<Experiment> experiment = read(source, origins, found);
        found.sorted().forEach(problems);
        return found.isEmpty() ? experiment : Optional.empty();
    }

    private Optional<Experiment> read(Source source, Origins origins, Problems problems) {
        String expected = "an experiment. 'bpfree config schema' lists its keys.";
        Optional<Experiment> experiment = settings.bind(Experiment.class, source, origins, problems, expected);
        if (experiment.isPresent() && problems.isEmpty()) {
            checks.forEach(check -> check.check(experiment.get(), problems));
        }
        return experiment.map(each -> named(each, source));
    }

    /** Results of another learner than the file's say so in their name, unless the user has given them one. */
    private Experiment named(Experiment experiment, Source source) {
        if (source.overridden().noneMatch(path -> path.equals("learner") || path.equals("learner.type"))
                || source.overridden().anyMatch("name"::equals)) {
            return experiment;
        }
        String own = ownLearner(source);
        String type = experiment.learnerType();
        return own.isEmpty() || own.equals(type)
                ? experiment
                : experiment.named(FolderName.with(experiment.name(), "+" + type));
    }

    private String ownLearner(Source source) {
        if (last == null || !last.text().equals(source.text())) {
            Source own = new Source(source.file(), source.text(), List.of());
            Origins origins = new Origins();
            Optional<Experiment> ofFile =
                    settings.bind(Experiment.class, own, origins, new Problems(own, origins), "an experiment.");
            last = new OwnLearner(
                    source.text(), ofFile.map(Experiment::learnerType).orElse(""));
        }
        return last.type();
    }
}
