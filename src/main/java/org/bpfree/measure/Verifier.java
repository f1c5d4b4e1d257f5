package org.bpfree.measure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bpfree.learn.LabelledImages;
import org.bpfree.learn.Promise;
import org.bpfree.learn.Promise.Finding;
import org.bpfree.learn.StepView;
import org.bpfree.train.TrainingStep;

/** Holds a learner against what its theory promises, step by step, while it trains. */
public final class Verifier implements TrainingStep.Observer {
    private final List<Promise> promises;
    private final StepRecorder recorder;
    private final Map<Promise, Map<String, Finding>> worst = new LinkedHashMap<>();

    /** A verifier of the given promises. */
    public Verifier(List<Promise> promises, StepRecorder recorder) {
        this.promises = promises;
        this.recorder = recorder;
        promises.forEach(promise -> worst.put(promise, new LinkedHashMap<>()));
    }

    @Override
    public void updatesReady(LabelledImages batch, long step) {
        StepView view = recorder.record(batch, step);
        for (Promise promise : promises) {
            for (Finding finding : promise.measure(view)) {
                worst.get(promise).merge(finding.layer(), finding, Finding::worse);
            }
        }
    }

    /**
     * A promise and the worst figure of a layer over all steps.
     *
     * @param name what is promised
     * @param finding the worst figure
     */
    public record Line(String name, Finding finding) {}

    /** All promises, layer by layer. */
    public List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        worst.forEach((promise, findings) ->
                findings.values().forEach(finding -> lines.add(new Line(promise.name(), finding))));
        return lines;
    }
}
