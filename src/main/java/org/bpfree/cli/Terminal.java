package org.bpfree.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a person looks at standard error directly. */
final class Terminal {
    private static final Path ERROR_STREAM = Path.of("/proc/self/fd/2");

    private Terminal() {}

    /** True when standard error is a terminal. */
    static boolean showsErrors() {
        if (Files.exists(ERROR_STREAM)) {
            try {
                String target = Files.readSymbolicLink(ERROR_STREAM).toString();
                return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
            } catch (IOException e) {
                return false;
            }
        }
        // From JDK 22 on a console exists without a terminal, too; the bar is then merely untidy.
        return System.console() != null;
    }
}
