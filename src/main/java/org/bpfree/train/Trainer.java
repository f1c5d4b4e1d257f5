package org.bpfree.train;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.bpfree.data.Batch;
import org.bpfree.data.BatchStream;
import org.bpfree.data.ImageSet;
import org.bpfree.graph.Loss;
import org.bpfree.optimizer.OptimizerSettings;
import org.bpfree.optimizer.Rates;
import org.bpfree.train.TrainingListener.StopReason;

/** The training loop: batch by batch, the learner turns images into updates and the optimizer applies them. */
public final class Trainer {
    private final TrainingStep step;
    private final TrainingSettings settings;
    private final OptimizerSettings optimizer;
    private final Evaluator evaluator;
    private final TrainingState state;
    private final List<TrainingListener> listeners;

    /**
     * A trainer that begins, or goes on, at {@code state}.
     *
     * @param evaluator measures the validation images
     * @param listeners told of everything, in this order
     */
    public Trainer(
            TrainingStep step,
            TrainingSettings settings,
            OptimizerSettings optimizer,
            Evaluator evaluator,
            TrainingState state,
            List<TrainingListener> listeners) {
        this.step = step;
        this.settings = settings;
        this.optimizer = optimizer;
        this.evaluator = evaluator;
        this.state = state;
        this.listeners = List.copyOf(listeners);
    }

    /**
     * Trains until the last epoch, early stopping or a request to stop.
     *
     * @param stream batches of the training images
     * @param validation images to measure after each epoch, possibly none
     * @param stopRequested asked after each batch
     * @throws Divergence if a loss, an update or a moved tensor is not finite, or a loss is above the bound of the step
     */
    public StopReason run(BatchStream stream, ImageSet validation, BooleanSupplier stopRequested) {
        EarlyStop earlyStop = new EarlyStop(settings.earlyStopping());
        listeners.forEach(listener -> listener.started(state, stream.batches()));
        while (state.epoch < settings.epochs() && !earlyStop.saysStop(state)) {
            stream.start(state.epoch, state.batch);
            step.startEpoch(state.epoch);
            for (Batch batch = stream.next(); batch != null; batch = stream.next()) {
                learn(batch, rates(state.batch, stream.batches()));
                if (stopRequested.getAsBoolean()) {
                    return end(StopReason.INTERRUPTED);
                }
            }
            finishEpoch(validation, rates(stream.batches() - 1, stream.batches()), earlyStop);
        }
        return end(state.epoch < settings.epochs() ? StopReason.EARLY_STOPPING : StopReason.COMPLETED);
    }

    /** The learning rates of a batch of the present epoch. */
    private Rates rates(int batch, int batches) {
        return Rates.at(state.epoch + (double) batch / batches, settings.epochs());
    }

    private void learn(Batch batch, Rates rates) {
        long begin = System.nanoTime();
        Loss.Result result = step.take(batch, rates, state.step);
        state.step++;
        state.batch++;
        state.images += batch.size;
        state.running = state.running.plus(result);
        state.seconds += (System.nanoTime() - begin) * 1e-9 - step.observedSeconds();
        listeners.forEach(listener -> listener.batchLearned(state, result, rates.of(optimizer)));
    }

    private void finishEpoch(ImageSet validation, Rates rates, EarlyStop earlyStop) {
        state.lastTrain = state.running;
        state.running = Loss.Result.NONE;
        state.epoch++;
        state.batch = 0;
        state.lastValidation = evaluator.evaluate(validation);
        if (state.lastValidation.images() > 0) {
            step.bound().check("the validation loss", state.lastValidation);
        }
        boolean improved = earlyStop.improved(state);
        listeners.forEach(listener -> listener.epochFinished(state, rates.of(optimizer), improved));
    }

    private StopReason end(StopReason reason) {
        listeners.forEach(listener -> listener.ended(state, reason));
        return reason;
    }
}
