package org.bpfree.study;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bpfree.run.Manifest;
import org.bpfree.run.RunFolder;
import org.bpfree.run.RunRecord;
import org.bpfree.statistics.PairedDifference;
import org.bpfree.statistics.Summary;
import org.bpfree.sweep.CellState;
import org.bpfree.sweep.Inspector;
import org.bpfree.sweep.Plan;
import org.bpfree.sweep.PlannedCell;

/**
 * What the final runs of a study measured.
 *
 * @param arms in the order of the study
 * @param seeds that every arm has
 */
public record Evidence(List<Arm> arms, List<Long> seeds) {
    private static final String VALIDATION = "validation/accuracy";
    private static final double NOTABLE = 0.02;

    /**
     * The runs of an arm.
     *
     * @param name of the arm
     * @param settings that were chosen, as {@code path=value}; empty where nothing was tuned
     * @param runs those that are done, by seed
     * @param diverged those that diverged, by seed
     */
    public record Arm(String name, String settings, Map<Long, RunRecord> runs, Map<Long, RunRecord> diverged) {
        /** How many seeds have not come to an end, of those planned. */
        public int missing(List<Long> seeds) {
            return (int) seeds.stream()
                    .filter(seed -> !runs.containsKey(seed) && !diverged.containsKey(seed))
                    .count();
        }

        /** The figure of each run that has it, by seed in rising order. */
        public Map<Long, Double> values(Figure figure, boolean largest) {
            Map<Long, Double> values = new TreeMap<>();
            runs.forEach((seed, run) -> {
                OptionalDouble value = figure.of(run, largest);
                if (value.isPresent()) {
                    values.put(seed, value.getAsDouble());
                }
            });
            return values;
        }

        /** Mean and deviation of a figure over the seeds that have it. */
        public Summary summary(Figure figure) {
            return Summary.of(List.copyOf(values(figure, true).values()));
        }
    }

    /** The final runs of a study, as far as they are done. */
    public static Evidence read(Study study, StudyFolder folder) {
        Inspector inspector = new Inspector(folder.runs());
        Map<String, Arm> arms = new LinkedHashMap<>();
        List<PlannedCell> cells = folder.plan(Stage.FINAL).map(Plan::cells).orElse(List.of());
        for (String name : study.settings().arms().keySet()) {
            String settings = cells.stream()
                    .filter(cell -> cell.arm().equals(name))
                    .findFirst()
                    .map(cell -> PlannedCell.words(cell.settings()))
                    .orElse("");
            arms.put(name, new Arm(name, settings, new TreeMap<>(), new TreeMap<>()));
        }
        for (PlannedCell cell : cells) {
            CellState state = inspector.inspect(cell).state();
            Arm arm = arms.get(cell.arm());
            if (state == CellState.DONE || state == CellState.DIVERGED) {
                RunRecord run = RunRecord.read(new RunFolder(folder.runs().run(cell)));
                (state == CellState.DONE ? arm.runs() : arm.diverged()).put(cell.seed(), run);
            }
        }
        return new Evidence(List.copyOf(arms.values()), study.settings().last().seeds());
    }

    /** An arm by its name. */
    public Arm arm(String name) {
        return arms.stream().filter(arm -> arm.name().equals(name)).findFirst().orElseThrow();
    }

    /** A figure of one arm less that of another, over the seeds that both have. */
    public static PairedDifference difference(Arm first, Arm second, Figure figure, boolean largest) {
        return PairedDifference.ofCommon(first.values(figure, largest), second.values(figure, largest));
    }

    /** What a reader has to know before trusting the figures, one sentence each. */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        for (Arm arm : arms) {
            if (arm.missing(seeds) > 0) {
                warnings.add(
                        arm.name() + ": " + arm.missing(seeds) + " of " + seeds.size() + " seeds are not finished");
            }
            if (!arm.diverged().isEmpty()) {
                warnings.add(arm.name() + " diverged with seed "
                        + arm.diverged().keySet().stream().map(String::valueOf).collect(Collectors.joining(", ")));
            }
        }
        arms.forEach(arm -> declining(arm).ifPresent(warnings::add));
        differing(Manifest.Facts::version, "versions of bpfree", warnings);
        differing(Manifest.Facts::processor, "processors", warnings);
        return warnings;
    }

    /** Settings that win in short runs may be too bold for long ones; the accuracy of the last epoch then hides what the arm can do. */
    private static Optional<String> declining(Arm arm) {
        double fall = arm.runs().values().stream()
                .mapToDouble(Evidence::fall)
                .average()
                .orElse(0);
        return fall < NOTABLE
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "%s: validation accuracy falls by %.1f points from the best epoch to the last, mean over %d seeds;"
                                + " its settings may be too bold for runs of this length",
                        arm.name(),
                        100 * fall,
                        arm.runs().size()));
    }

    /** How far the validation accuracy of the last epoch lies below that of the best. */
    private static double fall(RunRecord run) {
        List<Double> accuracies = run.moments().stream()
                .filter(line -> line.has(VALIDATION))
                .map(line -> line.get(VALIDATION).asDouble())
                .toList();
        return accuracies.isEmpty() ? 0 : Collections.max(accuracies) - accuracies.get(accuracies.size() - 1);
    }

    private void differing(Function<Manifest.Facts, String> fact, String name, List<String> into) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        arms.forEach(arm -> arm.runs().values().forEach(run -> run.manifest()
                .map(Manifest::facts)
                .map(fact)
                .ifPresent(each -> counts.merge(each, 1, Integer::sum))));
        if (counts.size() > 1) {
            into.add("the runs were made by different " + name + ": "
                    + counts.entrySet().stream()
                            .map(each -> each.getKey() + " (" + each.getValue() + " runs)")
                            .collect(Collectors.joining(", ")));
        }
    }
}
