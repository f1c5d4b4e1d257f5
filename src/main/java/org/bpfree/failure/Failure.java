package org.bpfree.failure;

import java.util.List;

/**
 * Something went wrong that a user can understand and mend. The message says what, where, which value, what is allowed and what to
 * do next; the command line prints it without a stack trace and exits with {@link Kind#exitCode}.
 */
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 5;

    /** What kind of failure, and with it the exit code of the process. */
    public enum Kind {
        /** The work could not be done: a full disk, a read-only folder, a corrupt checkpoint. */
        FAILED(1),
        /** The command line or the experiment file is wrong. */
        USAGE(2),
        /** A dataset is missing or damaged. */
        DATA(3),
        /** Training produced NaN or infinity. */
        DIVERGED(4),
        /** A learner does not keep what its theory promises. */
        MISMATCH(5),
        /** A defect of bpfree itself. */
        INTERNAL(70),
        /** Training stopped on request and can be resumed. */
        INTERRUPTED(75);

        private final int exitCode;

        Kind(int exitCode) {
            this.exitCode = exitCode;
        }

        /** The exit code of the process. */
        public int exitCode() {
            return exitCode;
        }
    }

    /**
     * One of the things that are wrong, for programs.
     *
     * @param file where it is, empty for the command line
     * @param line from 1; 0 where it is in no line
     * @param column from 1; 0 where it is in no line
     * @param setting the path of the setting, empty for the file as a whole
     * @param message what is wrong
     */
    public record Finding(String file, int line, int column, String setting, String message) {}

    private final Kind kind;
    private final List<String> hints;
    private final transient List<Finding> findings;

    private Failure(Kind kind, String message, Throwable cause, List<String> hints) {
        this(kind, message, cause, hints, List.of());
    }

    private Failure(Kind kind, String message, Throwable cause, List<String> hints, List<Finding> findings) {
        super(message, cause);
        this.kind = kind;
        this.hints = List.copyOf(hints);
        this.findings = List.copyOf(findings);
    }

    /** A failure of the given kind, with hints on what to do next (possibly none). */
    public static Failure of(Kind kind, String message, String... hints) {
        return new Failure(kind, message, null, List.of(hints));
    }

    /** As {@link #of}, caused by another exception, which {@code --stacktrace} shows. */
    public static Failure causedBy(Throwable cause, Kind kind, String message, String... hints) {
        return new Failure(kind, message, cause, List.of(hints));
    }

    /** The command line or the experiment file is wrong. */
    public static Failure usage(String message, String... hints) {
        return of(Kind.USAGE, message, hints);
    }

    /** As {@link #usage(String, String...)}, with each thing that is wrong by itself. */
    public static Failure usage(String message, List<Finding> findings, String... hints) {
        return new Failure(Kind.USAGE, message, null, List.of(hints), findings);
    }

    /** A dataset is missing or damaged. */
    public static Failure data(String message, String... hints) {
        return of(Kind.DATA, message, hints);
    }

    /** The work could not be done. */
    public static Failure failed(String message, String... hints) {
        return of(Kind.FAILED, message, hints);
    }

    /**
     * The first of what may be many lines, and how many more there are.
     *
     * @param indent before every line but the first
     */
    public static String few(List<String> lines, String indent) {
        int more = lines.size() - SHOWN;
        String shown = String.join("\n" + indent, lines.subList(0, Math.min(SHOWN, lines.size())));
        return more > 0 ? shown + "\n" + indent + "... and " + more + " more" : shown;
    }

    /** What kind of failure this is. */
    public Kind kind() {
        return kind;
    }

    /** Each thing that is wrong by itself; empty where the message is all there is. */
    public List<Finding> findings() {
        return findings;
    }

    /** What to do next, one line each. */
    public List<String> hints() {
        return hints;
    }
}
