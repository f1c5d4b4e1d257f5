package org.bpfree.run;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.bpfree.files.AtomicFile;

/** Lines for the person in front of a run: on standard error, and with the time in {@code console.log}. */
public final class Console implements AutoCloseable {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    private final PrintWriter screen;
    private final boolean quiet;
    private final PrintWriter log;

    /**
     * A console that also appends to the log of a run.
     *
     * @param quiet whether only warnings are shown
     */
    Console(PrintWriter screen, boolean quiet, Path logFile) {
        this.screen = screen;
        this.quiet = quiet;
        try {
            log = new PrintWriter(
                    Files.newBufferedWriter(
                            logFile, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                    true);
        } catch (IOException e) {
            throw AtomicFile.cannotWrite(logFile, e);
        }
    }

    /** Shows a line, unless the console is quiet, and logs it. */
    public void say(String line) {
        if (quiet) {
            note(line);
        } else {
            warn(line);
        }
    }

    /** Shows and logs a line that nobody may miss. */
    public void warn(String line) {
        screen.println(line);
        screen.flush();
        note(line);
    }

    /** Logs a line without showing it. */
    public void note(String line) {
        log.println(TIME.format(LocalDateTime.now()) + "  " + line);
    }

    @Override
    public void close() {
        log.close();
    }
}
