package org.bpfree.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.bpfree.files.AtomicFile;

/**
 * The last attempt at a cell, in its notes.
 *
 * @param number counted from 1
 * @param exitCode how it ended; null while it runs, and for ever when it was killed
 * @param reason what went wrong, empty for nothing
 */
record Attempt(int number, Integer exitCode, String reason) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Reads the note, or nothing when there is none that can be read. */
    static Optional<Attempt> read(Path file) {
        try {
            return Optional.of(JSON.readValue(Files.readString(file), Attempt.class))
                    .filter(attempt -> attempt.reason != null);
        } catch (IOException e) {
            return Optional.empty(); // a note explains; what is so stands in the run folder
        }
    }

    void write(Path file) {
        try {
            AtomicFile.write(file, JSON.writeValueAsString(this) + "\n");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and numbers can always be written", e);
        }
    }
}
