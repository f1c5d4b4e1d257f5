package org.bpfree.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bpfree.failure.Failure;

/**
 * Keeps a second process of the same machine from some work, by a lock of the operating system on a file. It goes the moment its process
 * goes, however it ends, and costs neither a thread nor a sign of life. Among machines with a common disk it holds only as far as the disk's
 * locks do, and nothing tells a process that it is lost.
 *
 * <p>It is for work that does no harm when it is done twice and only wastes time, such as a download, whose files are checked and moved into
 * place. What two machines must never do at once, such as the training of a run or a cell, takes a {@link FolderLock}.
 */
public final class ProcessLock {
    /** Beyond the text, so that on Windows, too, others can read who holds the lock. */
    private static final long LOCKED_BYTE = 1 << 20;

    private static final int LONGEST = 4096;
    private static final Duration PAUSE = Duration.ofMillis(100);

    private ProcessLock() {}

    /**
     * Works while no other process holds the lock.
     *
     * @param file of the lock, in a folder that exists; it stays when the work is done
     * @param refusal the failure when another process, or another thread of this one, holds the lock, from its owner if the file tells it
     */
    public static void holding(Path file, Function<Optional<LockOwner>, Failure> refusal, Runnable work) {
        FileChannel channel = lock(file, refusal);
        try {
            work.run();
        } finally {
            closeQuietly(channel); // the file stays: deleting it would open a race with a process that waits for it
        }
    }

    /**
     * Works once no other process, and no other thread of this one, holds the lock.
     *
     * @param file of the lock, in a folder that exists; it stays when the work is done
     * @param waiting told once, when there is somebody to wait for
     * @return what the work gives
     */
    public static <T> T afterOthers(Path file, Consumer<Optional<LockOwner>> waiting, Supplier<T> work) {
        boolean told = false;
        while (true) {
            Attempt attempt = attempt(file);
            if (attempt.channel() != null) {
                try {
                    return work.get();
                } finally {
                    closeQuietly(attempt.channel());
                }
            }
            if (!told) {
                waiting.accept(attempt.owner());
                told = true;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** The channel that holds the lock, or nobody's channel and who holds it, where the file tells. */
    private record Attempt(FileChannel channel, Optional<LockOwner> owner) {}

    private static FileChannel lock(Path file, Function<Optional<LockOwner>, Failure> refusal) {
        Attempt attempt = attempt(file);
        if (attempt.channel() == null) {
            throw refusal.apply(attempt.owner());
        }
        return attempt.channel();
    }

    private static Attempt attempt(Path file) {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (!locked(channel)) {
                Optional<LockOwner> owner = LockOwner.parse(read(channel));
                channel.close();
                return new Attempt(null, owner);
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(LockOwner.self().json().getBytes(StandardCharsets.UTF_8)), 0);
            return new Attempt(channel, Optional.empty());
        } catch (IOException e) {
            closeQuietly(channel);
            throw LocalFiles.cannotWrite(e, file);
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock(LOCKED_BYTE, 1, false) != null;
        } catch (OverlappingFileLockException e) {
            return false; // another thread of this process
        }
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(LONGEST);
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
