/**
 * YAML into records: text with positions, values of {@code --set}, records and families of records, every problem at once with line and column,
 * the nearest known name, JSON Schema. Knows no setting of any file: what an experiment or a sweep is belongs to the packages that own their
 * records.
 */
package org.bpfree.binding;
