package org.bpfree.learn;

import org.bpfree.graph.Graph;
import org.bpfree.graph.Parameter;
import org.bpfree.tensor.Elementwise;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Tensor;

/**
 * What a network remembers of earlier batches, such as the running means of batch normalization. A learner that runs the network in training
 * mode more than once a batch keeps them after the pass that counts, and restores them after the others.
 */
public final class RememberedStatistics {
    private final Routine keep;
    private final Routine restore;

    /** The statistics of a network. */
    public RememberedStatistics(LearnerContext context, Graph network) {
        Routine all = Routine.NOTHING;
        Routine back = Routine.NOTHING;
        for (Parameter parameter : network.parameters()) {
            if (!parameter.trainable()) {
                Tensor value = context.parameters().get(parameter);
                Tensor kept = context.arena().fixed("inference/kept/" + parameter.key(), value.shape());
                all = all.then(Elementwise.copy(value, kept));
                back = back.then(Elementwise.copy(kept, value));
            }
        }
        keep = all;
        restore = back;
    }

    /** Keeps them as they are now. */
    public void keep() {
        keep.run();
    }

    /** Brings back what was kept. */
    public void restore() {
        restore.run();
    }
}
