package org.bpfree.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.bpfree.binding.LoadedSettings;
import org.bpfree.binding.Problems;
import org.bpfree.binding.SettingsLoader;
import org.bpfree.experiment.ConfigText;
import org.bpfree.experiment.Experiment;
import org.bpfree.experiment.InstalledTypes;
import org.bpfree.sweep.Axis;
import org.bpfree.sweep.Base;

/** A study file that was read, with the experiment it rests on. */
public final class Study {
    private final LoadedSettings<StudySettings> loaded;
    private final Base base;

    private Study(LoadedSettings<StudySettings> loaded, Base base) {
        this.loaded = loaded;
        this.base = base;
    }

    /**
     * Reads a study file, or the shipped one of that name.
     *
     * @param note is told when the study or its base is a shipped one
     * @throws org.bpfree.failure.Failure with all problems of the file itself
     */
    public static Study read(Path file, Consumer<String> note) {
        ConfigText text = ConfigText.read(file, note);
        LoadedSettings<StudySettings> loaded = new SettingsLoader(InstalledTypes.find())
                .load(StudySettings.class, text.name(), text.text(), "a study");
        Problems problems = loaded.problems();
        Base base = Base.find(file, text.shipped(), loaded.settings().base(), note, problems);
        problems.throwIfAny();
        return new Study(loaded, base);
    }

    /** What the file says. */
    public StudySettings settings() {
        return loaded.settings();
    }

    /** Its name. */
    public String name() {
        return settings().name();
    }

    /** The experiment that arms change. */
    Base base() {
        return base;
    }

    /** A new, empty collection for problems of the file. */
    Problems problems() {
        return loaded.problems();
    }

    /** The rounds in which its cells run, the final one last. */
    public List<Stage> stages() {
        List<Stage> stages = new ArrayList<>();
        settings().tune().ifPresent(tune -> {
            int rungs = tune.search()
                    .halving()
                    .map(halving -> halving.rungs().size())
                    .orElse(1);
            IntStream.range(0, rungs)
                    .mapToObj(rung -> new Stage(rungs == 1 ? "tuning" : "tuning-" + (rung + 1), rung))
                    .forEach(stages::add);
        });
        stages.add(Stage.FINAL);
        return stages;
    }

    /**
     * Checks every cell of the first round and of the final one, with the settings that arms have themselves.
     *
     * @return their experiments
     * @throws org.bpfree.failure.Failure with the problems of all cells, each with its place in the study file
     */
    public List<Experiment> check() {
        StudyPlanner planner = new StudyPlanner(this);
        Path plan = Path.of("plan.jsonl");
        List<Experiment> experiments =
                new ArrayList<>(planner.beforeTuning(plan).experiments());
        if (stages().get(0).tunes()) {
            experiments.addAll(planner.firstTuning(stages().get(0), plan).experiments());
        }
        return experiments;
    }

    /** What an arm tries, by path: what all arms try, with its own values in the place of those of the same path. */
    Map<String, Axis> axes(String arm) {
        Map<String, Axis> axes = new LinkedHashMap<>();
        settings().tune().ifPresent(tune -> {
            axes.putAll(tune.settings());
            axes.putAll(tune.arms().getOrDefault(arm, Map.of()));
        });
        return axes;
    }
}
