package org.bpfree.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the processors could do at most by their data sheet: single-precision operations of fused multiply-adds.
 *
 * @param instructions the widest vector instructions, such as {@code AVX2}
 * @param gigahertz clock the system tells; processors may run faster for a while
 * @param gflops of the threads given, 10^9 operations a second
 */
public record ProcessorPeak(String instructions, double gigahertz, double gflops) {
    private static final Path LINUX = Path.of("/proc/cpuinfo");
    private static final double MEGA_TO_GIGA = 1e-3;

    /** Operations a cycle of a core with two units of this width: two operations a number. */
    private enum Width {
        AVX512F("AVX-512", 64),
        AVX2("AVX2", 32),
        AVX("AVX", 16),
        SSE2("SSE2", 8);

        private final String title;
        private final int operations;

        Width(String title, int operations) {
            this.title = title;
            this.operations = operations;
        }
    }

    /** The peak of so many threads, each on a core of its own; nothing where the system does not tell. */
    public static Optional<ProcessorPeak> of(int threads) {
        try {
            return Files.exists(LINUX) ? of(Files.readAllLines(LINUX), threads) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** As {@link #of(int)}, from the lines of {@code /proc/cpuinfo}. */
    public static Optional<ProcessorPeak> of(List<String> lines, int threads) {
        Optional<String> flags = value(lines, "flags");
        Optional<Double> megahertz = value(lines, "cpu MHz").map(Double::valueOf);
        if (flags.isEmpty() || megahertz.isEmpty()) {
            return Optional.empty();
        }
        List<String> known = Arrays.asList(flags.get().split(" "));
        double gigahertz = megahertz.get() * MEGA_TO_GIGA;
        return Arrays.stream(Width.values())
                .filter(width -> known.contains(width.name().toLowerCase(Locale.ROOT)))
                .findFirst()
                .map(width -> new ProcessorPeak(width.title, gigahertz, threads * gigahertz * width.operations));
    }

    /** The name of the processor, where the system tells it. */
    public static Optional<String> model() {
        try {
            return Files.exists(LINUX) ? value(Files.readAllLines(LINUX), "model name") : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> value(List<String> lines, String key) {
        return lines.stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst();
    }
}
