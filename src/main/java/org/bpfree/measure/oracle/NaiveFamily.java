package org.bpfree.measure.oracle;

import java.util.Optional;
import org.bpfree.graph.Op;

/**
 * Knows the formulas of some ops, so that {@code bpfree verify} can recompute networks with them; found through {@link
 * java.util.ServiceLoader}, so that a JAR that adds an op adds its formula. An implementation has a public constructor without arguments,
 * and shares no code with the kernel it is to check.
 */
public interface NaiveFamily {
    /** The formula of an op, or nothing for an op of another family. */
    Optional<NaiveOp> formula(Op op);
}
