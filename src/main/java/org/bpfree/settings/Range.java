package org.bpfree.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The values that a numeric setting may take; for a list, what each of its elements may take. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Range {
    /** Smallest value allowed. */
    double min() default Double.NEGATIVE_INFINITY;

    /** Largest value allowed. */
    double max() default Double.POSITIVE_INFINITY;

    /** Whether {@link #min} itself is outside the range. */
    boolean aboveMin() default false;

    /** Whether {@link #max} itself is outside the range. */
    boolean belowMax() default false;
}
