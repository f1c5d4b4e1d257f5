package org.bpfree.measure;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bpfree.tensor.Backend;

/** What the system and Java tell of this process. */
final class ProcessFigures {
    private ProcessFigures() {}

    /** Largest resident memory so far; where the system does not tell, the present one. */
    static long peakBytes() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("VmHWM:")) {
                    return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
                }
            }
        } catch (IOException e) {
            return Backend.residentBytes(); // not Linux
        }
        return Backend.residentBytes();
    }

    /** Processor time of all threads together, or -1 where the system does not tell. */
    static long cpuNanos() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : -1;
    }

    /** Pages touched for the first time, or -1 where the system does not tell. */
    static long pageFaults() {
        try {
            String[] fields = Files.readString(Path.of("/proc/self/stat"))
                    .replaceAll("\\(.*\\)", "x")
                    .split(" ");
            return Long.parseLong(fields[9]);
        } catch (IOException e) {
            return -1; // not Linux
        }
    }

    /** Time that Java has spent on compiling, or 0 where it does not tell. */
    static long compilationMillis() {
        CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
        return compiler == null || !compiler.isCompilationTimeMonitoringSupported()
                ? 0
                : compiler.getTotalCompilationTime();
    }
}
