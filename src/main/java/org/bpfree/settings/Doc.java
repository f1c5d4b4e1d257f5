package org.bpfree.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** One sentence that tells a user what a setting, a type of setting or an enum constant means, with its unit. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.TYPE, ElementType.FIELD})
public @interface Doc {
    /** The sentence, shown in the JSON Schema and by {@code bpfree list}. */
    String value();
}
