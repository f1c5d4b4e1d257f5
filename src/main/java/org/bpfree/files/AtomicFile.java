package org.bpfree.files;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Set;
import java.util.UUID;
import org.bpfree.failure.Failure;

/**
 * The one writer of whole files. A regular file is whole or not there: it is written under a temporary name of its own, synced, then
 * renamed, and keeps the mode of the file it replaces. Symbolic links are followed. What is no regular file, such as a device or a pipe,
 * is written into.
 */
public final class AtomicFile {
    private static final int MOST_LINKS = 40; // as Linux follows
    private static final String TEMPORARY = ".bpfree-";
    private static final String TEMPORARY_END = ".tmp";
    private static final Set<Path> STANDARD_OUTPUT =
            Set.of(Path.of("/dev/stdout"), Path.of("/dev/fd/1"), Path.of("/proc/self/fd/1"));

    private AtomicFile() {}

    /** Writes the content of a file. */
    @FunctionalInterface
    public interface Content {
        /** Writes everything to the channel, from its beginning to its end. */
        void writeTo(FileChannel channel) throws IOException;
    }

    /** Replaces a file by text in UTF-8. */
    public static void write(Path file, String text) {
        write(file, StandardCharsets.UTF_8.encode(text));
    }

    /** Replaces a file by bytes. */
    public static void write(Path file, byte[] bytes) {
        write(file, ByteBuffer.wrap(bytes));
    }

    private static void write(Path file, ByteBuffer bytes) {
        write(file, channel -> writeFully(channel, bytes));
    }

    /**
     * Replaces a file, or writes into what is no regular file. Of several processes that replace a file at once, the last one to finish
     * wins.
     *
     * @throws Failure if the disk is full, the file or its folder may not be written to, or the like; an earlier version of the file is
     *     untouched
     */
    public static void write(Path file, Content content) {
        try {
            Path target = throughLinks(file);
            if (STANDARD_OUTPUT.contains(target)) {
                // Opened anew it would begin at the start of the file behind it, over what was printed before.
                content.writeTo(new FileOutputStream(FileDescriptor.out).getChannel());
            } else if (Files.exists(target) && !Files.isRegularFile(target)) {
                try (FileChannel channel = FileChannel.open(target, StandardOpenOption.WRITE)) {
                    content.writeTo(channel);
                }
            } else {
                replace(target, content);
            }
        } catch (IOException e) {
            throw cannotWrite(file, e);
        }
    }

    /** Where a chain of symbolic links ends; the names of open files and devices are left as they are. */
    private static Path throughLinks(Path file) throws IOException {
        Path target = file;
        for (int links = 0; Files.isSymbolicLink(target) && !isOfTheSystem(target); links++) {
            if (links == MOST_LINKS) {
                throw new FileSystemLoopException(file.toString());
            }
            target = target.resolveSibling(Files.readSymbolicLink(target));
        }
        return target;
    }

    /** The links below {@code /proc} name open files, some of which have no other name. */
    private static boolean isOfTheSystem(Path file) {
        Path whole = file.toAbsolutePath().normalize();
        return whole.startsWith("/dev") || whole.startsWith("/proc");
    }

    private static void replace(Path target, Content content) throws IOException {
        if (Files.exists(target) && !Files.isWritable(target)) {
            throw new AccessDeniedException(target.toString()); // a rename would not ask the file
        }
        Path temporary = target.resolveSibling(TEMPORARY + UUID.randomUUID() + TEMPORARY_END);
        try {
            try (FileChannel channel =
                    FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                copyMode(target, temporary);
                content.writeTo(channel);
                channel.force(true);
            }
            move(temporary, target);
        } catch (IOException | RuntimeException | Error e) {
            deleteQuietly(temporary);
            throw e;
        }
    }

    private static void copyMode(Path from, Path to) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(from, PosixFileAttributeView.class);
        if (view != null && Files.exists(from)) {
            Files.setPosixFilePermissions(to, view.readAttributes().permissions());
        }
    }

    private static void move(Path temporary, Path target) throws IOException {
        try {
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
        }
        syncFolder(target.toAbsolutePath().getParent());
    }

    /**
     * Brings a finished file to its place in one step, after its bytes have reached the disk; links at that place are followed.
     *
     * @throws Failure if it cannot be brought there
     */
    public static void publish(Path finished, Path file) {
        try {
            try (FileChannel channel = FileChannel.open(finished, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            move(finished, throughLinks(file));
        } catch (IOException e) {
            throw cannotWrite(file, e);
        }
    }

    /** Deletes the temporary files of killed processes from a folder that no other process writes to. */
    public static void removeLeftovers(Path folder) {
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(folder, TEMPORARY + "*" + TEMPORARY_END)) {
            leftovers.forEach(AtomicFile::deleteQuietly);
        } catch (IOException e) {
            return; // they only take space
        }
    }

    /** Writes a buffer to the end. */
    public static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** The failure of a write, in words. */
    public static Failure cannotWrite(Path path, Exception cause) {
        return cannotWrite(path, cause, "Free space there, or name a place that can be written.");
    }

    /** The failure of a write, in words, with what to do about it. */
    public static Failure cannotWrite(Path path, Exception cause, String hint) {
        return Failure.causedBy(
                cause,
                Failure.Kind.FAILED,
                "cannot write " + path + ": " + reason(cause),
                cause instanceof AccessDeniedException
                        ? hint.replaceFirst("^Free (some )?space( there)?,? or ", "Ask its owner, or ")
                        : hint,
                "What was written before is untouched.");
    }

    /** What stood in the way of a write, without the path. */
    public static String reason(Exception cause) {
        if (cause instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (cause instanceof ReadOnlyFileSystemException) {
            return "the file system is read-only";
        }
        if (cause instanceof NoSuchFileException) {
            return "there is no such folder";
        }
        if (cause instanceof FileAlreadyExistsException occupied) {
            return occupied.getFile() + " is a file, not a folder";
        }
        if (cause instanceof FileSystemLoopException) {
            return "its symbolic links lead in a circle";
        }
        if (cause instanceof FileSystemException failed && failed.getReason() != null) {
            return failed.getReason();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    /**
     * Makes a folder and those above it, where they are missing; a link to a folder is one.
     *
     * @throws Failure if it cannot be made
     */
    public static void createFolder(Path folder) {
        try {
            createFolders(folder);
        } catch (IOException | ReadOnlyFileSystemException e) {
            throw cannotWrite(folder, e);
        }
    }

    /** As {@link #createFolder}, for those who say themselves what to do about a failure. */
    public static void createFolders(Path folder) throws IOException {
        // Java 17 takes a link to a folder for a file that stands in the way.
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
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
