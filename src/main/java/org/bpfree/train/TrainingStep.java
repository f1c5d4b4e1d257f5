package org.bpfree.train;

import java.util.List;
import org.bpfree.data.Batch;
import org.bpfree.graph.Loss;
import org.bpfree.learn.LabelledImages;
import org.bpfree.learn.Learner;
import org.bpfree.learn.Trained;
import org.bpfree.optimizer.Rates;
import org.bpfree.train.TrainingSettings.Reduction;

/** One step of training: images in, updates out, tensors moved. */
public final class TrainingStep {
    private final Learner learner;
    private final OrthogonalityPenalty penalty;
    private final Optimizer optimizer;
    private final MaxNorm maxNorm;
    private final LabelledImages.Slot slot;
    private final StepNoise noise;
    private final Reduction reduction;
    private final LossBound bound;
    private final Observer observer;
    private double observedSeconds;

    /** Looks at the updates of a step before they are applied; where a batch has several, at the last. */
    @FunctionalInterface
    public interface Observer {
        /** Does nothing. */
        Observer NONE = (batch, step) -> {};

        /**
         * The learner has written its updates for a batch; no penalty has been added and no tensor moved yet.
         *
         * @param step steps taken before this one
         */
        void updatesReady(LabelledImages batch, long step);

        /**
         * One of the updates of a batch is written, of which {@link #updatesReady} tells the last; nothing has been added or moved by it yet.
         *
         * @param update number of the update within the batch, from 0
         * @param loss of the batch before its first update
         */
        default void updateReady(LabelledImages batch, long step, int update, Loss.Result loss) {}

        /** This observer followed by another. */
        default Observer then(Observer next) {
            Observer first = this;
            return new Observer() {
                @Override
                public void updatesReady(LabelledImages batch, long step) {
                    first.updatesReady(batch, step);
                    next.updatesReady(batch, step);
                }

                @Override
                public void updateReady(LabelledImages batch, long step, int update, Loss.Result loss) {
                    first.updateReady(batch, step, update, loss);
                    next.updateReady(batch, step, update, loss);
                }
            };
        }
    }

    /**
     * Steps of one learner.
     *
     * @param penalty added to the updates that the optimizer applies
     * @param maxNorm applied to the weights after every update
     * @param slot the memory the learner's passes are bound to
     * @param noise the random numbers the learner's passes draw from
     * @param bound of the loss
     * @param observer shown every step
     */
    public TrainingStep(
            Learner learner,
            OrthogonalityPenalty penalty,
            Optimizer optimizer,
            MaxNorm maxNorm,
            LabelledImages.Slot slot,
            StepNoise noise,
            Reduction reduction,
            LossBound bound,
            Observer observer) {
        this.learner = learner;
        this.penalty = penalty;
        this.optimizer = optimizer;
        this.maxNorm = maxNorm;
        this.slot = slot;
        this.noise = noise;
        this.reduction = reduction;
        this.bound = bound;
        this.observer = observer;
    }

    /**
     * Learns a batch.
     *
     * @param rates learning rates
     * @param step steps taken before this one
     * @return losses before the update
     * @throws Divergence if the loss is above the bound, or the loss, an update or a moved tensor is not finite; but for the last, and for
     *     an update that is not the first of its batch, no tensor has been moved
     */
    public Loss.Result take(Batch batch, Rates rates, long step) {
        noise.at(step);
        LabelledImages images = batch.share < 1
                ? slot.fill(batch.images, batch.labels, batch.others, batch.share, batch.size)
                : slot.fill(batch.images, batch.labels, batch.size);
        Loss.Result result = learner.learn(images);
        if (!Double.isFinite(result.lossSum())) {
            throw Divergence.ofLoss(learner, images, result.lossSum());
        }
        String excess = bound.excess("the mean loss of the batch", result);
        if (excess != null) {
            throw Divergence.ofBatch(excess);
        }
        double scale = reduction == Reduction.MEAN ? 1.0 / batch.size : 1;
        int updates = learner.updatesPerBatch();
        for (int update = 0; update < updates; update++) {
            if (update > 0) {
                learner.learnMore(images, update);
            }
            observer.updateReady(images, step, update, result);
            if (update == updates - 1) {
                long begin = System.nanoTime();
                observer.updatesReady(images, step);
                observedSeconds = (System.nanoTime() - begin) * 1e-9;
            }
            List<Trained> moved = learner.moved(update);
            penalty.addToUpdates(scale, moved);
            optimizer.apply(scale, rates, step * updates + update + 1, moved);
            maxNorm.apply(moved);
        }
        return result;
    }

    /** How long the observer looked at the last step, which is no part of learning. */
    double observedSeconds() {
        return observedSeconds;
    }

    /** The bound of losses. */
    LossBound bound() {
        return bound;
    }

    /** Announces an epoch to the learner. */
    void startEpoch(int epoch) {
        learner.startEpoch(epoch);
    }
}
