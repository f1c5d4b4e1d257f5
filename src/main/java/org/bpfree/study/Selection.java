package org.bpfree.study;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.bpfree.run.RunResult;
import org.bpfree.statistics.Summary;
import org.bpfree.sweep.CellReport;
import org.bpfree.sweep.CellState;
import org.bpfree.sweep.Inspector;
import org.bpfree.sweep.Plan;
import org.bpfree.sweep.PlannedCell;

/**
 * Which settings won, arm by arm, judged by validation images alone.
 *
 * @param metric by which combinations are compared
 * @param arms in the order of the study
 */
public record Selection(TuneSettings.Metric metric, List<OfArm> arms) {
    /**
     * A combination of settings that an arm tried.
     *
     * @param settings values by path, as YAML
     * @param planned how many seeds it has
     * @param diverged how many of them diverged
     * @param scores the metric of each seed that is done
     */
    public record Candidate(Map<String, String> settings, int planned, int diverged, List<Double> scores) {
        /** Mean and deviation of the metric over the seeds that are done. */
        public Summary score() {
            return Summary.of(scores);
        }

        /** Whether every seed came to an end, good or bad. */
        public boolean isComplete() {
            return scores.size() + diverged == planned;
        }

        /** Such as {@code optimizer.learningRate=0.1}; {@code as it is} where nothing was tried. */
        public String label() {
            return settings.isEmpty()
                    ? "as it is"
                    : String.join(
                            " ",
                            settings.entrySet().stream()
                                    .map(each -> each.getKey() + "=" + each.getValue())
                                    .toList());
        }
    }

    /**
     * What an arm tried.
     *
     * @param arm its name
     * @param candidates in the order of the plan
     * @param ranked those without a seed that diverged, the best first; of equal ones the earlier first
     */
    public record OfArm(String arm, List<Candidate> candidates, List<Candidate> ranked) {
        static OfArm of(String arm, List<Candidate> candidates, TuneSettings.Metric metric) {
            Comparator<Candidate> best =
                    Comparator.comparingDouble(candidate -> candidate.score().mean());
            return new OfArm(
                    arm,
                    candidates,
                    candidates.stream()
                            .filter(candidate -> candidate.diverged() == 0
                                    && !candidate.scores().isEmpty())
                            .sorted(metric == TuneSettings.Metric.VALIDATION_ACCURACY ? best.reversed() : best)
                            .toList());
        }

        /** Whether all its cells came to an end. */
        public boolean isComplete() {
            return candidates.stream().allMatch(Candidate::isComplete);
        }

        /** The best; nothing while cells are missing, or where all diverged. */
        public Optional<Candidate> winner() {
            return isComplete() ? ranked.stream().findFirst() : Optional.empty();
        }

        /** Those that go on to the next rung of halving. */
        List<Candidate> survivors(TuneSettings.Halving halving) {
            return ranked.subList(0, Math.min(ranked.size(), halving.kept(candidates.size())));
        }

        /** How many runs it was tuned with. */
        public int budget() {
            return candidates.stream().mapToInt(Candidate::planned).sum();
        }

        /** Winning numbers at an end of what was tried, beyond which a better one may lie: one sentence each. */
        public List<String> edges() {
            List<String> edges = new ArrayList<>();
            winner().ifPresent(winner -> winner.settings().forEach((path, value) -> {
                TreeSet<Double> tried = new TreeSet<>();
                candidates.forEach(candidate ->
                        number(candidate.settings().getOrDefault(path, "")).ifPresent(tried::add));
                Optional<Double> won = number(value);
                if (won.isPresent()
                        && tried.size() > 2
                        && (won.get().equals(tried.first()) || won.get().equals(tried.last()))) {
                    edges.add(arm + ": the winning " + path + " = " + value + " is the "
                            + (won.get().equals(tried.first()) ? "smallest" : "largest")
                            + " that was tried; a better one may lie beyond");
                }
            }));
            return edges;
        }

        private static Optional<Double> number(String text) {
            try {
                return Optional.of(Double.valueOf(text));
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        }
    }

    /** Reads how the cells of a tuning plan stand. */
    static Selection of(Study study, Plan plan, Inspector inspector) {
        TuneSettings.Metric metric = study.settings().tune().orElseThrow().metric();
        Map<String, Map<Map<String, String>, List<CellReport>>> byArm = new LinkedHashMap<>();
        for (PlannedCell cell : plan.cells()) {
            byArm.computeIfAbsent(cell.arm(), arm -> new LinkedHashMap<>())
                    .computeIfAbsent(cell.settings(), settings -> new ArrayList<>())
                    .add(inspector.inspect(cell));
        }
        List<OfArm> arms = new ArrayList<>();
        byArm.forEach((arm, bySettings) -> {
            List<Candidate> candidates = new ArrayList<>();
            bySettings.forEach((settings, reports) -> candidates.add(candidate(settings, reports, metric, inspector)));
            arms.add(OfArm.of(arm, candidates, metric));
        });
        return new Selection(metric, arms);
    }

    private static Candidate candidate(
            Map<String, String> settings, List<CellReport> reports, TuneSettings.Metric metric, Inspector inspector) {
        List<Double> scores = new ArrayList<>();
        for (CellReport report : reports) {
            if (report.state() == CellState.DONE) {
                inspector
                        .result(report.cell())
                        .map(result -> score(result, metric))
                        .ifPresent(scores::add);
            }
        }
        int diverged = (int) reports.stream()
                .filter(report -> report.state() == CellState.DIVERGED)
                .count();
        return new Candidate(settings, reports.size(), diverged, scores);
    }

    static Double score(RunResult result, TuneSettings.Metric metric) {
        return metric == TuneSettings.Metric.VALIDATION_ACCURACY
                ? result.validation().accuracy()
                : result.validation().loss();
    }

    /** Whether every arm has a winner. */
    public boolean isDecided() {
        return arms.stream().allMatch(arm -> arm.winner().isPresent());
    }

    /** What a reader has to know of the choice, one sentence each. */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        arms.forEach(arm -> warnings.addAll(arm.edges()));
        arms.stream()
                .filter(arm -> arm.isComplete() && arm.ranked().isEmpty())
                .forEach(arm ->
                        warnings.add(arm.arm() + ": every combination diverged for some seed; none can be chosen"));
        if (arms.stream().mapToInt(OfArm::budget).distinct().count() > 1) {
            warnings.add("arms were tuned with different numbers of runs ("
                    + String.join(
                            ", ",
                            arms.stream()
                                    .map(arm -> arm.arm() + " " + arm.budget())
                                    .toList())
                    + "), so that a difference may be due to the tuning; 'search: {random: N}' gives all the same");
        }
        return warnings;
    }
}
