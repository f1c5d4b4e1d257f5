package org.bpfree.study;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.bpfree.run.CorrectImages;
import org.bpfree.run.RunRecord;
import org.bpfree.statistics.Holm;
import org.bpfree.statistics.PairedDifference;
import org.bpfree.statistics.Summary;
import org.bpfree.statistics.TestSetError;
import org.bpfree.study.Evidence.Arm;
import org.bpfree.study.Verdict.Outcome;

/** Holds the claims of a study against its final runs. */
public final class Verdicts {
    /** Fewer seeds are never a verdict. */
    public static final int FEWEST_SEEDS = 3;

    private static final int PERCENT = 100;

    private final Evidence evidence;

    private Verdicts(Evidence evidence) {
        this.evidence = evidence;
    }

    /** The verdicts, in the order of the claims. */
    public static List<Verdict> of(List<ClaimSettings> claims, Evidence evidence) {
        Verdicts verdicts = new Verdicts(evidence);
        List<Verdict> alone = claims.stream().map(verdicts::alone).toList();
        List<Double> corrected = Holm.adjust(alone.stream().map(Verdict::pValue).toList());
        List<Verdict> together = new ArrayList<>();
        for (int i = 0; i < alone.size(); i++) {
            together.add(corrected(alone.get(i), corrected.get(i), claims.size()));
        }
        return together;
    }

    /** What the runs say of a claim by itself, before the others are looked at: its p value, or why there is none. */
    private Verdict alone(ClaimSettings claim) {
        Figure figure = new Figure(claim.figure());
        boolean largest = claim.below().isPresent(); // the worst of several
        if (claim.of().isPresent()) {
            Arm arm = evidence.arm(claim.of().get());
            Summary summary = Summary.of(List.copyOf(arm.values(figure, largest).values()));
            return undecided(claim, summary, Double.NaN, Double.NaN, Double.NaN);
        }
        Arm first = evidence.arm(claim.difference().get(0));
        Arm second = evidence.arm(claim.difference().get(1));
        PairedDifference difference = Evidence.difference(first, second, figure, largest);
        double testSetError = figure.equals(Figure.TEST_ACCURACY) ? testSetError(first, second) : Double.NaN;
        return undecided(claim, difference.summary(), difference.signFlip(), difference.effectSize(), testSetError);
    }

    private Verdict undecided(
            ClaimSettings claim, Summary summary, double signFlip, double effectSize, double testSetError) {
        String missing = unfinished(claim)
                .orElse(
                        summary.count() < FEWEST_SEEDS
                                ? seeds(summary.count()) + "; fewer than three are never a verdict"
                                : "");
        double pValue = missing.isEmpty() ? pValue(claim, summary) : Double.NaN;
        return new Verdict(
                claim, Outcome.UNDECIDED, summary, pValue, Double.NaN, signFlip, effectSize, testSetError, missing);
    }

    /** Of a mean where the claim says: the larger p value of the bounds, so that both hold; elsewhere, that of the bound it misses. */
    private static double pValue(ClaimSettings claim, Summary summary) {
        List<Double> bounds = bounds(claim, holds(claim, summary.mean()) ? null : summary.mean());
        return bounds.stream().mapToDouble(summary::pValue).max().orElseThrow();
    }

    private static boolean holds(ClaimSettings claim, double mean) {
        return claim.above().map(bound -> mean > bound).orElse(true)
                && claim.below().map(bound -> mean < bound).orElse(true);
    }

    /** The bounds, or only the one that a mean misses. */
    private static List<Double> bounds(ClaimSettings claim, Double missing) {
        Stream<Double> above = claim.above().filter(bound -> missing == null || missing <= bound).stream();
        Stream<Double> below = claim.below().filter(bound -> missing == null || missing >= bound).stream();
        return Stream.concat(above, below).toList();
    }

    private static Verdict corrected(Verdict verdict, double corrected, int claims) {
        if (!verdict.missing().isEmpty()) {
            return verdict;
        }
        if (corrected >= Verdict.LEVEL) {
            String why = verdict.pValue() < Verdict.LEVEL
                    ? "decided by itself, but not among " + claims + " claims (p " + number(verdict.pValue(), 3)
                            + ", by Holm " + number(corrected, 3) + ")"
                    : needed(verdict);
            return verdict.with(Outcome.UNDECIDED, corrected, why);
        }
        boolean holds = holds(verdict.claim(), verdict.summary().mean());
        return verdict.with(holds ? Outcome.SUPPORTED : Outcome.REFUTED, corrected, "");
    }

    /** Why the runs do not tell yet; nothing where all have the figure. */
    private Optional<String> unfinished(ClaimSettings claim) {
        List<String> names = claim.of().map(List::of).orElse(claim.difference());
        for (String name : names) {
            Arm arm = evidence.arm(name);
            if (arm.missing(evidence.seeds()) > 0) {
                return Optional.of(arm.missing(evidence.seeds()) + " of "
                        + seeds(evidence.seeds().size()) + " of " + name + " are not finished");
            }
            if (!arm.diverged().isEmpty()) {
                return Optional.of(arm.diverged().size() + " of "
                        + seeds(evidence.seeds().size()) + " of " + name + " diverged, and have no such figure");
            }
            int without = arm.runs().size()
                    - arm.values(new Figure(claim.figure()), claim.below().isPresent())
                            .size();
            if (without > 0) {
                return Optional.of("'" + claim.figure() + "' was not measured, or is not meaningful, in " + without
                        + " of " + arm.runs().size() + " runs of " + name
                        + (claim.figure().contains("/") ? "; probes.alignmentEvery makes angles" : ""));
            }
        }
        return Optional.empty();
    }

    /** How many seeds an interval needs that leaves out the nearest bound. */
    private static String needed(Verdict verdict) {
        Summary summary = verdict.summary();
        boolean share = new Figure(verdict.claim().figure()).isShare();
        double distance = DoubleStream.concat(
                        verdict.claim().above().stream().mapToDouble(bound -> bound),
                        verdict.claim().below().stream().mapToDouble(bound -> bound))
                .map(bound -> Math.abs(summary.mean() - bound))
                .min()
                .orElseThrow();
        int count = summary.countFor(distance);
        String half = share ? number(PERCENT * distance, 2) + " points" : number(distance, 3);
        return seeds(summary.count())
                + (count == 0
                        ? "; no number up to 10000 would give an interval of ±" + half
                        : "; about " + count + " are needed for an interval of ±" + half);
    }

    private static String seeds(int count) {
        return count + (count == 1 ? " seed" : " seeds");
    }

    private static String number(double value, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "g", value);
    }

    /** Over the seeds that both arms have, where all of them tell which images were right. */
    private static double testSetError(Arm first, Arm second) {
        List<Long> seeds = first.runs().keySet().stream()
                .filter(second.runs()::containsKey)
                .toList();
        Optional<List<BitSet>> ours = correct(first.runs(), seeds);
        Optional<List<BitSet>> theirs = correct(second.runs(), seeds);
        if (seeds.isEmpty() || ours.isEmpty() || theirs.isEmpty()) {
            return Double.NaN;
        }
        int images = first.runs().get(seeds.get(0)).correct().orElseThrow().images();
        return TestSetError.ofDifference(ours.get(), theirs.get(), images);
    }

    private static Optional<List<BitSet>> correct(Map<Long, RunRecord> runs, List<Long> seeds) {
        List<CorrectImages> correct = seeds.stream()
                .flatMap(seed -> runs.get(seed).correct().stream())
                .toList();
        boolean alike = correct.size() == seeds.size()
                && correct.stream().map(CorrectImages::images).distinct().count() <= 1;
        return alike ? Optional.of(correct.stream().map(CorrectImages::which).toList()) : Optional.empty();
    }
}
