package org.bpfree.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessorPeakTest {
    @Test
    void aCoreWithTwoUnitsOfEightNumbersDoesThirtyTwoOperationsACycle() {
        ProcessorPeak peak = ProcessorPeak.of(
                        List.of("model name\t: X", "cpu MHz\t\t: 2500.000", "flags\t\t: fpu sse2 avx avx2 fma"), 2)
                .orElseThrow();
        assertThat(peak.instructions()).isEqualTo("AVX2");
        assertThat(peak.gflops()).isCloseTo(2 * 2.5 * 32, within(1e-9));
    }

    @Test
    void theWidestInstructionsCount() {
        assertThat(ProcessorPeak.of(List.of("cpu MHz : 1000", "flags : sse2 avx avx2 avx512f"), 1)
                        .orElseThrow()
                        .gflops())
                .isCloseTo(64, within(1e-9));
    }

    @Test
    void whereTheSystemDoesNotTellThereIsNoPeak() {
        assertThat(ProcessorPeak.of(List.of("processor : 0"), 1)).isEmpty();
    }
}
