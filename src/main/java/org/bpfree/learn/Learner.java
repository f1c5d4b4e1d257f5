package org.bpfree.learn;

import java.util.List;
import java.util.Map;
import org.bpfree.graph.Loss;
import org.bpfree.graph.Predictions;
import org.bpfree.tensor.Tensor;

/**
 * Credit assignment: from a batch to one update for each trained tensor. Learners know nothing of files, logs, optimizers or the
 * training loop, and the training loop knows nothing of how a learner works.
 */
public interface Learner {
    /**
     * Learns from one batch: runs the network and overwrites every {@link Trained#update}, summed over the images of the batch.
     *
     * @return losses of the batch before the update
     */
    Loss.Result learn(LabelledImages batch);

    /** Updates of one batch: {@link #learn} gives the first, {@link #learnMore} the others. */
    default int updatesPerBatch() {
        return 1;
    }

    /**
     * Goes on with the batch of the last {@link #learn} after its updates were applied, and overwrites every {@link Trained#update}.
     *
     * @param update number of the update within the batch, from 1 to {@link #updatesPerBatch} - 1
     */
    default void learnMore(LabelledImages batch, int update) {}

    /**
     * What an update moves, among {@link #trained}: the others keep their values, and whatever an optimizer remembers of them. The last
     * update of a batch is the one that observers see.
     *
     * @param update number of the update within the batch, from 0
     */
    default List<Trained> moved(int update) {
        return trained();
    }

    /**
     * Announces an epoch, before its first batch or where a resumed run enters it.
     *
     * @param epoch epochs that are complete
     */
    default void startEpoch(int epoch) {}

    /**
     * Class scores {@code [batch, classes]} of images, as the network predicts after training (no dropout, remembered statistics).
     * The tensor is overwritten by the next call of any method.
     */
    Tensor predict(LabelledImages batch);

    /**
     * Losses of the predictions of a batch; the default is the given loss of {@link #predict}.
     *
     * @param loss of the experiment
     * @param predictions written; null when they are not wanted
     */
    public default Loss.Result evaluate(LabelledImages batch, Loss loss, Predictions predictions) {
        return loss.evaluate(predict(batch), batch.targets(), null, predictions);
    }

    /**
     * Mean loss of an image where every class is given the same score, by which a loss counts as blown up; 0 where there is none.
     *
     * @param loss of the experiment
     */
    default double guessingLoss(Loss loss) {
        return loss.ofGuessing();
    }

    /**
     * The activation of every node that the learner runs in the last {@link #learn} of a batch of this size, by node name, in order. Where
     * nodes have states, that is what the states of a node's inputs predict for it.
     */
    Map<String, Tensor> activations(LabelledImages batch);

    /**
     * The state of every node that has one beside its activation after the last {@link #learn} of a batch of this size, {@code [batch,
     * ...]}, by node name; without entries for learners without inference.
     */
    default Map<String, Tensor> nodeStates(LabelledImages batch) {
        return Map.of();
    }

    /**
     * The error that reached the output of each node in the last {@link #learn} of a batch of this size, by node name; without entries for
     * nodes that no error reached, that the learner gives none, or whose errors its memory does not keep.
     */
    default Map<String, Tensor> errors(LabelledImages batch) {
        return Map.of();
    }

    /**
     * What is worth watching in the last {@link #learn} of a batch of this size beside the loss, by name, such as {@code
     * activity/dense1/firingRate}; for a metrics file.
     */
    default Map<String, Double> measurements(LabelledImages batch) {
        return Map.of();
    }

    /** Everything that updates change: the parameters of the network and the tensors the learner trains for itself. */
    List<Trained> trained();

    /**
     * Tensors that only the learner itself changes, or nobody, and that a resumed run must have again, by name. No update or weight
     * decay ever meets them.
     */
    default Map<String, Tensor> state() {
        return Map.of();
    }

    /**
     * What stood in for weights in the path of the error during the last {@link #learn}, by the key of the parameter; without entries
     * for weights that stood for themselves or that no error crossed.
     */
    default Map<String, Tensor> feedback() {
        return Map.of();
    }

    /** Scratch tensors in bytes, for the memory estimate. */
    long scratchBytes();
}
