package org.bpfree.report;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bpfree.run.RunRecord;

/**
 * What a report compares, wherever its runs come from: run folders, the cells of a plan, lines of an archive.
 *
 * @param title of the page
 * @param arms what is compared, in the order of tables and legend; labels differ
 * @param reference label of the arm that differences are to, where there is one
 * @param control label of the arm that gains are over, the floor of the comparison, where there is one
 * @param claims what somebody says of the arms, with verdicts
 * @param tuning how the settings of arms were chosen
 * @param notes what a reader has to know before comparing, a sentence each
 */
public record Comparison(
        String title,
        List<Arm> arms,
        Optional<String> reference,
        Optional<String> control,
        List<Claim> claims,
        List<Tuning> tuning,
        List<String> notes) {
    private static final int MOST_DRAWN = 40;

    /**
     * A comparison.
     *
     * @throws IllegalArgumentException if two arms bear one label, or if the reference or the control is none of the arms
     */
    public Comparison {
        arms = List.copyOf(arms);
        claims = List.copyOf(claims);
        tuning = List.copyOf(tuning);
        notes = List.copyOf(notes);
        Set<String> labels = new HashSet<>();
        for (Arm arm : arms) {
            if (!labels.add(arm.label())) {
                throw new IllegalArgumentException("two arms are called " + arm.label());
            }
        }
        for (Optional<String> named : List.of(reference, control)) {
            if (named.isPresent() && !labels.contains(named.get())) {
                throw new IllegalArgumentException("no arm is called " + named.get());
            }
        }
    }

    /**
     * Runs as they lie in folders: those that differ in their seed only are an arm, labelled by what tells it from the others; an arm that
     * trains backpropagation is the reference, and one that trains the last layer only is the control.
     */
    public static Comparison of(String title, List<RunRecord> runs) {
        return new RunGroups(runs).comparison(title);
    }

    /** What is classified, by which network, in the order of the arms. */
    public List<String> tasks() {
        Set<String> tasks = new LinkedHashSet<>();
        arms.forEach(arm -> tasks.addAll(arm.runs().keySet()));
        return List.copyOf(tasks);
    }

    /** The same with other notes. */
    Comparison withNotes(List<String> others) {
        return new Comparison(title, arms, reference, control, claims, tuning, others);
    }

    /** The arm with a label; nothing when there is none. */
    Optional<Arm> arm(Optional<String> label) {
        return arms.stream()
                .filter(arm -> label.equals(Optional.of(arm.label())))
                .findFirst();
    }

    /**
     * Numbers of the arms that charts show: the first ones, which are the best where nobody has put them in another order, and what all are
     * compared with.
     */
    List<Integer> drawn() {
        return IntStream.range(0, arms.size())
                .filter(number -> number < MOST_DRAWN
                        || reference.equals(Optional.of(arms.get(number).label()))
                        || control.equals(Optional.of(arms.get(number).label())))
                .boxed()
                .toList();
    }

    /** All runs, arm by arm. */
    List<RunRecord> runs() {
        return runs(arms.stream());
    }

    /** The runs of the arms that charts show. */
    List<RunRecord> drawnRuns() {
        return runs(drawn().stream().map(arms::get));
    }

    private static List<RunRecord> runs(Stream<Arm> arms) {
        return arms.flatMap(arm -> arm.runs().values().stream())
                .flatMap(List::stream)
                .toList();
    }
}
