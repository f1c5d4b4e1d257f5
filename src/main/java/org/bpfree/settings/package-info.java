/**
 * The vocabulary of settings records: annotations from which the YAML binder, the JSON Schema and the listings all read defaults,
 * ranges and explanations, so that each is written once, beside the component it speaks of.
 *
 * <p>Settings are records. Numbers, strings, booleans, enums (written in kebab-case), lists, nested records and sealed interfaces
 * (selected by the key {@code type}, see {@link org.bpfree.settings.TypeName}) may be components. A compact constructor may throw
 * {@link org.bpfree.settings.InvalidSetting} for what an annotation cannot say.
 */
package org.bpfree.settings;
