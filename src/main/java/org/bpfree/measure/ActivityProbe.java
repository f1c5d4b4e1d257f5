package org.bpfree.measure;

import java.util.Map;
import java.util.function.BiConsumer;
import org.bpfree.learn.LabelledImages;
import org.bpfree.learn.Learner;
import org.bpfree.train.TrainingStep;

/** Asks a learner now and then what is worth watching beside the loss, such as firing rates. */
public final class ActivityProbe implements TrainingStep.Observer {
    private final Learner learner;
    private final int every;
    private final BiConsumer<Long, Map<String, Double>> sink;

    /**
     * A probe.
     *
     * @param every steps between measurements, at least 1
     * @param sink gets the step (counted from 1) and the figures by name
     */
    public ActivityProbe(Learner learner, int every, BiConsumer<Long, Map<String, Double>> sink) {
        this.learner = learner;
        this.every = every;
        this.sink = sink;
    }

    @Override
    public void updatesReady(LabelledImages batch, long step) {
        Map<String, Double> figures = step % every == 0 ? learner.measurements(batch) : Map.of();
        if (!figures.isEmpty()) {
            sink.accept(step + 1, figures);
        }
    }
}
