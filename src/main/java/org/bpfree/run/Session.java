package org.bpfree.run;

import java.io.PrintWriter;
import java.util.List;
import org.bpfree.experiment.Experiment;

/** Who trains, and where it is told: what is the same for a run and its twin. */
public interface Session {
    /** Where lines for the user go. */
    PrintWriter screen();

    /** Whether only warnings go there, and nothing of how the training goes. */
    boolean quiet();

    /** Shows how the training of an experiment goes; lines go to the console. */
    Progress progress(Console console, Experiment experiment);

    /** Asked after each batch. */
    StopRequest stop();

    /** Threads of the backend. */
    int threads();

    /** The command line, for the manifest. */
    List<String> arguments();

    /** Another process has taken the run over, which this one seemed to have left. Does not return. */
    void lost(RunFolder folder);
}
