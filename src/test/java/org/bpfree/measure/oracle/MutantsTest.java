package org.bpfree.measure.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A check is worth what it catches: wrong learners and kernels, put in front of the command line one at a time. */
@DisplayName("verify catches")
class MutantsTest {
    @TempDir
    private Path folder;

    static Stream<Mutant> mutants() throws IOException {
        return Mutant.all().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mutants")
    @DisplayName("a wrong learner or kernel")
    void isCaught(Mutant mutant) throws IOException {
        Verify.Outcome outcome = new Verify(mutant.loader(), folder)
                .run(mutant.network(), mutant.learner(), mutant.settings().toArray(String[]::new));
        assertThat(outcome.exitCode())
                .as("%s %s %s", mutant.name(), outcome.messages(), outcome.report())
                .isEqualTo(5);
        assertThat(outcome.broken()).isNotEmpty();
    }

    @Test
    @DisplayName("nothing in a program that was compiled the same way without a fault")
    void control() throws IOException {
        Mutant harmless = new Mutant(
                "no fault",
                "graph/Loss.java",
                "int correct = 0;",
                "int correct = 0 + 0;",
                "convolutional",
                "{type: fa}",
                List.of());
        Verify.Outcome outcome = new Verify(harmless.loader(), folder).run(harmless.network(), harmless.learner());
        assertThat(outcome.exitCode()).as(outcome.messages()).isZero();
    }
}
