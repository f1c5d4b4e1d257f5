package org.bpfree.sweep;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.bpfree.failure.Failure;

/**
 * Runs the cells of a plan on this machine, several at once, each in a process of its own, so that none takes another down. Each
 * process locks its cell itself: should this one be killed, the others end their cells, and whoever runs the plan next waits for
 * them.
 */
public final class ParallelRunner {
    private static final long POLL_MILLIS = 100;
    private static final int SIGNALS = 128;
    private static final int SIGHUP = 1;
    private static final int SIGINT = 2;
    private static final int SIGKILL = 9;
    private static final int SIGUSR1 = 10;
    private static final int SIGUSR2 = 12;
    private static final int SIGTERM = 15;

    /** Starts the process of a cell. */
    @FunctionalInterface
    public interface Launcher {
        /** The process, which runs this cell and no other. */
        Process launch(PlannedCell cell) throws IOException;
    }

    /** Is told how the sweep goes. */
    public interface Listener {
        /** A process has begun with a cell. */
        void began(PlannedCell cell);

        /** A cell is not at work any more. */
        void ended(CellReport report);

        /** Only cells that other processes run are left; called once for each. */
        void awaits(CellReport report);
    }

    private final SweepFolder folder;
    private final Inspector inspector;
    private final Launcher launcher;
    private final Listener listener;
    private final Map<PlannedCell, Process> running = new LinkedHashMap<>();
    private final Deque<PlannedCell> waiting = new ArrayDeque<>();
    private final List<PlannedCell> elsewhere = new ArrayList<>();
    private final List<PlannedCell> announced = new ArrayList<>();
    private final Set<PlannedCell> tried = new HashSet<>();

    /** A runner that starts processes with a launcher. */
    public ParallelRunner(SweepFolder folder, Launcher launcher, Listener listener) {
        this.folder = folder;
        this.launcher = launcher;
        this.listener = listener;
        inspector = new Inspector(folder);
    }

    /**
     * Runs every cell that is not final, once.
     *
     * @param parallel how many at once, at least 1
     * @param stop asked again and again; once it says yes, the processes are asked to stop and write checkpoints
     * @return how the cells of the plan stand at the end
     */
    public List<CellReport> run(Plan plan, int parallel, BooleanSupplier stop) {
        plan.cells().stream()
                .filter(cell -> !inspector.inspect(cell).state().isFinal())
                .forEach(waiting::add);
        boolean stopping = false;
        while (!running.isEmpty() || !stopping && (!waiting.isEmpty() || !elsewhere.isEmpty() || othersRun(plan))) {
            reap();
            if (!stopping && stop.getAsBoolean()) {
                stopping = true;
                running.values().forEach(Process::destroy);
            }
            while (!stopping && running.size() < parallel && !waiting.isEmpty()) {
                begin(waiting.poll());
            }
            if (!stopping && running.isEmpty() && waiting.isEmpty()) {
                lookElsewhere();
            }
            pause();
        }
        return inspector.inspect(plan);
    }

    private void begin(PlannedCell cell) {
        CellReport report = inspector.inspect(cell);
        if (report.state() == CellState.RUNNING) {
            elsewhere.add(cell);
        } else if (report.state().isFinal()) {
            listener.ended(report);
        } else {
            folder.prepare(cell);
            try {
                running.put(cell, launcher.launch(cell));
                listener.began(cell);
            } catch (IOException e) {
                throw Failure.causedBy(e, Failure.Kind.FAILED, "cannot start a process: " + e.getMessage());
            }
        }
    }

    private void reap() {
        List<PlannedCell> ended = running.entrySet().stream()
                .filter(each -> !each.getValue().isAlive())
                .map(Map.Entry::getKey)
                .toList();
        for (PlannedCell cell : ended) {
            int exitCode = running.remove(cell).exitValue();
            CellReport report = inspector.inspect(cell);
            if (report.state() == CellState.RUNNING) {
                elsewhere.add(cell);
                continue;
            }
            tried.add(cell);
            if (!report.state().isFinal()) {
                noteDeath(cell, exitCode);
            }
            listener.ended(inspector.inspect(cell));
        }
    }

    /** A process that could not say itself why it ended: killed, crashed, or not even begun. */
    private void noteDeath(PlannedCell cell, int exitCode) {
        Optional<Attempt> attempt = Attempt.read(folder.attempt(cell));
        if (attempt.isPresent() && attempt.get().exitCode() != null) {
            return;
        }
        int number = attempt.map(Attempt::number).orElse(1);
        Attempt death =
                switch (exitCode) {
                    // Before Java listens to these signals they end it as they end every program.
                    case SIGNALS + SIGHUP, SIGNALS + SIGINT, SIGNALS + SIGUSR1, SIGNALS + SIGUSR2, SIGNALS + SIGTERM ->
                        new Attempt(number, Failure.Kind.INTERRUPTED.exitCode(), "");
                    case SIGNALS + SIGKILL ->
                        new Attempt(number, null, "its process was killed (signal 9; out of memory?)");
                    default -> {
                        String otherwise = "its process ended with exit code " + exitCode;
                        yield new Attempt(number, exitCode, lastError(cell).orElse(otherwise));
                    }
                };
        death.write(folder.attempt(cell));
    }

    private Optional<String> lastError(PlannedCell cell) {
        String mark = "error: ";
        try {
            // Not readString, which fails on what native code may have printed in another encoding.
            return new String(Files.readAllBytes(folder.log(cell)), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.contains(mark))
                    .reduce((earlier, later) -> later)
                    .map(line -> line.substring(line.indexOf(mark) + mark.length()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Another process may have taken over a cell that was killed here; it is waited for like all others. */
    private boolean othersRun(Plan plan) {
        plan.cells().stream()
                .filter(cell -> inspector.inspect(cell).state() == CellState.RUNNING)
                .forEach(elsewhere::add);
        return !elsewhere.isEmpty();
    }

    private void lookElsewhere() {
        for (PlannedCell cell : List.copyOf(elsewhere)) {
            CellReport report = inspector.inspect(cell);
            if (report.state() != CellState.RUNNING) {
                elsewhere.remove(cell);
                if (tried.contains(cell)) {
                    listener.ended(report); // else two sweeps would hand a cell that fails to each other for ever
                } else {
                    waiting.add(cell);
                }
            } else if (!announced.contains(cell)) {
                announced.add(cell);
                listener.awaits(report);
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
