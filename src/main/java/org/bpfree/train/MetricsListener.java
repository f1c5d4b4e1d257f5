package org.bpfree.train;

import java.util.LinkedHashMap;
import java.util.Map;

/** Logs the figures of each epoch. */
public final class MetricsListener implements TrainingListener {
    private final MetricsLog log;

    /** A listener that adds to a log and flushes it. */
    public MetricsListener(MetricsLog log) {
        this.log = log;
    }

    @Override
    public void epochFinished(TrainingState state, double rate, boolean improved) {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("learningRate", rate);
        figures.put("train/loss", state.lastTrain.meanLoss());
        figures.put("train/accuracy", state.lastTrain.accuracy());
        if (state.lastValidation.images() > 0) {
            figures.put("validation/loss", state.lastValidation.meanLoss());
            figures.put("validation/accuracy", state.lastValidation.accuracy());
        }
        log.add(state.epoch, state.step, figures);
        log.flush();
    }

    @Override
    public void ended(TrainingState state, StopReason reason) {
        log.flush();
    }
}
