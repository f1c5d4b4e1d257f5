package org.bpfree.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.bpfree.measure.ShallowFloor;
import org.bpfree.run.RunRecord;

/** Makes arms of runs that nobody has put into an order: what differs tells the arms apart, and the tasks. */
final class RunGroups {
    private static final String DATASET = "data.dataset";
    private static final String REFERENCE = "backprop";
    private static final int MOST_NAMED = 5;

    private final List<RunRecord> runs;
    private final List<Arm> arms = new ArrayList<>();
    private final Map<String, Map<String, String>> settings = new LinkedHashMap<>(); // of an arm, by its label

    RunGroups(List<RunRecord> runs) {
        this.runs = runs;
        Map<Map<String, String>, List<RunRecord>> byArm = group(runs, RunGroups::tellsArms);
        Map<Map<String, String>, String> tasks = labels(group(runs, ShallowFloor::isShared), DATASET);
        labels(byArm, RunNames.LEARNER).forEach((arm, label) -> {
            Map<String, List<RunRecord>> atTasks = new LinkedHashMap<>();
            group(byArm.get(arm), ShallowFloor::isShared).forEach((task, here) -> atTasks.put(tasks.get(task), here));
            arms.add(new Arm(label, atTasks));
            settings.put(label, arm);
        });
        winnersFirst();
    }

    /** The labels of groups by their settings. */
    private static Map<Map<String, String>, String> labels(
            Map<Map<String, String>, List<RunRecord>> groups, String head) {
        List<Map<String, String>> keys = List.copyOf(groups.keySet());
        List<String> labels = Labels.of(keys, head);
        Map<Map<String, String>, String> byGroup = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            byGroup.put(keys.get(i), labels.get(i));
        }
        return byGroup;
    }

    private static Map<Map<String, String>, List<RunRecord>> group(List<RunRecord> runs, Predicate<String> by) {
        Map<Map<String, String>, List<RunRecord>> groups = new LinkedHashMap<>();
        for (RunRecord run : runs) {
            Map<String, String> key = new LinkedHashMap<>();
            run.settings().forEach((path, value) -> {
                if (by.test(path)) {
                    key.put(path, value);
                }
            });
            groups.computeIfAbsent(key, settings -> new ArrayList<>()).add(run);
        }
        return groups;
    }

    /** Settings that may differ within an arm are left out: they do not change what is learned, or tell tasks apart. */
    private static boolean tellsArms(String path) {
        return RunNames.tells(path) && !ShallowFloor.isShared(path);
    }

    Comparison comparison(String title) {
        List<String> notes = new ArrayList<>();
        different("data.dataset", "datasets", notes);
        if (notes.isEmpty()) {
            different("data.trainLimit", "numbers of training images (data.trainLimit)", notes);
            different("data.testLimit", "numbers of test images (data.testLimit)", notes);
        }
        unfinished().ifPresent(notes::add);
        Optional<String> reference = best(REFERENCE, notes, arm -> settings.get(arm)
                .getOrDefault(RunNames.LEARNER, "")
                .equals(REFERENCE));
        Optional<String> control = best(ShallowFloor.CONTROL, notes, arm -> ShallowFloor.isControl(settings.get(arm)));
        if (runs.stream().anyMatch(run -> run.folder().endsWith("twin"))) {
            notes.add("A backpropagation twin runs at the settings of its learner and is no tuned baseline.");
        }
        repeats().ifPresent(notes::add);
        return new Comparison(title, arms, reference, control, List.of(), List.of(), notes);
    }

    /** Of several arms that could be the one, the best: a weak one would flatter the others. */
    private Optional<String> best(String learner, List<String> notes, Predicate<String> isOne) {
        List<Arm> candidates =
                arms.stream().filter(arm -> isOne.test(arm.label())).toList();
        Optional<String> best = candidates.stream()
                .max(Comparator.<Arm>comparingInt(arm -> arm.runs().size()).thenComparingDouble(RunGroups::accuracy))
                .map(Arm::label);
        if (candidates.size() > 1) {
            notes.add(candidates.size() + " arms train " + learner
                    + ": the others are compared with the one of the highest mean accuracy, " + best.get() + ".");
        }
        return best;
    }

    /** On validation images where all runs of the arm have some, so that test images choose nothing. */
    private static double accuracy(Arm arm) {
        List<RunRecord> finished = arm.runs().values().stream()
                .flatMap(List::stream)
                .filter(run -> run.result().isPresent())
                .toList();
        List<Double> validation = finished.stream()
                .map(run -> run.result().get().validation().accuracy())
                .filter(Objects::nonNull)
                .toList();
        return validation.isEmpty() || validation.size() < finished.size()
                ? testAccuracy(arm)
                : validation.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    private static double testAccuracy(Arm arm) {
        return arm.runs().keySet().stream()
                .mapToDouble(task -> testAccuracy(arm, task))
                .average()
                .orElse(-1);
    }

    private static double testAccuracy(Arm arm, String task) {
        return arm.at(task).stream()
                .flatMapToDouble(run -> run.testAccuracy().stream())
                .average()
                .orElse(-1);
    }

    /** Sorts by how much arms are behind the best, mean over their tasks: some have easier tasks than others. */
    private void winnersFirst() {
        Map<String, Double> best = new HashMap<>();
        arms.forEach(arm -> arm.runs().keySet().forEach(task -> best.merge(task, testAccuracy(arm, task), Math::max)));
        Map<String, Double> behind = new HashMap<>();
        arms.forEach(arm -> behind.put(
                arm.label(),
                arm.runs().keySet().stream()
                        .mapToDouble(task -> best.get(task) - testAccuracy(arm, task))
                        .average()
                        .orElse(1)));
        arms.sort(Comparator.comparing(arm -> behind.get(arm.label())));
    }

    private void different(String path, String what, List<String> notes) {
        List<String> values =
                runs.stream().map(run -> run.setting(path)).distinct().toList();
        if (values.size() > 1) {
            notes.add("The runs use different " + what + " (" + String.join(", ", values)
                    + "): accuracies cannot be compared across these.");
        }
    }

    private Optional<String> unfinished() {
        List<RunRecord> unfinished =
                runs.stream().filter(run -> run.result().isEmpty()).toList();
        if (unfinished.isEmpty()) {
            return Optional.empty();
        }
        String some = unfinished.stream()
                .limit(MOST_NAMED)
                .map(run -> run.folder() + " (" + run.status() + ")")
                .collect(Collectors.joining(", "));
        int others = unfinished.size() - MOST_NAMED;
        return Optional.of((unfinished.size() == 1 ? "A run is" : unfinished.size() + " runs are")
                + " not finished and without test accuracy: " + some + (others > 0 ? " and " + others + " more" : "")
                + ".");
    }

    private Optional<String> repeats() {
        long repeats = arms.stream()
                .mapToLong(arm -> arm.runs().entrySet().stream()
                        .mapToLong(task -> task.getValue().size()
                                - arm.seeds(task.getKey()).size())
                        .sum())
                .sum();
        return repeats == 0
                ? Optional.empty()
                : Optional.of(repeats + (repeats == 1 ? " run repeats" : " runs repeat")
                        + " another of the same settings and seed: means count each seed once.");
    }
}
