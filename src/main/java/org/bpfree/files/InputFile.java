package org.bpfree.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.bpfree.failure.Failure;

/** Files that are read: whether there is one, and why it cannot be read, in the same words everywhere. */
public final class InputFile {
    private InputFile() {}

    /**
     * Whether there is something of this name, or may be: in a folder that may not be searched nobody can tell, and reading it then says
     * so.
     */
    public static boolean isThere(Path file) {
        try {
            Files.readAttributes(file, BasicFileAttributes.class);
            return true;
        } catch (AccessDeniedException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Requires that it can be told what lies at a place.
     *
     * @throws Failure if a folder above it may not be searched
     */
    public static void requireVisible(Failure.Kind kind, Path place) {
        try {
            Files.readAttributes(place, BasicFileAttributes.class);
        } catch (AccessDeniedException e) {
            throw cannotRead(kind, place, e);
        } catch (IOException e) {
            return; // then it is not there, which is visible
        }
    }

    /** The failure of a read, in words, with what to do about it where that is known. */
    public static Failure cannotRead(Failure.Kind kind, Path file, IOException cause, String... hints) {
        for (Throwable each = cause.getCause(); each != null; each = each.getCause()) {
            if (each instanceof OutOfMemoryError outOfMemory) {
                throw outOfMemory; // readers of pictures wrap it, as if the file were at fault
            }
        }
        String message = "cannot read " + file + ": " + reason(file, cause);
        return isDenied(file, cause)
                ? Failure.causedBy(
                        cause,
                        kind,
                        message,
                        "Ask its owner for the right to read it; 'ls -ld' shows whose it and the folders above it are.")
                : Failure.causedBy(cause, kind, message, hints);
    }

    /** Whether the file is there, but not for this user. */
    public static boolean isDenied(Path file, Throwable cause) {
        // Older parts of Java say of a file that may not be read that it was not found.
        return cause instanceof AccessDeniedException
                || cause instanceof FileNotFoundException
                        && isThere(file)
                        && !Files.isDirectory(file)
                        && !Files.isReadable(file);
    }

    private static String reason(Path file, IOException cause) {
        if (isDenied(file, cause)) {
            return "permission denied";
        }
        if (Files.isDirectory(file)) {
            return "it is a folder";
        }
        if (cause instanceof NoSuchFileException || cause instanceof FileNotFoundException) {
            return "there is no such file";
        }
        if (cause instanceof FileSystemException failed && failed.getReason() != null) {
            return failed.getReason();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
