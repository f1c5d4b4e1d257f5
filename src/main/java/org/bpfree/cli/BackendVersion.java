package org.bpfree.cli;

import java.util.List;
import org.bpfree.tensor.Backend;

/** The lines of {@code --version} about the tensor backend; loaded for nothing else. */
final class BackendVersion {
    private BackendVersion() {}

    static List<String> lines() {
        try {
            return List.of("Backend: " + Backend.describe(), "oneDNN: " + Backend.oneDnn());
        } catch (ExceptionInInitializerError | NoClassDefFoundError | UnsatisfiedLinkError e) {
            return List.of("Backend: " + BackendTrouble.explain(e).getMessage());
        }
    }
}
