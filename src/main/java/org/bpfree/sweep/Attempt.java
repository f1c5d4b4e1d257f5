package org.bpfree.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.bpfree.files.AtomicFile;
import org.bpfree.files.Json;

/**
 * The last attempt at a cell, in its notes.
 *
 * @param number counted from 1
 * @param exitCode how it ended; null while it runs, and for ever when it was killed
 * @param reason what went wrong, empty for nothing
 */
record Attempt(int number, Integer exitCode, String reason) {
    /** Reads the note, or nothing when there is none that can be read. */
    static Optional<Attempt> read(Path file) {
        try {
            return Optional.of(Json.parse(Files.readString(file), Attempt.class))
                    .filter(attempt -> attempt.reason != null);
        } catch (IOException e) {
            return Optional.empty(); // a note explains; what is so stands in the run folder
        }
    }

    void write(Path file) {
        AtomicFile.write(file, Json.line(this) + "\n");
    }
}
