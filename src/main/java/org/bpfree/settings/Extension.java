package org.bpfree.settings;

import java.util.List;

/**
 * Announces members of open families, such as optimizers and layers; found through {@link java.util.ServiceLoader}, so that a JAR on the
 * class path adds some. An implementation has a public constructor without arguments.
 */
public interface Extension {
    /** The settings records, each with a {@link TypeName}; which family one belongs to follows from the interface it implements. */
    List<Class<? extends Record>> members();
}
