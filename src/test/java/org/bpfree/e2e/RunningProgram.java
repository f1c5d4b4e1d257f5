package org.bpfree.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A process of the program; its streams go to files, so that it never waits for a reader. */
final class RunningProgram {
    private static final long LIMIT_SECONDS = 120;
    private static final String STOPS_IGNORED =
            "SigIgn:\\s*[0-9a-f]*[1235679abdef]"; // bits 0 (HUP) and 1 (INT) of the mask

    private final List<String> command;
    private final Process process;
    private final Path out;
    private final Path err;

    private RunningProgram(List<String> command, Process process, Path out, Path err) {
        this.command = command;
        this.process = process;
        this.out = out;
        this.err = err;
    }

    static RunningProgram start(Path folder, Map<String, String> environment, List<String> command) {
        try {
            Path out = Files.createTempFile(folder, "out", ".txt");
            Path err = Files.createTempFile(folder, "err", ".txt");
            ProcessBuilder builder = new ProcessBuilder(listeningToSignals(command))
                    .directory(folder.toFile())
                    .redirectInput(ProcessBuilder.Redirect.from(
                            Files.createTempFile(folder, "in", ".txt").toFile()))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "OMP_NUM_THREADS", "NO_COLOR"));
            builder.environment().putAll(environment);
            return new RunningProgram(command, builder.start(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A shell that starts the tests in the background, or nohup, has them ignore signals, and children inherit that. */
    private static List<String> listeningToSignals(List<String> command) throws IOException {
        Path status = Path.of("/proc/self/status");
        boolean ignored = Files.exists(status)
                && Files.readAllLines(status).stream().anyMatch(line -> line.matches(STOPS_IGNORED));
        if (!ignored) {
            return command;
        }
        List<String> wrapped = new ArrayList<>(List.of("env", "--default-signal=INT,HUP"));
        wrapped.addAll(command);
        return wrapped;
    }

    /** Waits until something is so. */
    void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (!condition.getAsBoolean() && process.isAlive()) {
            assertThat(System.nanoTime()).as("waiting for " + what).isLessThan(deadline);
            pause(2);
        }
        assertThat(condition.getAsBoolean())
                .as(what + " before the end of\n" + this)
                .isTrue();
    }

    /** What was written to standard output so far. */
    String out() {
        return read(out);
    }

    /** The bytes that were written to standard output so far. */
    byte[] outBytes() {
        return bytes(out);
    }

    /** What was written to standard error so far. */
    String err() {
        return read(err);
    }

    /** SIGKILL: the process has no chance to clean up. */
    void kill() {
        process.destroyForcibly();
    }

    /** SIGKILL to the process and all that it has started. */
    void killAll() {
        List<ProcessHandle> started = process.toHandle().descendants().toList();
        process.destroyForcibly();
        started.forEach(ProcessHandle::destroyForcibly);
    }

    /** Sends a signal by name. */
    void signal(String name) {
        signal(name, process.pid());
    }

    /** Sends a signal by name to the Java that another program started. */
    void signalJava(String name) {
        long java = process.toHandle()
                .descendants()
                .filter(child -> child.info().command().orElse("").endsWith("java"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no Java below\n" + this))
                .pid();
        signal(name, java);
    }

    private static void signal(String name, long pid) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(pid)).start();
            assertThat(kill.waitFor()).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits for the end. */
    Outcome end() {
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("no end after " + LIMIT_SECONDS + " s\n" + this);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return new Outcome(command, process.exitValue(), read(out), read(err));
    }

    static void pause(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String read(Path file) {
        return new String(bytes(file), StandardCharsets.UTF_8).replace("\r\n", "\n");
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return String.join(" ", command) + "\n--- standard output\n" + read(out) + "--- standard error\n" + read(err);
    }
}
