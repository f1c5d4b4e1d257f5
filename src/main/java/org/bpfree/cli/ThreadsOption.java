package org.bpfree.cli;

import org.bpfree.failure.Failure;
import org.bpfree.tensor.Backend;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option {@code --threads}, the same wherever tensors are computed. */
final class ThreadsOption {
    private static final String VARIABLE = "OMP_NUM_THREADS";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads of all kernels. Default: $OMP_NUM_THREADS, else the number of processors.")
    private Integer threads;

    /**
     * Starts the backend.
     *
     * @return the number of threads it uses
     * @throws Failure if the number is impossible on this machine
     */
    int startBackend() {
        return start(resolve());
    }

    /**
     * Starts the backend with a number that is to be kept where nobody says otherwise.
     *
     * @param kept threads of an earlier session; a machine with fewer processors uses all it has
     * @return the number of threads it uses
     */
    int startBackend(int kept) {
        return start(threads == null ? Math.min(kept, Runtime.getRuntime().availableProcessors()) : resolve());
    }

    /** Starts the backend with the threads of an earlier session, whatever the option says; returns as {@link #startBackend(int)}. */
    int restartBackend(int kept) {
        return start(Math.min(kept, Runtime.getRuntime().availableProcessors()));
    }

    private int start(int chosen) {
        String variable = System.getenv(VARIABLE);
        if (variable != null && !variable.matches("[0-9]{0,4}")) {
            throw Failure.usage(
                    VARIABLE + " is '" + variable + "': expected one number of threads, which ND4J reads as it starts",
                    "Set it to one number, or unset it and use --threads.");
        }
        BackendTrouble.chooseCache();
        try {
            Backend.start(chosen);
        } catch (ExceptionInInitializerError | NoClassDefFoundError | UnsatisfiedLinkError e) {
            throw BackendTrouble.explain(e);
        }
        Notes.of(spec).detail("threads: " + chosen + ", backend: " + Backend.describe());
        return chosen;
    }

    /** The number of threads, checked. */
    int resolve() {
        int processors = Runtime.getRuntime().availableProcessors();
        if (threads == null) {
            String variable = System.getenv(VARIABLE);
            boolean usable = variable != null && variable.matches("[1-9][0-9]{0,3}");
            return usable ? Math.min(Integer.parseInt(variable), processors) : processors;
        }
        if (threads < 1 || threads > processors) {
            throw Failure.usage(
                    "--threads " + threads + " is impossible: this machine offers 1 to " + processors + " processors",
                    threads < 1
                            ? "Leave --threads out for all of them."
                            : "More threads than processors make every operation wait for the others.");
        }
        return threads;
    }
}
