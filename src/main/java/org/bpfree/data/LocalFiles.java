package org.bpfree.data;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.bpfree.failure.Failure;

/** Writing below the data folder, with messages that tell a full disk from a folder that may not be written to. */
final class LocalFiles {
    private LocalFiles() {}

    /** The failure for a write that did not succeed. */
    static Failure cannotWrite(Exception cause, Path path) {
        String reason;
        if (cause instanceof AccessDeniedException) {
            reason = "permission denied";
        } else if (cause instanceof ReadOnlyFileSystemException) {
            reason = "the file system is read-only";
        } else if (cause instanceof FileAlreadyExistsException) {
            reason = cause.getMessage() + " is a file, not a folder";
        } else if (cause instanceof NoSuchFileException) {
            reason = "there is no " + cause.getMessage() + ", and it cannot be made";
        } else if (cause instanceof FileSystemException failed && failed.getReason() != null) {
            reason = failed.getReason();
        } else {
            reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        }
        return Failure.causedBy(
                cause,
                Failure.Kind.FAILED,
                "Cannot write " + path + ": " + reason,
                "Free some space or choose another folder with --data-dir or BPFREE_DATA.");
    }

    /** Fails early where the disk has no room for the bytes to come. */
    static void requireSpace(Path folder, long bytes) {
        long free;
        try {
            free = Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            return; // not known: the write itself will tell
        }
        if (free < bytes) {
            throw Failure.failed(
                    "The disk with " + folder + " has " + free + " bytes free, and " + bytes + " bytes are needed",
                    "Free some space or choose another folder with --data-dir or BPFREE_DATA.");
        }
    }

    static void createFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException | ReadOnlyFileSystemException e) {
            throw cannotWrite(e, folder);
        }
    }

    /** Brings a finished file to its place in one step, after its bytes have reached the disk. */
    static void publish(Path finished, Path target) {
        try {
            try (FileChannel channel = FileChannel.open(finished, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            try {
                Files.move(finished, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(finished, target, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw cannotWrite(e, target);
        }
    }

    static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw cannotWrite(e, path);
        }
    }
}
