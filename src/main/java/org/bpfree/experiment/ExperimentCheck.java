package org.bpfree.experiment;

import org.bpfree.binding.Problems;

/**
 * A check that needs the whole experiment, such as whether shapes flow through the network. Found through
 * {@link java.util.ServiceLoader}; runs before any data is read, and only when every setting is sound by itself.
 */
public interface ExperimentCheck {
    /** Reports everything that does not go together. */
    void check(Experiment experiment, Problems problems);
}
