package org.bpfree.cli;

import java.util.List;

/** The lines of {@code --version} about the tensor backend; loaded for nothing else. */
final class BackendVersion {
    private BackendVersion() {}

    static List<String> lines() {
        return List.of();
    }
}
