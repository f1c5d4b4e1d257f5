package org.bpfree.data.catalogue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.bpfree.data.Checksums;

/**
 * By what it shows, without reading them, that files have changed: their sizes and the times of their last changes. On Unix this includes the
 * time of the last change of the entry itself, which a program cannot set, so that a file replaced by another of equal size and time is
 * found, too.
 *
 * @param files which
 * @param states one a file
 */
record FileStates(List<Path> files, long[] states) {
    private static final long MISSING = -1;
    private static final long MIX = 0x9E3779B97F4A7C15L; // the golden ratio, as hash functions use it

    /** The files as they are now. */
    static FileStates of(List<Path> files) {
        return new FileStates(
                files,
                IntStream.range(0, files.size())
                        .parallel()
                        .mapToLong(i -> state(files.get(i)))
                        .toArray());
    }

    private static long state(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            long state = attributes.size();
            state = state * MIX + attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
            if (file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
                FileTime changed = (FileTime) Files.getAttribute(file, "unix:ctime");
                state = state * MIX + changed.to(TimeUnit.NANOSECONDS);
            }
            return state;
        } catch (IOException e) {
            return MISSING;
        }
    }

    /** A checksum of the names and states of all files, and of a number of each. */
    String checksum(int[] numbers) {
        MessageDigest digest = Checksums.digest("SHA-256");
        ByteBuffer entry = ByteBuffer.allocate(Long.BYTES + Integer.BYTES);
        for (int i = 0; i < states.length; i++) {
            digest.update(files.get(i).toString().getBytes(StandardCharsets.UTF_8));
            digest.update(entry.clear().putLong(states[i]).putInt(numbers[i]).array());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** A file that has another state by now, if there is one. */
    Optional<Path> changed() {
        long[] now = of(files).states;
        return IntStream.range(0, now.length)
                .filter(i -> now[i] != states[i])
                .mapToObj(files::get)
                .findFirst();
    }
}
