package org.bpfree.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.bpfree.failure.Failure;

/**
 * Keeps a folder, such as a run or the cell of a sweep, for one process, also among several machines with a common disk. The lock is a file
 * that names its owner. On the owner's machine it counts as long as that process lives; elsewhere as long as the owner writes it again now
 * and then.
 *
 * <p>A lock of the operating system, as {@link ProcessLock} takes it, would need no such signs. But on the shared disks of clusters it may
 * hold on one machine alone, or outlive its process, and whoever looks on cannot tell who holds it without taking it. So a process that must
 * be the only one on any machine, that others are to see at work, and that has to stop when it was taken for dead, takes a lock of this
 * kind; one that only saves double work takes the other. Both name their {@link LockOwner} in the same words.
 */
public final class FolderLock implements AutoCloseable {
    private static final Duration BEAT = Duration.ofSeconds(15);

    /** How long the lock of a process on another machine counts after its last sign of life. */
    public static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final long PAUSE_MILLIS = 20;

    private final Path file;
    private final LockOwner owner;
    private final Thread heart;
    private volatile boolean closed;

    private FolderLock(Path file, LockOwner owner, Runnable lost) {
        this.file = file;
        this.owner = owner;
        heart = new Thread(() -> beat(lost), "folder-lock");
        heart.setDaemon(true);
        heart.start();
    }

    /**
     * Takes a lock in a folder that exists.
     *
     * @param file of the lock; other files of the folder may come and go
     * @param patience how long the sign of life of an owner on another machine counts
     * @param lost told when another process has taken the lock over, which happens to a process that was paused for minutes
     * @return the lock, or nothing when a process that lives holds it
     */
    public static Optional<FolderLock> acquire(Path file, LockOwner owner, Duration patience, Runnable lost) {
        // Judging a lock as stale and replacing it must be one act among all who try; closing the guard frees it.
        try (FileChannel guard =
                FileChannel.open(file.resolveSibling("guard"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            waitFor(guard);
            if (holder(file, owner, patience).isPresent()) {
                return Optional.empty();
            }
            Files.deleteIfExists(file);
            return create(file, owner) ? Optional.of(new FolderLock(file, owner, lost)) : Optional.empty();
        } catch (IOException e) {
            throw AtomicFile.cannotWrite(file, e);
        }
    }

    private static void waitFor(FileChannel guard) throws IOException {
        while (true) {
            try {
                guard.lock();
                return;
            } catch (OverlappingFileLockException e) {
                pause(Duration.ofMillis(PAUSE_MILLIS)); // another thread of this process
            }
        }
    }

    /** Makes the file with its content in one step, also where the guard has no effect, as on some network disks. */
    private static boolean create(Path file, LockOwner owner) throws IOException {
        Path whole = file.resolveSibling("lock." + UUID.randomUUID());
        Files.writeString(whole, owner.json(), StandardOpenOption.CREATE_NEW);
        try {
            Files.createLink(file, whole);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (UnsupportedOperationException | IOException e) {
            Files.move(whole, file); // a disk without links
            return true;
        } finally {
            Files.deleteIfExists(whole);
        }
    }

    /** The process that holds a lock now, or nothing when there is none or it is gone. */
    public static Optional<LockOwner> holder(Path file, LockOwner asking, Duration patience) {
        try {
            Optional<LockOwner> owner = LockOwner.parse(Files.readString(file));
            if (owner.isEmpty() || owner.get().isReplacedBy(asking)) {
                return Optional.empty();
            }
            boolean lives = owner.get().isElsewhere(asking)
                    ? Duration.between(Files.getLastModifiedTime(file).toInstant(), now(file))
                                    .compareTo(patience)
                            < 0
                    : owner.get().isAlive();
            return lives ? owner : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw InputFile.cannotRead(Failure.Kind.FAILED, file, e);
        }
    }

    /** The time on the clock of the disk, which for a network disk is not this machine's. */
    private static Instant now(Path file) {
        Path probe = file.resolveSibling("clock." + UUID.randomUUID());
        try {
            Files.writeString(probe, "");
            Instant now = Files.getLastModifiedTime(probe).toInstant();
            Files.delete(probe);
            return now;
        } catch (IOException e) {
            return Instant.now(); // whoever may only read has this clock alone
        }
    }

    private void beat(Runnable lost) {
        while (!closed) {
            pause(BEAT);
            try {
                if (!closed && !isOwn()) {
                    lost.run();
                    return;
                }
                if (!closed) {
                    // The same bytes again, so that no reader ever sees another text.
                    Files.writeString(file, owner.json(), StandardOpenOption.WRITE);
                }
            } catch (NoSuchFileException e) {
                if (!closed) {
                    lost.run(); // taken over, and given back since
                    return;
                }
            } catch (IOException e) {
                continue; // a disk that is away for a while; the next beat may find it
            }
        }
    }

    private boolean isOwn() throws IOException {
        return LockOwner.parse(Files.readString(file)).equals(Optional.of(owner));
    }

    private static void pause(Duration duration) {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        heart.interrupt();
        try {
            if (isOwn()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            return; // it ends with this process
        }
    }
}
