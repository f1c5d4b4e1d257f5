package org.bpfree.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The value of a setting that an experiment file leaves out, written as YAML ({@code 0.9}, {@code []}, {@code {type: sgd}},
 * {@code null}). A component without this annotation is required.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Default {
    /** The YAML text of the value. */
    String value();
}
