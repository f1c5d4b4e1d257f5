package org.bpfree.measure.oracle;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.bpfree.graph.Node;
import org.bpfree.graph.Op;
import org.bpfree.graph.op.ActivationOp;
import org.bpfree.graph.op.ConvOp;
import org.bpfree.graph.op.DenseOp;
import org.bpfree.graph.op.PoolOp;
import org.bpfree.graph.op.SquareOp;
import org.bpfree.learn.LearnerContext;
import org.bpfree.learn.LearnerSettings;
import org.bpfree.learn.Promise.Finding;
import org.bpfree.learn.Promise.Outcome;
import org.bpfree.learn.Vectors;
import org.bpfree.tensor.Precision;

/**
 * Holds the published steps of one run against the formula of the learner, the definition of the loss and the laws of its feedback.
 *
 * <p>How far an update may be from its formula is measured: the formula is computed twice more with errors of the size of the precision's
 * rounding at every tensor ({@link Arithmetic}), and the bound is {@link #ROOM} times what that changes.
 */
public final class Oracle {
    /** Room between the rounding that two disturbed recomputations show and what a kernel may do. */
    private static final double ROOM = 32;

    /** The formula itself, then two disturbed recomputations. */
    private static final int RUNS = 3;

    /** A bound that tells nothing: rounding alone may change the update by as much. */
    private static final double USELESS = 0.1;

    private static final String UPDATES = "update equals its formula, recomputed";
    private static final String UPDATES_BASIS =
            (int) ROOM + " times what rounding at every tensor changes, measured in the same step";
    private static final String SCORES = "prediction equals its formula, recomputed";
    private static final String LOSS = "loss equals its definition, recomputed";

    private final Set<String> unknown = new TreeSet<>();
    private final Precision precision;
    private final long forwardWork;
    private final List<LearnerFormula> formulas = new ArrayList<>();
    private final List<FeedbackLaw> laws;

    /**
     * What was judged in a step.
     *
     * @param name what must hold
     * @param basis where the bound comes from
     * @param finding the figure of one tensor
     */
    public record Judgement(String name, String basis, Finding finding) {}

    /**
     * An oracle for a learner and the context it was created with.
     *
     * @param descent how the optimizer moves tensors, where it is plain gradient descent
     */
    public Oracle(LearnerSettings settings, LearnerContext context, Optional<PlainDescent> descent) {
        precision = context.arena().precision();
        forwardWork = context.graph().multiplyAdds();
        for (Node node : context.graph().nodes()) {
            if (NaiveOp.of(node.op()).isEmpty() || passesForAnother(node)) {
                unknown.add("layers of type " + node.op().kind());
            }
        }
        if (!NaiveLoss.knows(context.lossFunction())) {
            unknown.add("the loss " + context.lossFunction().name());
        }
        for (int run = 0; run < RUNS && unknown.isEmpty(); run++) {
            Arithmetic arithmetic = run == 0 ? Arithmetic.exact(precision) : Arithmetic.disturbed(precision, run);
            LearnerFormula.of(
                            settings,
                            new LearnerFormula.Setting(
                                    context.graph(),
                                    context.lossFunction(),
                                    context.seed(),
                                    context.noise(),
                                    arithmetic))
                    .ifPresent(formulas::add);
        }
        laws = FeedbackLaws.of(
                settings,
                new FeedbackLaw.Setting(context.graph(), context.seed(), context.noise(), precision, descent));
    }

    /**
     * Formulas of learners tell ops apart by their classes, and so do without what ops say of themselves. An op of another class that says it
     * is one of those is something to a learner that it is not to its formula.
     */
    private static boolean passesForAnother(Node node) {
        Op op = node.op();
        return op.isDense() && !(op instanceof DenseOp)
                || op.convolution().isPresent() && !(op instanceof ConvOp)
                || op.pointwise().isPresent() && !(op instanceof ActivationOp)
                || op.pool().isPresent() && !(op instanceof PoolOp)
                || op.invertible(node.inputShapes()).isPresent() && !(op instanceof SquareOp);
    }

    /** Judges an update of a batch. */
    public List<Judgement> judge(PublishedStep step) {
        List<Judgement> judgements = new ArrayList<>();
        if (formulas.isEmpty()) {
            String reason = unknown.isEmpty()
                    ? "no formula of this learner on this network is known here"
                    : "no formula is known here of " + String.join(", ", unknown);
            judgements.add(new Judgement(UPDATES, UPDATES_BASIS, Finding.unchecked("all", reason)));
        } else {
            judgeUpdates(step, judgements);
        }
        if (step.update() == 0) {
            for (FeedbackLaw law : laws) {
                law.judge(step).forEach(found -> judgements.add(new Judgement(law.name(), law.basis(), found)));
            }
        }
        return judgements;
    }

    private void judgeUpdates(PublishedStep step, List<Judgement> judgements) {
        List<Map<String, double[]>> runs =
                formulas.stream().map(formula -> formula.updates(step)).toList();
        Map<String, double[]> exact = runs.get(0);
        double loss = formulas.get(0).lossSum();
        double lossBound = 0;
        for (LearnerFormula formula : formulas) {
            lossBound = Math.max(lossBound, ROOM * Math.abs(formula.lossSum() - loss) / Math.abs(loss));
        }
        lossBound = Math.max(lossBound, ROOM * Arithmetic.unit(precision));
        if (step.update() == 0) {
            double measured = Math.abs(step.lossSum() - loss) / Math.abs(loss);
            judgements.add(new Judgement(LOSS, UPDATES_BASIS, new Finding("loss", measured, lossBound, true)));
        }
        Map<String, Finding> findings = new LinkedHashMap<>();
        exact.forEach((name, expected) -> findings.put(name, judge(step, name, expected, runs)));
        for (String name : step.updates().keySet()) {
            findings.computeIfAbsent(name, n -> new Finding(n + " (should not be trained)", Double.NaN, 0, true));
        }
        findings.values().forEach(finding -> judgements.add(new Judgement(UPDATES, UPDATES_BASIS, finding)));
        if (step.step() == 0 && step.update() == 0) {
            Set<String> sure = new HashSet<>(findings.keySet());
            sure.removeIf(name -> findings.get(name).outcome() == Outcome.NOT_CHECKED);
            formulas.get(0).objective().ifPresent(objective -> DirectionalDerivative.of(
                            objective, step, sure, forwardWork * step.batch())
                    .forEach(finding -> judgements.add(
                            new Judgement(DirectionalDerivative.NAME, DirectionalDerivative.BASIS, finding))));
        }
    }

    /**
     * Judges a prediction.
     *
     * @param step the images, and the network as it is
     * @param scores what the learner predicts for them, {@code [batch, classes]}
     */
    public List<Judgement> judge(PublishedStep step, double[] scores) {
        if (formulas.isEmpty()) {
            return List.of();
        }
        List<double[]> runs =
                formulas.stream().map(formula -> formula.scores(step)).toList();
        double bound = ROOM * Arithmetic.unit(precision);
        for (double[] run : runs) {
            bound = Math.max(bound, ROOM * Vectors.relativeDifference(run, runs.get(0)));
        }
        double measured = Vectors.relativeDifference(scores, runs.get(0));
        return List.of(new Judgement(SCORES, UPDATES_BASIS, new Finding("scores", measured, bound, true)));
    }

    private String rounded(double bound) {
        return String.format(
                Locale.ROOT,
                "rounding in %s alone changes it by %.2g of its largest element; set training.precision: float64",
                precision.name().toLowerCase(Locale.ROOT),
                bound / ROOM);
    }

    private Finding judge(PublishedStep step, String name, double[] expected, List<Map<String, double[]>> runs) {
        double bound = ROOM * Arithmetic.unit(precision);
        for (Map<String, double[]> run : runs) {
            bound = Math.max(bound, ROOM * Vectors.relativeDifference(run.get(name), expected));
        }
        double[] update = step.updates().get(name);
        if (update == null) {
            return new Finding(name + " (is not trained)", Double.NaN, bound, true);
        }
        if (bound > USELESS) {
            return Finding.unchecked(name, bound > ROOM ? "its formula gives zero but for rounding" : rounded(bound));
        }
        return new Finding(name, Vectors.relativeDifference(update, expected), bound, true);
    }
}
