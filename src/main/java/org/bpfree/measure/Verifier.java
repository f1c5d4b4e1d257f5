package org.bpfree.measure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bpfree.graph.Loss;
import org.bpfree.learn.LabelledImages;
import org.bpfree.learn.Learner;
import org.bpfree.learn.LearnerContext;
import org.bpfree.learn.Promise;
import org.bpfree.learn.Promise.Finding;
import org.bpfree.learn.Promise.Outcome;
import org.bpfree.measure.oracle.Oracle;
import org.bpfree.measure.oracle.PublishedStep;
import org.bpfree.train.TrainingStep;

/** Holds a learner against its formula and against what its theory promises, update by update, while it trains. */
public final class Verifier implements TrainingStep.Observer {
    private static final String PROMISED = "promised by the learner";

    private final LearnerContext context;
    private final Learner learner;
    private final Oracle oracle;
    private final List<Promise> promises;
    private final StepRecorder recorder;
    private final Map<String, Line> worst = new LinkedHashMap<>();
    private LabelledImages last;

    /**
     * A verifier of a learner.
     *
     * @param context what the learner was created with
     * @param oracle recomputes its updates
     * @param promises what its provider promises besides
     * @param recorder of steps beside backpropagation's, for the promises
     */
    public Verifier(
            LearnerContext context, Learner learner, Oracle oracle, List<Promise> promises, StepRecorder recorder) {
        this.context = context;
        this.learner = learner;
        this.oracle = oracle;
        this.promises = promises;
        this.recorder = recorder;
    }

    @Override
    public void updateReady(LabelledImages batch, long step, int update, Loss.Result loss) {
        PublishedStep published = PublishedStep.of(context, learner, batch, loss, step, update);
        oracle.judge(published).forEach(this::add);
        last = batch;
    }

    /** Judges what the trained network predicts for the batch it saw last. */
    public void judgePrediction() {
        double[] scores = learner.predict(last).toDoubles();
        PublishedStep published = PublishedStep.of(context, learner, last, Loss.Result.NONE, 0, 0);
        oracle.judge(published, scores).forEach(this::add);
    }

    private void add(Oracle.Judgement judgement) {
        add(judgement.name(), judgement.basis(), judgement.finding());
    }

    @Override
    public void updatesReady(LabelledImages batch, long step) {
        if (promises.isEmpty()) {
            return;
        }
        var view = recorder.record(batch, step);
        for (Promise promise : promises) {
            promise.measure(view).forEach(finding -> add(promise.name(), PROMISED, finding));
        }
    }

    private void add(String name, String basis, Finding finding) {
        worst.merge(
                name + "\n" + finding.layer(),
                new Line(name, basis, finding),
                (known, found) -> new Line(name, basis, known.finding.worse(found.finding)));
    }

    /**
     * What is verified, and the worst figure of a layer over all updates.
     *
     * @param name what must hold
     * @param basis where the bound comes from
     * @param finding the worst figure
     */
    public record Line(String name, String basis, Finding finding) {}

    /** Everything that was looked at, layer by layer, in the order of what must hold. */
    public List<Line> lines() {
        Map<String, List<Line>> byName = new LinkedHashMap<>();
        worst.values().forEach(line -> byName.computeIfAbsent(line.name, name -> new ArrayList<>())
                .add(line));
        return byName.values().stream().flatMap(List::stream).toList();
    }

    /** The verdict on everything: broken where anything is, not checked where nothing was. */
    public Outcome verdict() {
        List<Outcome> outcomes =
                worst.values().stream().map(line -> line.finding.outcome()).toList();
        return outcomes.contains(Outcome.BROKEN)
                ? Outcome.BROKEN
                : outcomes.contains(Outcome.HOLDS) ? Outcome.HOLDS : Outcome.NOT_CHECKED;
    }
}
