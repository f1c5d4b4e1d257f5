package org.bpfree;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.GivenClasses;
import java.io.FileReader;
import java.io.FileWriter;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.time.format.DateTimeFormatter;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Scanner;
import java.util.Set;

/** Calls whose results depend on the locale or the encoding of the machine, unless they are given one. */
final class LocaleRule {
    /** Methods that have a variant with a locale or an encoding. */
    private static final Map<Class<?>, Set<String>> METHODS = Map.of(
            String.class, Set.of("format", "formatted", "toUpperCase", "toLowerCase", "getBytes"),
            PrintWriter.class, Set.of("printf", "format"),
            PrintStream.class, Set.of("printf", "format"),
            DateTimeFormatter.class, Set.of("ofPattern"),
            Charset.class, Set.of("defaultCharset"));

    private static final List<Class<?>> CONSTRUCTED = List.of(
            FileReader.class,
            FileWriter.class,
            InputStreamReader.class,
            OutputStreamWriter.class,
            Formatter.class,
            Scanner.class);

    private LocaleRule() {}

    static ArchRule of(GivenClasses classes, String packages) {
        return classes.that().resideInAPackage(packages).should().accessTargetWhere(DEPENDS);
    }

    private static final DescribedPredicate<JavaAccess<?>> DEPENDS =
            DescribedPredicate.describe("a call without Locale or Charset", LocaleRule::depends);

    private static boolean depends(JavaAccess<?> access) {
        if (!(access instanceof JavaCall<?> call)) {
            return false;
        }
        List<JavaClass> given = call.getTarget().getRawParameterTypes();
        if (given.stream().anyMatch(type -> type.isEquivalentTo(Locale.class) || type.isEquivalentTo(Charset.class))) {
            return false;
        }
        JavaClass owner = call.getTargetOwner();
        boolean ofBytes = owner.isEquivalentTo(String.class)
                && call.getName().equals("<init>")
                && given.stream().anyMatch(type -> type.isEquivalentTo(byte[].class));
        return ofBytes
                || METHODS.entrySet().stream()
                        .anyMatch(each -> owner.isEquivalentTo(each.getKey())
                                && each.getValue().contains(call.getName()))
                || call.getName().equals("<init>") && CONSTRUCTED.stream().anyMatch(owner::isEquivalentTo);
    }
}
