package org.bpfree.graph;

import java.util.List;
import org.bpfree.settings.Extension;

/** The losses that come with the program. */
public final class BuiltInLosses implements Extension {
    @Override
    public List<Class<? extends Record>> members() {
        return List.of(CrossEntropy.class, SquaredError.class, BinaryCrossEntropy.class);
    }
}
