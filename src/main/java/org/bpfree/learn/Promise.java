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

    /**
     * A measured figure beside its bound.
     *
     * @param layer the parameter it belongs to
     * @param measured the figure; NaN never holds
     * @param bound what it is compared with
     * @param atMost whether the figure may not exceed the bound; otherwise it may not fall below it
     */
    record Finding(String layer, double measured, double bound, boolean atMost) {
        /** Whether the promise is kept. */
        public boolean holds() {
            return atMost ? measured <= bound : measured >= bound;
        }

        /** The finding that is further from holding. */
        public Finding worse(Finding other) {
            if (Double.isNaN(measured) || Double.isNaN(other.measured)) {
                return Double.isNaN(measured) ? this : other;
            }
            return (measured > other.measured) == atMost ? this : other;
        }
    }
}
