package org.bpfree.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The keys of this component stand in the block of the record around it. Where the component is of a family, the {@code type} that chooses
 * among its members comes first: what all members have in common stands once, in the record around them. Where it is a record, it is what
 * several records have in common.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface SameBlock {}
