package org.bpfree.cli.console;

import java.util.Optional;
import org.bpfree.failure.Failure;
import org.bpfree.tensor.Backend;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option {@code --threads}, the same wherever tensors are computed. */
public final class ThreadsOption {
    private static final String VARIABLE = "OMP_NUM_THREADS";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description =
                    "Threads of all kernels. Default: $OMP_NUM_THREADS, at most the processors that this process may"
                            + " use (affinity, control group); else all of those.")
    private Integer threads;

    /**
     * Starts the backend.
     *
     * @return the number of threads it uses
     * @throws Failure if the number is impossible on this machine
     */
    public int startBackend() {
        return start(resolve());
    }

    /**
     * Starts the backend with a number that is to be kept where nobody says otherwise.
     *
     * @param kept threads of an earlier session; a machine with fewer processors uses all it has
     * @return the number of threads it uses
     */
    public int startBackend(int kept) {
        int most = Runtime.getRuntime().availableProcessors();
        return start(threads == null ? Math.min(kept, most) : resolve());
    }

    /** Starts the backend with the threads of an earlier session, whatever the option says; returns as {@link #startBackend(int)}. */
    public int restartBackend(int kept) {
        return start(Math.min(kept, Runtime.getRuntime().availableProcessors()));
    }

    private int start(int chosen) {
        ofEnvironment(System.getenv(VARIABLE)); // ND4J reads it as it starts, whatever was chosen
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
    public int resolve() {
        return resolve(threads, System.getenv(VARIABLE), Runtime.getRuntime().availableProcessors());
    }

    /**
     * The number of threads.
     *
     * @param option value of {@code --threads}; null where it was not given
     * @param variable value of {@code OMP_NUM_THREADS}; null where it is not set
     * @param processors how many this process may use, by its affinity and the quota of its control group
     * @throws Failure if the option or the variable is no possible number
     */
    public static int resolve(Integer option, String variable, int processors) {
        Optional<Integer> standard = ofEnvironment(variable);
        if (option == null) {
            return Math.min(standard.orElse(processors), processors);
        }
        if (option < 1 || option > processors) {
            throw Failure.usage(
                    "--threads " + option + " is impossible: this process may use 1 to " + processors + " processors",
                    option < 1
                            ? "Leave --threads out for all of them."
                            : "More threads than processors make every operation wait for the others.");
        }
        return option;
    }

    /** The number that the variable holds, and none where it is unset or empty. ND4J reads nothing but one whole number. */
    private static Optional<Integer> ofEnvironment(String variable) {
        if (variable == null || variable.isEmpty()) {
            return Optional.empty();
        }
        if (!variable.matches("[1-9][0-9]{0,3}")) {
            throw Failure.usage(
                    VARIABLE + " is '" + variable + "': expected one whole number of threads, at least 1",
                    "Set it to one number, or unset it; then --threads decides, else all processors that this process may"
                            + " use.");
        }
        return Optional.of(Integer.valueOf(variable));
    }
}
