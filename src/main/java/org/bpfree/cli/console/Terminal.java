package org.bpfree.cli.console;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a person looks at standard error directly. */
public final class Terminal {
    private static final int USUAL_WIDTH = 100;
    /** Nothing is laid out for less. */
    static final int MINIMAL_WIDTH = 40;

    private static final Path RESULT_STREAM = Path.of("/proc/self/fd/1");
    private static final Path ERROR_STREAM = Path.of("/proc/self/fd/2");

    private Terminal() {}

    /** True when standard error is a terminal. */
    public static boolean showsErrors() {
        return shows(ERROR_STREAM);
    }

    /** True when standard output is a terminal. */
    public static boolean showsResults() {
        return shows(RESULT_STREAM);
    }

    private static boolean shows(Path stream) {
        if (Files.exists(stream)) {
            try {
                String target = Files.readSymbolicLink(stream).toString();
                return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
            } catch (IOException e) {
                return false;
            }
        }
        // From JDK 22 on a console exists without a terminal, too; the bar is then merely untidy.
        return System.console() != null;
    }

    /** Columns of the terminal; {@value #USUAL_WIDTH} where the system does not tell. */
    public static int width() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectErrorStream(true)
                    .start();
            String[] size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                    .trim()
                    .split(" ");
            return size.length == 2 ? Math.max(MINIMAL_WIDTH, Integer.parseInt(size[1])) : USUAL_WIDTH;
        } catch (IOException | NumberFormatException e) {
            return USUAL_WIDTH; // no such program, or no terminal
        }
    }
}
