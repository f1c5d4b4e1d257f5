package org.bpfree.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.bpfree.binding.AnyValue;
import org.bpfree.binding.Problems;
import org.bpfree.sweep.Axis;
import org.bpfree.sweep.CellExpansion;
import org.bpfree.sweep.CellExpansion.Expanded;
import org.bpfree.sweep.CellExpansion.Request;
import org.bpfree.sweep.Choice;

/** Makes the plans of a study, stage by stage: every arm gets the same seeds. */
final class StudyPlanner {
    private final Study study;

    StudyPlanner(Study study) {
        this.study = study;
    }

    /**
     * The plan of the first stage that tunes.
     *
     * @throws org.bpfree.failure.Failure with the problems of all cells, each with its place in the study file
     */
    Expanded firstTuning(Stage stage, Path planFile) {
        TuneSettings tune = study.settings().tune().orElseThrow();
        List<Request> requests = new ArrayList<>();
        for (String arm : study.settings().arms().keySet()) {
            candidates(arm, tune).forEach(candidate -> tuning(arm, stage, tune, candidate, requests));
        }
        Expanded expanded = distinct(expand(requests, planFile));
        if (expanded.experiments().stream().anyMatch(each -> each.data().validation() == 0)) {
            Problems problems = study.problems();
            problems.add(
                    "tune",
                    "needs images to choose by, and data.validation is 0. Hold some out, such as 'set: {data.validation: 5000}'.");
            problems.throwIfAny();
        }
        return expanded;
    }

    /** The plan of a later rung of halving: the candidates that are left. */
    Expanded laterTuning(Stage stage, List<Selection.OfArm> survivors, Path planFile) {
        TuneSettings tune = study.settings().tune().orElseThrow();
        List<Request> requests = new ArrayList<>();
        for (Selection.OfArm arm : survivors) {
            arm.survivors(tune.search().halving().orElseThrow())
                    .forEach(candidate -> tuning(arm.arm(), stage, tune, choices(candidate.settings()), requests));
        }
        return distinct(expand(requests, planFile));
    }

    /** The plan of the final runs: each arm with the settings that won, or as it is where nothing was tuned. */
    Expanded last(List<Selection.OfArm> winners, Path planFile) {
        return distinct(expand(finalRequests(winners), planFile));
    }

    /** The final runs as they would be without tuning; refuses what will be wrong with them whatever wins. */
    Expanded beforeTuning(Path planFile) {
        return expand(finalRequests(List.of()), planFile);
    }

    /** Seed by seed, so that a study that ends early compares all arms with fewer seeds. */
    private List<Request> finalRequests(List<Selection.OfArm> winners) {
        List<Request> requests = new ArrayList<>();
        List<Long> seeds = study.settings().last().seeds();
        for (int i = 0; i < seeds.size(); i++) {
            for (String arm : study.settings().arms().keySet()) {
                List<Choice> won = winners.stream()
                        .filter(each -> each.arm().equals(arm))
                        .flatMap(each -> choices(each.winner().orElseThrow().settings()).stream())
                        .toList();
                List<Choice> shared = new ArrayList<>(shared(arm));
                shared.addAll(all(study.settings().last().set(), "final.set."));
                requests.add(request(arm, shared, won, seeds.get(i), "final.seeds." + i));
            }
        }
        return requests;
    }

    private void tuning(String arm, Stage stage, TuneSettings tune, List<Choice> candidate, List<Request> requests) {
        List<Choice> shared = new ArrayList<>(shared(arm));
        shared.addAll(all(tune.set(), "tune.set."));
        tune.search()
                .halving()
                .ifPresent(halving -> shared.add(new Choice(
                        "training.epochs",
                        String.valueOf(halving.rungs().get(stage.rung())),
                        "tune.search.halving.rungs." + stage.rung())));
        shared.add(new Choice("training.test", "false", "tune"));
        for (int i = 0; i < tune.seeds().size(); i++) {
            requests.add(request(arm, shared, candidate, tune.seeds().get(i), "tune.seeds." + i));
        }
    }

    private List<Choice> shared(String arm) {
        return Stream.of(
                        all(study.settings().set(), "set."),
                        all(study.settings().arms().get(arm), "arms." + arm + "."))
                .flatMap(List::stream)
                .toList();
    }

    private static List<Choice> all(Map<String, AnyValue> values, String place) {
        return values.entrySet().stream()
                .map(each -> new Choice(each.getKey(), each.getValue().text(), place + each.getKey()))
                .toList();
    }

    /** Settings that were chosen before; what was wrong with them would have shown then. */
    private static List<Choice> choices(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(each -> new Choice(each.getKey(), each.getValue(), "tune." + each.getKey()))
                .toList();
    }

    private static Request request(String arm, List<Choice> shared, List<Choice> own, long seed, String place) {
        List<Choice> choices = new ArrayList<>(own);
        choices.add(new Choice("seed", String.valueOf(seed), place));
        return new Request(arm, shared, choices);
    }

    /** The combinations that an arm tries, in the order of the file; one without choices where it tries nothing. */
    private List<List<Choice>> candidates(String arm, TuneSettings tune) {
        if (tune.search().random().isEmpty()) {
            return Choice.product(List.of(List.of()), axes(arm, tune, true), "tune.settings").stream()
                    .flatMap(shared ->
                            Choice.product(List.of(shared), axes(arm, tune, false), "tune.arms." + arm).stream())
                    .toList();
        }
        SplittableRandom source = new SplittableRandom((study.name() + "/" + arm).hashCode());
        List<List<Choice>> drawn = new ArrayList<>();
        for (int i = 0; i < tune.search().random().get(); i++) {
            List<Choice> candidate = new ArrayList<>();
            study.axes(arm).forEach((path, axis) -> candidate.add(new Choice(path, axis.draw(source), "tune." + path)));
            drawn.add(candidate);
        }
        return drawn;
    }

    /** The axes that an arm shares with all, or those of its own. */
    private Map<String, Axis> axes(String arm, TuneSettings tune, boolean common) {
        Map<String, Axis> own = tune.arms().getOrDefault(arm, Map.of());
        Map<String, Axis> axes = study.axes(arm);
        axes.keySet().removeIf(path -> own.containsKey(path) == common);
        return axes;
    }

    private Expanded expand(List<Request> requests, Path planFile) {
        Problems problems = study.problems();
        refuseReplaced(requests, problems);
        return new CellExpansion(study.name(), study.base()).expand(requests, planFile, problems);
    }

    /** Refuses arms that are the same experiment. */
    private Expanded distinct(Expanded expanded) {
        Problems problems = study.problems();
        Set<String> equal = new LinkedHashSet<>();
        for (CellExpansion.Repeated repeated : expanded.repeated()) {
            String arm = repeated.again().arm();
            String first = repeated.first().arm();
            if (!arm.equals(first) && equal.add(arm)) {
                problems.add(
                        "arms." + arm,
                        "is the same experiment as arm '" + first
                                + "', at least for some settings; what differs in name"
                                + " only cannot be compared. Leave one of the arms out.");
            }
        }
        problems.throwIfAny();
        return expanded;
    }

    /** A block that replaces what was set inside it before would run under a label that does not tell what ran. */
    private static void refuseReplaced(List<Request> requests, Problems problems) {
        Set<String> told = new LinkedHashSet<>();
        for (Request request : requests) {
            List<Choice> all = Stream.concat(request.shared().stream(), request.choices().stream())
                    .toList();
            for (int later = 0; later < all.size(); later++) {
                for (Choice earlier : all.subList(0, later)) {
                    Choice outer = all.get(later);
                    if (outer.encloses(earlier) && told.add(outer.place() + " " + earlier.place())) {
                        problems.add(
                                outer.place(),
                                "replaces '" + earlier.place()
                                        + "', which is set inside the same block before it. Write"
                                        + " the settings one by one.");
                    }
                }
            }
        }
        problems.throwIfAny();
    }
}
