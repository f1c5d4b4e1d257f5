package org.bpfree.learn;

import java.util.List;

/**
 * Something the theory of a learner promises of every step, in a form that can be measured and can fail.
 *
 * <p>A promise sees the steps of one run in order and may compare a step with earlier ones; it is used for one run only.
 */
public interface Promise {
    /** What is promised, in a few words. */
    String name();

    /** Measures a step: one finding for each layer the promise speaks of. */
    List<Finding> measure(StepView step);

    /** What became of a promise. */
    enum Outcome {
        /** Measured, and within its bound. */
        HOLDS,
        /** Measured, and not within its bound. */
        BROKEN,
        /** Not measured. */
        NOT_CHECKED
    }

    /**
     * A measured figure beside its bound.
     *
     * @param layer the parameter it belongs to
     * @param measured the figure; NaN never holds
     * @param bound what it is compared with
     * @param atMost whether the figure may not exceed the bound; otherwise it may not fall below it
     * @param reason why nothing was measured, or empty
     */
    record Finding(String layer, double measured, double bound, boolean atMost, String reason) {
        /** A figure that was measured. */
        public Finding(String layer, double measured, double bound, boolean atMost) {
            this(layer, measured, bound, atMost, "");
        }

        /** Nothing was measured. */
        public static Finding unchecked(String layer, String reason) {
            return new Finding(layer, Double.NaN, Double.NaN, true, reason);
        }

        /** What became of the promise. */
        public Outcome outcome() {
            if (!reason.isEmpty()) {
                return Outcome.NOT_CHECKED;
            }
            boolean holds = atMost ? measured <= bound : measured >= bound;
            return holds ? Outcome.HOLDS : Outcome.BROKEN;
        }

        /** Of two findings of the same figure the one that is further from holding; one that was measured rather than one that was not. */
        public Finding worse(Finding other) {
            if (outcome() == Outcome.NOT_CHECKED || other.outcome() == Outcome.NOT_CHECKED) {
                return outcome() == Outcome.NOT_CHECKED ? other : this;
            }
            if (Double.isNaN(measured) || Double.isNaN(other.measured)) {
                return Double.isNaN(measured) ? this : other;
            }
            return excess() > other.excess() ? this : other;
        }

        /** How much of the bound is used up; above 1 is broken. */
        private double excess() {
            double used = atMost ? measured / bound : bound / measured;
            return measured == bound ? 1 : used;
        }
    }
}
