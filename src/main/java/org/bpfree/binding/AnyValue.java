package org.bpfree.binding;

/**
 * A setting whose type is not known yet, such as a value that goes into another file: checked to be YAML, and no more.
 *
 * @param text the value as YAML on one line, such as {@code {type: ekdaa, beta: 0.9}}
 */
public record AnyValue(String text) {}
