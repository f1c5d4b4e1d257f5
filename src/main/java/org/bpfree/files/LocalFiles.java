package org.bpfree.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import org.bpfree.failure.Failure;

/** Writing below the data folder, with messages that tell a full disk from a folder that may not be written to. */
public final class LocalFiles {
    private LocalFiles() {}

    /** The failure for a write that did not succeed. */
    public static Failure cannotWrite(Exception cause, Path path) {
        return AtomicFile.cannotWrite(
                path, cause, "Free some space or choose another folder with --data-dir or BPFREE_DATA.");
    }

    /** Fails early where the disk has no room for the bytes to come. */
    public static void requireSpace(Path folder, long bytes) {
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

    public static void createFolder(Path folder) {
        try {
            AtomicFile.createFolders(folder);
        } catch (IOException | ReadOnlyFileSystemException e) {
            throw cannotWrite(e, folder);
        }
    }

    public static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw cannotWrite(e, path);
        }
    }
}
