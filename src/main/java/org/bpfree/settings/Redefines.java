package org.bpfree.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a member of a family says otherwise of a setting that all members have in common (see {@link SameBlock}). */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Repeatable(Redefines.All.class)
public @interface Redefines {
    /** The setting. */
    String setting();

    /** Its default as YAML; empty for that of the others. */
    String standard() default "";

    /** What it means here; empty for what it means elsewhere. */
    String doc() default "";

    /** Several of them. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    @interface All {
        Redefines[] value();
    }
}
