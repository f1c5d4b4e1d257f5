package org.bpfree.learn.local;

import org.bpfree.settings.Doc;

/** What has a loss of its own. */
public enum Granularity {
    @Doc("Every layer with weights and the activation behind it.")
    LAYER,
    @Doc("Every part of the network that all paths go through, such as a residual block.")
    BLOCK
}
