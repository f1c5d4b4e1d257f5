package org.bpfree.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The members of this family are chosen by their names alone ({@code dataset: mnist}) rather than by a block with the key {@code type}. They
 * are records without components, each with a {@link TypeName} and a {@link Doc}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ByName {}
