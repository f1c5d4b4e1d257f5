package org.bpfree.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bpfree.cli.console.Notes;
import org.bpfree.experiment.ConfigText;
import org.bpfree.experiment.ExperimentLoader;
import org.bpfree.experiment.LoadedExperiment;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What changes an experiment on its way from the file: {@code --set} and {@code --learner}, the same for every command. */
final class ConfigOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description =
                    "Overrides a setting; repeatable. VALUE is YAML: a single value, a [list] or a {block: of settings}.")
    private List<String> set = List.of();

    @Option(
            names = "--learner",
            paramLabel = "NAME",
            completionCandidates = LearnerNames.class,
            description =
                    "Another learner with its defaults, as --set 'learner={type: NAME}'; --set learner.X=... changes"
                            + " it. 'bpfree list learners' shows them.")
    private String learner;

    /** All overrides: the learner, then the settings in their order. */
    List<String> overrides() {
        List<String> all = new ArrayList<>();
        if (learner != null) {
            all.add("learner={type: " + learner + "}");
        }
        all.addAll(set);
        return all;
    }

    /**
     * Reads and checks an experiment; fails with all problems at once.
     *
     * @param config a file or the name of a shipped one, which is told on standard error
     * @param more overrides after those of the command line
     */
    LoadedExperiment load(Path config, List<String> more) {
        return load(read(config), more);
    }

    /** As {@link #load(Path, List)}, with what was read already. */
    LoadedExperiment load(ConfigText text, List<String> more) {
        List<String> all = new ArrayList<>(overrides());
        all.addAll(more);
        return ExperimentLoader.installed().load(text, all);
    }

    /** The text of a file or a shipped one, which is told on standard error. */
    ConfigText read(Path config) {
        Notes notes = Notes.of(spec);
        ConfigText text = ConfigText.read(config, notes::note);
        notes.detail("reading " + text.name());
        return text;
    }
}
