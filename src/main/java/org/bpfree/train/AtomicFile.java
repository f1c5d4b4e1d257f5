package org.bpfree.train;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.bpfree.failure.Failure;

/** Files that are whole or not there: written under a temporary name, synced, then renamed. */
public final class AtomicFile {
    private AtomicFile() {}

    /** Writes the content of a file. */
    @FunctionalInterface
    public interface Content {
        /** Writes everything to the channel. */
        void writeTo(FileChannel channel) throws IOException;
    }

    /** Replaces a file by text. */
    public static void write(Path file, String text) {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
        write(file, channel -> writeFully(channel, bytes));
    }

    /**
     * Replaces a file.
     *
     * @throws Failure if the disk is full, the folder is read-only, or the like; an earlier version of the file is untouched
     */
    public static void write(Path file, Content content) {
        write(file, file.resolveSibling(file.getFileName() + ".tmp"), content);
    }

    /** As {@link #write(Path, String)}, for a file that several processes may write at once: the last one to finish wins. */
    public static void writeShared(Path file, String text) {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
        String unique = file.getFileName() + "." + UUID.randomUUID() + ".tmp";
        write(file, file.resolveSibling(unique), channel -> writeFully(channel, bytes));
    }

    private static void write(Path file, Path temporary, Content content) {
        try {
            try (FileChannel channel = FileChannel.open(
                    temporary,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                content.writeTo(channel);
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            syncFolder(file.toAbsolutePath().getParent());
        } catch (IOException e) {
            deleteQuietly(temporary);
            throw cannotWrite(file, e);
        }
    }

    /** Writes a buffer to the end. */
    public static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** The failure of a write, in words. */
    public static Failure cannotWrite(Path path, IOException cause) {
        return cannotWrite(path, cause, "Free space there, or name a place that can be written.");
    }

    /** The failure of a write, in words, with what to do about it. */
    static Failure cannotWrite(Path path, IOException cause, String hint) {
        return Failure.causedBy(
                cause,
                Failure.Kind.FAILED,
                "cannot write " + path + ": " + reason(cause),
                hint,
                "What was written before is untouched.");
    }

    /** What stood in the way of a write, without the path. */
    private static String reason(IOException cause) {
        if (cause instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (cause instanceof NoSuchFileException) {
            return "there is no such folder";
        }
        if (cause instanceof FileAlreadyExistsException occupied) {
            return occupied.getFile() + " is a file, not a folder";
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    /**
     * Makes a folder and those above it, where they are missing.
     *
     * @throws Failure if it cannot be made
     */
    public static void createFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw cannotWrite(folder, e);
        }
    }

    private static void syncFolder(Path folder) {
        // A rename survives a power failure only once the folder itself is synced; Windows cannot open folders.
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            return;
        }
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            return; // the failure being reported matters more
        }
    }
}
