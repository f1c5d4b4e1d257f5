package org.bpfree.optimizer;

/** The learning rates at a moment of a run. */
@FunctionalInterface
public interface Rates {
    /** That of an optimizer. */
    double of(OptimizerSettings settings);

    /**
     * Those of a moment, each by its schedule.
     *
     * @param epoch epochs gone, counted from 0, with the part of the present one as fraction
     * @param epochs of the whole run
     */
    static Rates at(double epoch, int epochs) {
        return settings -> settings.learningRate() * new Schedule(settings.schedule(), epochs).factor(epoch);
    }
}
