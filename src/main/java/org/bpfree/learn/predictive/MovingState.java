package org.bpfree.learn.predictive;

import java.util.function.DoubleSupplier;
import org.bpfree.tensor.Elementwise;
import org.bpfree.tensor.Norm;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Tensor;

/**
 * One state {@code x} that moves down its energy, {@code x <- x - gamma v} with {@code v <- m v + (D - e)}, where {@code e = (mu - x) /
 * sigma^2} is its error and {@code D} what its readers pull.
 *
 * <p>It is kept as its displacement {@code s = x - mu(0)} from the forward pass, so that {@code e = ((mu - mu(0)) - s) / sigma^2}: errors
 * that are small beside {@code mu} would be lost to rounding in {@code mu - x} (z-il.md, section 6). Where nothing below has moved, {@code
 * e} is {@code -s} to the last bit.
 */
final class MovingState {
    private final Tensors tensors;
    private final Rule rule;
    private final Magnification own;
    private final Routine move;
    private final Routine place;
    private final Routine error;
    private final Routine errorBeforeChange;

    /**
     * Where a state is kept.
     *
     * @param x what its readers see
     * @param mu what is predicted for it
     * @param first the prediction of the forward pass; the same as {@code mu} where that never changes
     * @param s its displacement
     * @param velocity null without momentum
     * @param error written when errors are found
     * @param pull what its readers pull
     */
    record Tensors(Tensor x, Tensor mu, Tensor first, Tensor s, Tensor velocity, Tensor error, Tensor pull) {}

    /**
     * How a state moves.
     *
     * @param rate inference rate gamma
     * @param momentum of the moves, 0 for none
     * @param precision {@code 1 / sigma^2}, of the present round; {@link Rule#EVEN} where it is always 1
     * @param difference whether the error is formed as {@code mu - x}, as papers write it, in spite of rounding
     * @param hidden whether readers go on seeing the forward pass
     */
    record Rule(double rate, double momentum, DoubleSupplier precision, boolean difference, boolean hidden) {
        /** Errors that are not weighed. */
        static final DoubleSupplier EVEN = () -> 1;
    }

    /**
     * A state.
     *
     * @param own how its displacement is shown to its readers
     * @param below how the displacements were shown that its prediction reads
     */
    MovingState(Tensors tensors, Rule rule, Magnification own, Magnification below) {
        this.tensors = tensors;
        this.rule = rule;
        this.own = own;
        Tensor e = tensors.error;
        Tensor s = tensors.s;
        own.add(new Norm(s), new Norm(tensors.first));
        move = descend();
        place = Elementwise.blend(tensors.first, () -> 1, s, own::factor, tensors.x);
        Routine weigh = rule.precision == Rule.EVEN ? Routine.NOTHING : Elementwise.scale(e, rule.precision, e);
        error = (rule.difference
                        ? Elementwise.subtract(tensors.mu, tensors.x, e)
                        : Elementwise.changeBeyond(tensors.mu, tensors.first, () -> 1 / below.factor(), s, e))
                .then(weigh);
        errorBeforeChange = rule.difference ? error : Elementwise.scale(s, () -> -rule.precision.getAsDouble(), e);
    }

    private Routine descend() {
        Tensor s = tensors.s;
        Tensor e = tensors.error;
        Tensor pull = tensors.pull;
        Tensor velocity = tensors.velocity;
        double rate = rule.rate;
        if (velocity != null) {
            return Elementwise.blend(velocity, rule.momentum, pull, 1, velocity)
                    .then(Elementwise.subtract(velocity, e, velocity))
                    .then(Elementwise.blend(s, 1, velocity, -rate, s));
        }
        return rate == 1
                ? Elementwise.add(s, e, s).then(Elementwise.subtract(s, pull, s))
                : Elementwise.blend(s, 1, e, rate, s).then(Elementwise.blend(s, 1, pull, -rate, s));
    }

    /** Forgets the batch before; after a forward pass. */
    void start() {
        tensors.error.fill(0); // a state may move before it first differs from its prediction, and before it is pulled
        tensors.pull.fill(0);
        tensors.s.fill(0);
        if (tensors.velocity != null) {
            tensors.velocity.fill(0);
        }
        if (tensors.first != tensors.mu) {
            tensors.first.copyFrom(tensors.mu);
        }
    }

    /**
     * Finds the error.
     *
     * @param changed whether the prediction may differ from that of the forward pass
     */
    void findError(boolean changed) {
        (changed ? error : errorBeforeChange).run();
    }

    /** Moves; readers see it after {@link #place}. */
    void move() {
        move.run();
    }

    /** Moves by given numbers. */
    void displace(double[] by) {
        tensors.s.write(by);
        place();
    }

    /** Shows readers where the state is, at the present factor of its group, unless it is hidden from them. */
    void place() {
        if (!rule.hidden) {
            place.run();
        }
    }

    /** Writes where the state is, once nobody reads it in this batch. */
    void end() {
        own.end();
        place.run();
    }

    /** Shows readers the forward pass. */
    void recede() {
        tensors.x.copyFrom(tensors.first);
    }

    /** How the displacement is shown to readers. */
    Magnification magnification() {
        return own;
    }
}
