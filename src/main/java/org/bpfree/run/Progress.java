package org.bpfree.run;

import java.util.Map;
import org.bpfree.train.TrainingListener;

/** Shows somebody how training goes. */
public interface Progress extends TrainingListener {
    /**
     * Shows figures of a probe until there are newer ones.
     *
     * @param figures as {@link org.bpfree.measure.AlignmentProbe} names them
     */
    default void show(Map<String, Double> figures) {}
}
