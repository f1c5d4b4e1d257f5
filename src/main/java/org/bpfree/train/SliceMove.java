package org.bpfree.train;

import java.util.List;
import java.util.Optional;
import org.bpfree.learn.Trained;
import org.bpfree.optimizer.OptimizerSettings;
import org.bpfree.optimizer.UpdateRule;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Tensor;

/** Moves a range of the numbers of one tensor. Ranges that do not overlap may move on different threads. */
interface SliceMove {
    /** Moves of numbers {@code from..to-1}, in the precision of the tensor if the rule is written in it. */
    static SliceMove of(
            OptimizerSettings settings, UpdateRule rule, Trained trained, List<Tensor> slots, int from, int to) {
        boolean limited =
                trained.kind() == Trained.Kind.WEIGHTS && (settings.kind().keepsSigns() || settings.weightLimit() > 0);
        Optional<UpdateRule.Single> single = rule.single();
        return single.isPresent() && !limited && trained.value().precision() == Precision.FLOAT32
                ? new FloatSliceMove(single.get(), trained, slots, from, to)
                : new DoubleSliceMove(settings, rule, trained, slots, from, to);
    }

    /**
     * Moves the numbers.
     *
     * @param factor on every update
     * @param rate learning rate of this step
     * @param step number of this step, from 1
     */
    void run(double factor, double rate, long step);

    /**
     * Holds that all numbers written so far can be held by their tensors.
     *
     * @throws Divergence if one was NaN or too large for its precision
     */
    void requireFinite();
}
