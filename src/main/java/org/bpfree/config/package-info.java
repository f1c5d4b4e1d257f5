/**
 * From an experiment file to settings records and back: YAML with positions, overrides from the command line, a binder driven by
 * the annotations of {@link org.bpfree.settings}, problems reported all at once, the resolved file, its hash and its JSON Schema.
 *
 * <p>{@link org.bpfree.config.ExperimentLoader} is the way in.
 */
package org.bpfree.config;
