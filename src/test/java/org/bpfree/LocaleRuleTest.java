package org.bpfree;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Negative controls of the rule. */
class LocaleRuleTest {
    private static final class Careless {
        final Supplier<String> format = () -> String.format("%.2f", 0.5);
        final Supplier<String> formatted = () -> "%.2f".formatted(0.5);
        final Supplier<String> upper = () -> "sigmoid".toUpperCase();
        final Supplier<byte[]> bytes = () -> "±".getBytes();
        final Supplier<String> text = () -> new String(new byte[] {1});
    }

    private static final class Careful {
        final Supplier<String> format = () -> String.format(Locale.ROOT, "%.2f", 0.5);
        final Supplier<String> upper = () -> "sigmoid".toUpperCase(Locale.ROOT);
        final Supplier<byte[]> bytes = () -> "±".getBytes(StandardCharsets.UTF_8);
    }

    private static int violations(Class<?> type) {
        return LocaleRule.of(noClasses(), "org.bpfree")
                .evaluate(new ClassFileImporter().importClasses(type))
                .getFailureReport()
                .getDetails()
                .size();
    }

    @Test
    void everyCallThatDependsOnTheMachineIsFound() {
        assertThat(violations(Careless.class)).isEqualTo(5);
    }

    @Test
    void callsThatNameWhatTheyMeanAreFree() {
        assertThat(violations(Careful.class)).isZero();
    }
}
