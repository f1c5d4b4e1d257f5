package org.bpfree.train;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.bpfree.data.Batch;
import org.bpfree.data.BatchStream;
import org.bpfree.data.ImageSet;
import org.bpfree.graph.Loss;
import org.bpfree.learn.LabelledImages;
import org.bpfree.learn.Learner;
import org.bpfree.train.TrainingListener.StopReason;
import org.bpfree.train.TrainingSettings.Reduction;

/** The training loop: batch by batch, the learner turns images into updates and the optimizer applies them. */
public final class Trainer {
    private final Learner learner;
    private final Optimizer optimizer;
    private final Schedule schedule;
    private final double baseRate;
    private final TrainingSettings settings;
    private final LabelledImages.Slot slot;
    private final StepNoise noise;
    private final Evaluator evaluator;
    private final TrainingState state;
    private final List<TrainingListener> listeners;

    /**
     * A trainer that begins, or goes on, at {@code state}.
     *
     * @param slot the memory the learner's passes are bound to
     * @param noise the random numbers the learner's passes draw from
     */
    public Trainer(
            Learner learner,
            Optimizer optimizer,
            OptimizerSettings optimizerSettings,
            TrainingSettings settings,
            LabelledImages.Slot slot,
            StepNoise noise,
            Evaluator evaluator,
            TrainingState state,
            List<TrainingListener> listeners) {
        this.learner = learner;
        this.optimizer = optimizer;
        this.schedule = new Schedule(optimizerSettings.schedule(), settings.epochs());
        this.baseRate = optimizerSettings.learningRate();
        this.settings = settings;
        this.slot = slot;
        this.noise = noise;
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
     * @throws Divergence if a loss, an update or an activation is not finite
     */
    public StopReason run(BatchStream stream, ImageSet validation, BooleanSupplier stopRequested) {
        EarlyStop earlyStop = new EarlyStop(settings.earlyStopping());
        listeners.forEach(listener -> listener.started(state, stream.batches()));
        StopReason reason = earlyStop.saysStop(state) ? StopReason.EARLY_STOPPING : StopReason.COMPLETED;
        while (state.epoch < settings.epochs() && reason == StopReason.COMPLETED) {
            stream.start(state.epoch, state.batch);
            double rate = baseRate;
            for (Batch batch = stream.next(); batch != null; batch = stream.next()) {
                rate = baseRate * schedule.factor(state.epoch + (double) state.batch / stream.batches());
                step(batch, rate);
                if (stopRequested.getAsBoolean()) {
                    return end(StopReason.INTERRUPTED);
                }
            }
            finishEpoch(validation, rate, earlyStop);
            reason = earlyStop.saysStop(state) ? StopReason.EARLY_STOPPING : StopReason.COMPLETED;
        }
        return end(reason);
    }

    /** One batch: images in, updates out, tensors moved. */
    private void step(Batch batch, double rate) {
        long begin = System.nanoTime();
        noise.at(state.step);
        LabelledImages images = slot.fill(batch.images, batch.labels, batch.size);
        Loss.Result result = learner.learn(images);
        if (!Double.isFinite(result.lossSum())) {
            throw Divergence.ofLoss(learner, images, result.lossSum());
        }
        optimizer.apply(settings.reduction() == Reduction.MEAN ? 1.0 / batch.size : 1, rate, state.step + 1);
        state.step++;
        state.batch++;
        state.images += batch.size;
        state.running = state.running.plus(result);
        state.seconds += (System.nanoTime() - begin) * 1e-9;
        listeners.forEach(listener -> listener.batchLearned(state, result, rate));
    }

    private void finishEpoch(ImageSet validation, double rate, EarlyStop earlyStop) {
        state.lastTrain = state.running;
        state.running = Loss.Result.NONE;
        state.epoch++;
        state.batch = 0;
        state.lastValidation = evaluator.evaluate(validation);
        boolean improved = earlyStop.improved(state);
        listeners.forEach(listener -> listener.epochFinished(state, rate, improved));
    }

    private StopReason end(StopReason reason) {
        listeners.forEach(listener -> listener.ended(state, reason));
        return reason;
    }
}
