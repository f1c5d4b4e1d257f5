package org.bpfree.data.download;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.bpfree.failure.Failure;
import org.bpfree.files.LocalFiles;

/** Keeps a second process from downloading into the same folder; it goes when the process goes, however it ends. */
final class DownloadLock {
    /** Beyond the text, so that on Windows, too, others can read who holds the lock. */
    private static final long LOCKED_BYTE = 1 << 20;

    private DownloadLock() {}

    /** Locks a folder that exists while some work is done, or fails with the process that holds the lock. */
    static void during(Path folder, Runnable work) {
        FileChannel channel = lock(folder);
        try {
            work.run();
        } finally {
            closeQuietly(channel); // the file stays: deleting it would open a race with a process that waits for it
        }
    }

    private static FileChannel lock(Path folder) {
        Path path = folder.resolve(".bpfree.lock");
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (!locked(channel)) {
                String holder = read(channel);
                channel.close();
                throw Failure.failed(
                        "Another download into " + folder + " is under way" + (holder.isEmpty() ? "" : ": " + holder),
                        "Wait until it is done, or stop that process; the lock " + path + " ends with it.");
            }
            channel.truncate(0);
            String self = "process " + ProcessHandle.current().pid() + " since "
                    + Instant.now().truncatedTo(ChronoUnit.SECONDS);
            channel.write(ByteBuffer.wrap(self.getBytes(StandardCharsets.UTF_8)), 0);
            return channel;
        } catch (IOException e) {
            closeQuietly(channel);
            throw LocalFiles.cannotWrite(e, path);
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // another thread of this process
        }
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(200);
        channel.read(text, 0);
        return new String(text.array(), 0, text.position(), StandardCharsets.UTF_8);
    }

    private static void closeQuietly(FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // The failure that led here says more.
        }
    }
}
