package org.bpfree.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpfree.experiment.Experiment;
import org.bpfree.failure.Failure;
import org.bpfree.files.InputFile;
import org.bpfree.sweep.CellExpansion.Expanded;
import org.bpfree.sweep.CellReport;
import org.bpfree.sweep.Inspector;
import org.bpfree.sweep.Plan;

/** How far a study has come: which of its stages have plans, which of those are finished, and the plan of the next. */
public final class Progress {
    private final Study study;
    private final StudyFolder folder;
    private final List<Archive> archives;
    private final Inspector inspector;
    private final List<Planned> planned = new ArrayList<>();

    /**
     * The progress of a study whose runs lie in a folder.
     *
     * @param archives whose cells count as done
     */
    public Progress(Study study, StudyFolder folder, List<Archive> archives) {
        this.study = study;
        this.archives = archives;
        this.folder = folder;
        inspector = new Inspector(folder.runs());
    }

    /**
     * A plan and what it was made of.
     *
     * @param stage it is for
     * @param plan its cells
     * @param experiments of the cells, in the same order
     */
    public record Planned(Stage stage, Plan plan, List<Experiment> experiments) {}

    /**
     * The plans of all stages that can be planned: those before the first unfinished one, and that one. New ones are written, and cells
     * that archives have become run folders.
     *
     * @throws Failure with the problems of all cells; or if the study has changed since a plan was made
     */
    public List<Planned> plan() {
        if (planned.isEmpty() && study.settings().tune().isPresent()) {
            finalExperiments(); // what is wrong with the final runs shows before anything is tuned
        }
        // Plans do not change, so a stage is expanded once; how its cells stand is asked again.
        List<Stage> stages = study.stages();
        while (planned.size() < stages.size()) {
            Stage stage = stages.get(planned.size());
            Optional<Expanded> expanded = expand(stage, chosen());
            if (expanded.isEmpty()) {
                break;
            }
            Plan plan = folder.keep(stage, expanded.get().plan());
            archives.forEach(archive -> archive.restore(plan, folder));
            planned.add(new Planned(stage, plan, expanded.get().experiments()));
        }
        return List.copyOf(planned);
    }

    /** What the last stage that was planned has chosen; nothing before there is one. */
    private Optional<Selection> chosen() {
        return planned.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        Selection.of(study, planned.get(planned.size() - 1).plan(), inspector));
    }

    private Optional<Expanded> expand(Stage stage, Optional<Selection> before) {
        StudyPlanner planner = new StudyPlanner(study);
        if (stage.tunes() && stage.rung() == 0) {
            return Optional.of(planner.firstTuning(stage, folder.planFile(stage)));
        }
        if (study.settings().tune().isPresent()
                && !before.map(Selection::isDecided).orElse(false)) {
            return Optional.empty();
        }
        List<Selection.OfArm> chosen = before.map(Selection::arms).orElse(List.of());
        return Optional.of(
                stage.tunes()
                        ? planner.laterTuning(stage, chosen, folder.planFile(stage))
                        : planner.last(chosen, folder.planFile(stage)));
    }

    /** The experiments of the final runs with the settings that arms have themselves, for estimates before anything is chosen. */
    public List<Experiment> finalExperiments() {
        return new StudyPlanner(study)
                .beforeTuning(folder.planFile(Stage.FINAL))
                .experiments();
    }

    /**
     * Makes runs of what archives hold, where there are some; else requires that the study was planned.
     *
     * @param hint how to plan it
     * @throws Failure if nobody has
     */
    public void requirePlan(String hint) {
        if (!archives.isEmpty()) {
            plan();
        }
        Path first = folder.planFile(study.stages().get(0));
        if (!InputFile.isThere(first)) {
            throw Failure.usage("the study " + study.name() + " has no plan in " + first.getParent(), hint);
        }
    }

    /** How the cells of a stage stand; nothing before it is planned. */
    public Optional<List<CellReport>> reports(Stage stage) {
        return folder.plan(stage).map(inspector::inspect);
    }

    /** What the last stage that tunes and is planned has chosen so far; nothing where nothing is tuned, or nothing planned. */
    public Optional<Selection> selection() {
        Optional<Selection> last = Optional.empty();
        for (Stage stage : study.stages()) {
            Optional<Plan> plan = stage.tunes() ? folder.plan(stage) : Optional.empty();
            if (plan.isPresent()) {
                last = Optional.of(Selection.of(study, plan.get(), inspector));
            }
        }
        return last;
    }
}
