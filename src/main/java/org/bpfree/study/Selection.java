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
            return settings.isEmpty() ? "as it is" : PlannedCell.words(settings);
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

        /** Winning numbers at an end of what was tried, beyond which a better one may lie. */
        public List<Edge> edges() {
            List<Edge> edges = new ArrayList<>();
            winner().ifPresent(winner -> winner.settings().forEach((path, value) -> {
                TreeSet<Double> tried = new TreeSet<>();
                candidates.forEach(candidate ->
                        number(candidate.settings().getOrDefault(path, "")).ifPresent(tried::add));
                Optional<Double> won = number(value);
                if (won.isPresent()
                        && tried.size() > 2
                        && (won.get().equals(tried.first()) || won.get().equals(tried.last()))) {
                    edges.add(new Edge(arm, path, value, won.get().equals(tried.first())));
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

    /**
     * A winning number at an end of what was tried.
     *
     * @param arm that it won in
     * @param path of the setting
     * @param value that won
     * @param smallest whether it is the smallest, else the largest
     */
    public record Edge(String arm, String path, String value, boolean smallest) {
        @Override
        public String toString() {
            return arm + ": the winning " + path + " = " + value + " is the " + (smallest ? "smallest" : "largest")
                    + " that was tried; a better one may lie beyond";
        }
    }

    /**
     * A run that tuned.
     *
     * @param arm of the study
     * @param settings that it tried
     * @param diverged whether it did
     * @param score its metric; empty where it diverged, or is not finished
     */
    record Tried(String arm, Map<String, String> settings, boolean diverged, Optional<Double> score) {}

    /** The choice among some runs; arms and combinations are in the order of their first runs. */
    static Selection of(TuneSettings.Metric metric, List<Tried> runs) {
        Map<String, Map<Map<String, String>, List<Tried>>> byArm = new LinkedHashMap<>();
        runs.forEach(run -> byArm.computeIfAbsent(run.arm, arm -> new LinkedHashMap<>())
                .computeIfAbsent(run.settings, settings -> new ArrayList<>())
                .add(run));
        List<OfArm> arms = new ArrayList<>();
        byArm.forEach((arm, bySettings) -> {
            List<Candidate> candidates = new ArrayList<>();
            bySettings.forEach((settings, tried) -> candidates.add(new Candidate(
                    settings,
                    tried.size(),
                    (int) tried.stream().filter(Tried::diverged).count(),
                    tried.stream().flatMap(run -> run.score.stream()).toList())));
            arms.add(OfArm.of(arm, candidates, metric));
        });
        return new Selection(metric, arms);
    }

    /** Reads how the cells of a tuning plan stand. */
    static Selection of(Study study, Plan plan, Inspector inspector) {
        TuneSettings.Metric metric = study.settings().tune().orElseThrow().metric();
        List<Tried> runs = new ArrayList<>();
        for (PlannedCell cell : plan.cells()) {
            CellState state = inspector.inspect(cell).state();
            Optional<Double> score = Optional.of(cell)
                    .filter(done -> state == CellState.DONE)
                    .flatMap(inspector::result)
                    .map(result -> score(result, metric));
            runs.add(new Tried(cell.arm(), cell.settings(), state == CellState.DIVERGED, score));
        }
        return of(metric, runs);
    }

    /** The metric of a run. */
    static Double score(RunResult result, TuneSettings.Metric metric) {
        return metric == TuneSettings.Metric.VALIDATION_ACCURACY
                ? result.validation().accuracy()
                : result.validation().loss();
    }

    /** Whether every arm has a winner. */
    public boolean isDecided() {
        return arms.stream().allMatch(arm -> arm.winner().isPresent());
    }

    /** What a reader has to know of the choice, one sentence each: edges, then cautions. */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        arms.forEach(arm -> arm.edges().forEach(edge -> warnings.add(edge.toString())));
        warnings.addAll(cautions());
        return warnings;
    }

    /** What puts the choice in doubt beside edges. */
    public List<String> cautions() {
        List<String> cautions = new ArrayList<>();
        arms.stream()
                .filter(arm -> arm.isComplete() && arm.ranked().isEmpty())
                .forEach(arm ->
                        cautions.add(arm.arm() + ": every combination diverged for some seed; none can be chosen"));
        if (arms.stream().mapToInt(OfArm::budget).distinct().count() > 1) {
            cautions.add("arms were tuned with different numbers of runs ("
                    + String.join(
                            ", ",
                            arms.stream()
                                    .map(arm -> arm.arm() + " " + arm.budget())
                                    .toList())
                    + "), so that a difference may be due to the tuning; 'search: {random: N}' gives all the same");
        }
        return cautions;
    }
}
