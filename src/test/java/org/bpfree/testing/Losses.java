package org.bpfree.testing;

import java.util.List;
import java.util.stream.Stream;
import org.bpfree.graph.CrossEntropy;
import org.bpfree.graph.LossFunction;

/** The losses that come with the program. */
public final class Losses {
    /** Each with its defaults. */
    public static final List<LossFunction> ALL =
            List.of(LossFunction.CROSS_ENTROPY, LossFunction.SQUARED_ERROR, LossFunction.BINARY_CROSS_ENTROPY);

    /** With other settings, too. */
    public static final List<LossFunction> VARIED =
            Stream.concat(ALL.stream(), Stream.of(new CrossEntropy(0.1))).toList();

    private Losses() {}

    /** The one of a name. */
    public static LossFunction named(String name) {
        return ALL.stream().filter(loss -> loss.name().equals(name)).findFirst().orElseThrow();
    }
}
