package org.bpfree.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bpfree.failure.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThreadsOptionTest {
    @Test
    void theOptionGoesBeforeTheVariableAndThatBeforeAllProcessors() {
        assertThat(ThreadsOption.resolve(null, null, 8)).isEqualTo(8);
        assertThat(ThreadsOption.resolve(null, "3", 8)).isEqualTo(3);
        assertThat(ThreadsOption.resolve(5, "3", 8)).isEqualTo(5);
    }

    @Test
    void anEmptyVariableIsNone() {
        assertThat(ThreadsOption.resolve(null, "", 8)).isEqualTo(8);
    }

    @Test
    void aVariableForALargerMachineTakesAllOfThisOne() {
        assertThat(ThreadsOption.resolve(null, "64", 2)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "4,2", "-1", "two", " ", " 2", "2.0", "99999"})
    void aVariableThatIsNoNumberOfThreadsIsRefusedWhateverTheOptionSays(String variable) {
        for (Integer option : new Integer[] {null, 1}) {
            assertThatThrownBy(() -> ThreadsOption.resolve(option, variable, 8))
                    .isInstanceOfSatisfying(
                            Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE))
                    .hasMessageContaining("OMP_NUM_THREADS is '" + variable + "'")
                    .hasMessageContaining("at least 1");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 9})
    void anOptionThatIsImpossibleIsRefused(int option) {
        assertThatThrownBy(() -> ThreadsOption.resolve(option, null, 8))
                .hasMessageContaining("--threads " + option + " is impossible")
                .hasMessageContaining("1 to 8");
    }
}
