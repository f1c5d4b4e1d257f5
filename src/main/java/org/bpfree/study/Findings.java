package org.bpfree.study;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.bpfree.measure.ShallowFloor;
import org.bpfree.run.RunRecord;
import org.bpfree.run.RunResult;
import org.bpfree.sweep.PlannedCell;

/**
 * All that is known of a study: what its final runs measured, how their settings were chosen, what that says of its claims.
 *
 * @param name of the study
 * @param reference the arm that differences are to
 * @param control the arm that gains are over
 * @param evidence of the final runs
 * @param selection of the last stage that tuned; nothing where nothing was tuned
 * @param verdicts in the order of the claims; none where the claims are not known
 */
public record Findings(
        String name,
        Optional<String> reference,
        Optional<String> control,
        Evidence evidence,
        Optional<Selection> selection,
        List<Verdict> verdicts) {

    /** What the runs of a study in a folder tell. */
    public static Findings of(Study study, StudyFolder folder) {
        Evidence evidence = Evidence.read(study, folder);
        return new Findings(
                study.name(),
                study.settings().reference(),
                study.settings().control(),
                evidence,
                new Progress(study, folder, List.of()).selection(),
                Verdicts.of(study.settings().claims(), evidence));
    }

    /**
     * What an archive tells by itself, a study each. Claims are not in it; the reference is the arm that trains backpropagation, the control
     * the one that trains the last layer only, where there is one such arm.
     */
    public static List<Findings> of(Archive archive) {
        Map<String, List<ArchivedCell>> byStudy = archive.cells().stream()
                .collect(Collectors.groupingBy(ArchivedCell::study, LinkedHashMap::new, Collectors.toList()));
        List<Findings> findings = new ArrayList<>();
        byStudy.forEach((study, cells) -> findings.add(of(study, cells)));
        return findings;
    }

    private static Findings of(String study, List<ArchivedCell> cells) {
        Map<String, Evidence.Arm> arms = new LinkedHashMap<>();
        TreeSet<Long> seeds = new TreeSet<>();
        for (ArchivedCell cell : cells) {
            if (cell.stage().equals(Stage.FINAL.name())) {
                Evidence.Arm arm = arms.computeIfAbsent(
                        cell.arm(),
                        name -> new Evidence.Arm(
                                name, PlannedCell.words(cell.settings()), new TreeMap<>(), new TreeMap<>()));
                RunRecord run = cell.run();
                (run.result().isPresent() ? arm.runs() : arm.diverged()).put(cell.seed(), run);
                seeds.add(cell.seed());
            }
        }
        return new Findings(
                study,
                only(arms.values(), settings -> "backprop".equals(settings.get("learner.type"))),
                only(arms.values(), ShallowFloor::isControl),
                new Evidence(List.copyOf(arms.values()), List.copyOf(seeds)),
                selection(cells),
                List.of());
    }

    private static Optional<String> only(Collection<Evidence.Arm> arms, Predicate<Map<String, String>> isOne) {
        List<String> found = arms.stream()
                .filter(arm -> arm.runs().values().stream()
                        .findFirst()
                        .filter(run -> isOne.test(run.settings()))
                        .isPresent())
                .map(Evidence.Arm::name)
                .toList();
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    private static Optional<Selection> selection(List<ArchivedCell> cells) {
        String last = cells.stream()
                .map(ArchivedCell::stage)
                .filter(stage -> !stage.equals(Stage.FINAL.name()))
                .max(String::compareTo)
                .orElse("");
        TuneSettings.Metric metric = TuneSettings.Metric.VALIDATION_ACCURACY;
        List<Selection.Tried> runs = cells.stream()
                .filter(cell -> cell.stage().equals(last))
                .map(cell -> {
                    Optional<RunResult> result = cell.run().result();
                    return new Selection.Tried(
                            cell.arm(),
                            cell.settings(),
                            result.isEmpty(),
                            result.map(reached -> Selection.score(reached, metric)));
                })
                .toList();
        return runs.isEmpty() ? Optional.empty() : Optional.of(Selection.of(metric, runs));
    }
}
