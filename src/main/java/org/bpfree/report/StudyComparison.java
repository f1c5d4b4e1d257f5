package org.bpfree.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bpfree.run.RunRecord;
import org.bpfree.statistics.Interval;
import org.bpfree.statistics.Summary;
import org.bpfree.study.Evidence;
import org.bpfree.study.Findings;
import org.bpfree.study.Selection;

/** Studies as a report compares them: each is a task, and arms of one name are one arm. */
public final class StudyComparison {
    private static final String DATASET = "data.dataset";

    private StudyComparison() {}

    /**
     * The comparison.
     *
     * @param title of the page
     * @param studies at least one
     */
    public static Comparison of(String title, List<Findings> studies) {
        Map<String, Map<String, List<RunRecord>>> arms = new LinkedHashMap<>();
        List<Tuning> tuning = new ArrayList<>();
        List<Claim> claims = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        List<String> tasks = tasks(studies);
        for (int i = 0; i < studies.size(); i++) {
            Findings study = studies.get(i);
            String of = studies.size() == 1 ? "" : study.name() + ": ";
            for (Evidence.Arm arm : study.evidence().arms()) {
                List<RunRecord> runs = Stream.concat(arm.runs().values().stream(), arm.diverged().values().stream())
                        .toList();
                if (!runs.isEmpty()) {
                    arms.computeIfAbsent(arm.name(), name -> new LinkedHashMap<>())
                            .put(tasks.get(i), runs);
                }
            }
            study.selection().ifPresent(selection -> {
                selection.arms().stream()
                        .filter(arm -> arms.containsKey(arm.arm()))
                        .forEach(arm -> tuning.addAll(tuning(arm)));
                // The page tells edges itself.
                selection.cautions().forEach(caution -> notes.add(sentence(of + caution)));
            });
            ClaimTable.rows(study.verdicts()).stream()
                    .map(StudyComparison::claim)
                    .forEach(claims::add);
            study.evidence().warnings().forEach(warning -> notes.add(sentence(of + warning)));
        }
        return new Comparison(
                title,
                arms.entrySet().stream()
                        .map(each -> new Arm(each.getKey(), each.getValue()))
                        .toList(),
                shared(studies, Findings::reference, arms),
                shared(studies, Findings::control, arms),
                claims,
                tuning,
                notes);
    }

    /** Called by their datasets where these differ, else by the names of the studies. */
    private static List<String> tasks(List<Findings> studies) {
        List<String> datasets = studies.stream()
                .map(study -> study.evidence().arms().stream()
                        .flatMap(arm -> arm.runs().values().stream())
                        .findFirst()
                        .map(run -> run.setting(DATASET))
                        .orElse(study.name()))
                .toList();
        boolean differ = datasets.stream().distinct().count() == datasets.size();
        return differ ? datasets : studies.stream().map(Findings::name).toList();
    }

    /** The name that all studies have for it, where they have one, and an arm of that name has runs. */
    private static Optional<String> shared(
            List<Findings> studies, Function<Findings, Optional<String>> role, Map<String, ?> arms) {
        List<String> names = studies.stream()
                .flatMap(study -> role.apply(study).stream())
                .distinct()
                .toList();
        return names.size() == 1 && arms.containsKey(names.get(0)) ? Optional.of(names.get(0)) : Optional.empty();
    }

    /** A curve a setting; at each value the best of the combinations that have it. */
    private static List<Tuning> tuning(Selection.OfArm arm) {
        List<Tuning> curves = new ArrayList<>();
        List<String> settings = arm.candidates().stream()
                .flatMap(candidate -> candidate.settings().keySet().stream())
                .distinct()
                .toList();
        for (String setting : settings) {
            List<String> values = arm.candidates().stream()
                    .map(candidate -> candidate.settings().get(setting))
                    .filter(Objects::nonNull)
                    .distinct()
                    .toList();
            Optional<String> winner =
                    arm.winner().map(candidate -> candidate.settings().get(setting));
            if (values.size() > 1 && winner.isPresent()) {
                boolean edge = arm.edges().stream().anyMatch(each -> each.path().equals(setting));
                curves.add(new Tuning(
                        arm.arm(),
                        setting,
                        values.stream().map(value -> point(arm, setting, value)).toList(),
                        winner.get(),
                        edge));
            }
        }
        return curves;
    }

    private static Tuning.Point point(Selection.OfArm arm, String setting, String value) {
        Optional<Selection.Candidate> best = arm.ranked().stream()
                .filter(candidate -> value.equals(candidate.settings().get(setting)))
                .findFirst();
        List<Double> scores = best.map(Selection.Candidate::scores).orElse(List.of());
        return new Tuning.Point(
                value,
                Summary.of(scores).mean(),
                scores.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN),
                scores.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN),
                scores.size());
    }

    private static Claim claim(ClaimTable.Row row) {
        Interval interval = row.low() == null ? Interval.NONE : new Interval(row.low(), row.high());
        return new Claim(
                row.says(),
                row.source(),
                row.verdict(),
                new Claim.Measured(
                        row.figure(), row.unit(), row.mean() == null ? Double.NaN : row.mean(), interval, row.bound()),
                row.missing());
    }

    private static String sentence(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) + ".";
    }
}
