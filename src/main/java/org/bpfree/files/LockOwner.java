package org.bpfree.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A process that holds a lock, told apart from later processes with the same number.
 *
 * @param host name of its machine
 * @param pid its number there
 * @param started when it began: on Linux in ticks since the machine did, which no change of its clock moves, else in milliseconds since 1970
 * @param slurmJob the Slurm job it belongs to, empty for none
 * @param slurmRestarts how often that job had been requeued
 */
public record LockOwner(String host, long pid, long started, String slurmJob, int slurmRestarts) {
    private static final int STATE = 0; // in what /proc/PID/stat says behind the name of the program
    private static final int START = 19;
    private static final Path LINUX_HOST = Path.of("/proc/sys/kernel/hostname");
    /** This process. */
    public static LockOwner self() {
        return of(ProcessHandle.current());
    }

    /** A process of this machine and this Slurm job. */
    static LockOwner of(ProcessHandle process) {
        Map<String, String> environment = System.getenv();
        String restarts = environment.getOrDefault("SLURM_RESTART_COUNT", "0");
        return new LockOwner(
                hostName(),
                process.pid(),
                startOf(process),
                environment.getOrDefault("SLURM_JOB_ID", ""),
                restarts.matches("[0-9]{1,6}") ? Integer.parseInt(restarts) : 0);
    }

    private static String hostName() {
        try {
            return Files.exists(LINUX_HOST)
                    ? Files.readString(LINUX_HOST).strip()
                    : InetAddress.getLocalHost().getHostName();
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static long startOf(ProcessHandle process) {
        String[] stat = stat(process.pid());
        return stat.length > START
                ? Long.parseLong(stat[START])
                : process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    /** What Linux tells of a process, from its state on; nothing elsewhere, or when the process is gone. */
    private static String[] stat(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
            return stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        } catch (IOException e) {
            return new String[0];
        }
    }

    /** Whether only the machine of this process can tell if the owner lives. */
    boolean isElsewhere(LockOwner here) {
        return !host.equals(here.host);
    }

    /** Whether Slurm has started the owner's job anew, as the job of another process: the owner is gone then. */
    boolean isReplacedBy(LockOwner other) {
        return !slurmJob.isEmpty() && slurmJob.equals(other.slurmJob) && slurmRestarts < other.slurmRestarts;
    }

    /** Whether the process lives; asked on its own machine. */
    boolean isAlive() {
        Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
        String[] stat = stat(pid);
        boolean zombie = stat.length > 0 && stat[STATE].equals("Z"); // it has ended, only its parent took no notice
        return process.isPresent() && !zombie && startOf(process.get()) == started;
    }

    /** What stands in a lock. */
    public String json() {
        return Json.line(this);
    }

    static Optional<LockOwner> parse(String text) {
        try {
            return Optional.of(Json.parse(text, LockOwner.class)).filter(owner -> owner.host != null);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "process " + pid + " on " + host + (slurmJob.isEmpty() ? "" : " (Slurm job " + slurmJob + ")");
    }
}
