package org.bpfree.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The value of the key {@code type} that selects this record among the variants of a sealed settings interface. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface TypeName {
    /** The name in an experiment file, lower case with hyphens. */
    String value();
}
