package org.bpfree.run;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.bpfree.experiment.Experiment;

/** A session that tells nobody anything and is never stopped. */
record SilentSession() implements Session {
    @Override
    public PrintWriter screen() {
        return new PrintWriter(new StringWriter());
    }

    @Override
    public boolean quiet() {
        return true;
    }

    @Override
    public Progress progress(Console console, Experiment experiment) {
        return new Progress() {};
    }

    @Override
    public StopRequest stop() {
        return new StopRequest() {
            @Override
            public int exitCode() {
                return 0;
            }

            @Override
            public boolean getAsBoolean() {
                return false;
            }
        };
    }

    @Override
    public int threads() {
        return 1;
    }

    @Override
    public List<String> arguments() {
        return List.of();
    }

    @Override
    public void lost(RunFolder folder) {
        throw new AssertionError("nobody else trains here");
    }
}
