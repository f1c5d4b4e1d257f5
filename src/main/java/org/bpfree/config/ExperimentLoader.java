package org.bpfree.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** Reads experiment files: the way into this package. */
public final class ExperimentLoader {
    private final SettingsTypes types;
    private final Iterable<? extends ExperimentCheck> checks;

    /** A loader that knows the given types and runs the given checks. */
    public ExperimentLoader(SettingsTypes types, Iterable<? extends ExperimentCheck> checks) {
        this.types = types;
        this.checks = checks;
    }

    /** A loader that knows the learners and runs the checks on the class path. */
    public static ExperimentLoader installed() {
        return new ExperimentLoader(SettingsTypes.installed(), ServiceLoader.load(ExperimentCheck.class));
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

    /**
     * As {@link #load}, from text.
     *
     * @param fileName how messages call the text
     */
    public LoadedExperiment read(String fileName, String text, List<String> overrides) {
        Source source = new Source(fileName, text, overrides);
        Origins origins = new Origins();
        Problems problems = new Problems(source, origins);
        Optional<YamlNode> root = YamlReader.document(text, problems);
        if (root.isEmpty() && problems.isEmpty() || root.isPresent() && isNull(root.get())) {
            root = Optional.empty();
            problems.add(
                    new Origin.InFile(1, 1),
                    "",
                    "the file is empty, expected an experiment. 'bpfree config schema' lists its keys.");
        }
        YamlNode merged = new Overrides(problems)
                .merge(root.orElse(new YamlNode.Mapping(List.of(), new Origin.InFile(1, 1))), overrides);
        Optional<Experiment> experiment = root.isEmpty()
                ? Optional.empty()
                : new Binder(types, Experiment.class, problems, origins).bind(Experiment.class, merged);
        problems.throwIfAny();
        for (ExperimentCheck check : checks) {
            check.check(experiment.orElseThrow(), problems);
        }
        problems.throwIfAny();
        return new LoadedExperiment(experiment.orElseThrow(), source, origins);
    }

    private static boolean isNull(YamlNode node) {
        return node instanceof YamlNode.Scalar scalar && scalar.isNull();
    }
}
