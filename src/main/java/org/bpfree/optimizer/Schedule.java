package org.bpfree.optimizer;

/** The factor on the learning rate at each moment of a run. */
public final class Schedule {
    private final ScheduleSettings settings;
    private final int epochs;

    /** A schedule over the given number of epochs. */
    public Schedule(ScheduleSettings settings, int epochs) {
        this.settings = settings;
        this.epochs = epochs;
    }

    /**
     * The factor at a moment.
     *
     * @param epoch epochs gone, counted from 0, with the part of the present one as fraction
     */
    public double factor(double epoch) {
        if (settings instanceof ScheduleSettings.Step step) {
            long passed = step.epochs().stream().filter(start -> epoch >= start).count();
            return Math.pow(step.factor(), passed);
        }
        if (settings instanceof ScheduleSettings.Cosine cosine) {
            if (epoch < cosine.warmup()) {
                return cosine.start() + (1 - cosine.start()) * epoch / cosine.warmup();
            }
            double progress = Math.min(1, (epoch - cosine.warmup()) / Math.max(1e-9, epochs - cosine.warmup()));
            return cosine.minimum() + (1 - cosine.minimum()) * 0.5 * (1 + Math.cos(Math.PI * progress));
        }
        return 1;
    }
}
