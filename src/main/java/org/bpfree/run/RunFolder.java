package org.bpfree.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.bpfree.failure.Failure;
import org.bpfree.files.AtomicFile;
import org.bpfree.files.FolderLock;
import org.bpfree.files.InputFile;
import org.bpfree.files.Json;
import org.bpfree.files.LockOwner;
import org.bpfree.files.UserPath;
import org.bpfree.train.Checkpoint;

/** The folder of one run: what lies where, and finding, making and describing such folders. */
public record RunFolder(Path path) {
    /** Where runs go, relative to the working folder, unless somebody says otherwise. */
    public static final Path ROOT = Path.of("runs");

    /** How long the lock counts of a process on another machine: shorter than that of a sweep's cells, so that whoever may take over a cell
     * may take over its run. */
    public static final Duration PATIENCE = FolderLock.PATIENCE.minusMinutes(1);

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

    /** How a run stands; the content of the file {@code STATUS}. */
    public enum Status {
        RUNNING,
        DONE,
        FAILED,
        DIVERGED,
        INTERRUPTED,
        /** Never written: it was running, and its process is gone without a word. */
        KILLED
    }

    /** Makes the folder {@code root/name/yyyyMMdd-HHmmss-sSEED}, with a number behind it when it is taken. */
    public static RunFolder create(Path root, String name, long seed, LocalDateTime now) {
        Path parent = root.resolve(name);
        String stem = STAMP.format(now) + "-s" + seed;
        try {
            AtomicFile.createFolders(parent);
            for (int attempt = 1; ; attempt++) {
                Path path = parent.resolve(attempt == 1 ? stem : stem + "-" + attempt);
                if (!Files.exists(path)) {
                    return at(Files.createDirectory(path));
                }
            }
        } catch (IOException e) {
            throw cannotMake(parent, e);
        }
    }

    /**
     * Makes exactly this folder.
     *
     * @throws Failure if it exists and is not empty
     */
    public static RunFolder createExactly(Path path) {
        try {
            if (Files.isDirectory(path)) {
                try (Stream<Path> content = Files.list(path)) {
                    if (content.findAny().isPresent()) {
                        throw Failure.usage(
                                "the run folder " + path + " is not empty",
                                new RunFolder(path).canGoOn()
                                        ? "Choose another one with --run-dir, or go on with the run in it: --resume "
                                                + path
                                        : "Choose another one with --run-dir, or remove it: it holds no checkpoint.");
                    }
                }
            }
            AtomicFile.createFolders(path);
            return at(path);
        } catch (IOException e) {
            throw cannotMake(path, e);
        }
    }

    /** Makes this folder, or takes it as it is. */
    public static RunFolder createAnew(Path path) {
        try {
            AtomicFile.createFolders(path);
            return at(path);
        } catch (IOException e) {
            throw cannotMake(path, e);
        }
    }

    private static Failure cannotMake(Path path, IOException cause) {
        return AtomicFile.cannotWrite(path, cause, "Free space there, or choose another place with --run-dir.");
    }

    private static RunFolder at(Path path) throws IOException {
        AtomicFile.createFolders(path.resolve("checkpoints"));
        return new RunFolder(path);
    }

    /**
     * The run that an argument names: a folder, or {@code latest} for the youngest run with a checkpoint under a root.
     *
     * @throws Failure if there is none
     */
    public static RunFolder find(String argument, Path root) {
        if (argument.equals("latest")) {
            // A run that ended before its first checkpoint has nothing to look at, and must not hide the others.
            return RunSearch.newestFirst(root).stream()
                    .filter(RunFolder::canGoOn)
                    .findFirst()
                    .orElseThrow(() -> Failure.usage(
                            "there is no run with a checkpoint under " + root.toAbsolutePath(),
                            "Start one with: bpfree train --config FILE"));
        }
        Path path = UserPath.of(argument);
        if (!Files.isDirectory(path.resolve("checkpoints"))) {
            InputFile.requireVisible(Failure.Kind.FAILED, path.resolve("checkpoints"));
            throw Failure.usage(
                    path
                            + (Files.exists(path)
                                    ? " is not a run folder: it has no folder 'checkpoints'"
                                    : " does not exist"),
                    "Name the folder that 'bpfree train' printed, or 'latest'.");
        }
        return new RunFolder(path);
    }

    /** A file directly in the folder. */
    public Path file(String name) {
        return path.resolve(name);
    }

    /**
     * What a JSON file of the folder holds; nothing when there is no such file.
     *
     * @throws Failure if it cannot be read or is not such a record, as one that was written half
     */
    <T> Optional<T> json(String name, Class<T> type) {
        Path file = file(name);
        if (!InputFile.isThere(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.parse(Files.readString(file), type));
        } catch (JsonProcessingException e) {
            throw damaged(file, e.getLocation() == null ? 1 : e.getLocation().getLineNr(), e);
        } catch (IOException e) {
            throw InputFile.cannotRead(Failure.Kind.FAILED, file, e);
        }
    }

    /** The failure for a file of a run that is not what bpfree wrote. */
    public static Failure damaged(Path file, int line, JsonProcessingException cause) {
        boolean syntax = cause instanceof StreamReadException || cause.getCause() instanceof StreamReadException;
        return Failure.causedBy(
                cause,
                Failure.Kind.FAILED,
                file + " is damaged: line " + line + (syntax ? " is not JSON" : " is not what bpfree writes")
                        + (cause.getLocation() == null
                                ? ""
                                : " from character " + cause.getLocation().getColumnNr() + " on"),
                "A file cut short was written half; resuming the run writes a missing result.json again.");
    }

    /** Whether training has begun here. */
    public boolean hasConfiguration() {
        return InputFile.isThere(file("config.resolved.yaml"));
    }

    /** Where checkpoints lie. */
    public Path checkpoints() {
        return path.resolve("checkpoints");
    }

    /** Whether there is a checkpoint to go on from. */
    public boolean canGoOn() {
        return candidates().findAny().isPresent();
    }

    private Stream<Path> candidates() {
        return Stream.of("last", "interrupted").map(checkpoints()::resolve).filter(InputFile::isThere);
    }

    /** The checkpoint to go on from: the one with the most steps among {@code last} and {@code interrupted}. */
    public Checkpoint newestCheckpoint() {
        return candidates()
                .map(Checkpoint::read)
                .max(Comparator.comparingLong(checkpoint -> checkpoint.header().state().step))
                .orElseThrow(() -> Failure.failed(
                        "there is no checkpoint in " + checkpoints(), "Train anew: bpfree train --config FILE"));
    }

    /**
     * How the run stands: what the file {@code STATUS} says, but {@link Status#KILLED} when it says that the run is running and no process
     * that lives holds its lock; empty when there is none that can be read.
     */
    public Optional<Status> status() {
        try {
            Status written =
                    Status.valueOf(Files.readString(file("STATUS")).strip().toUpperCase(Locale.ROOT));
            return Optional.of(written == Status.RUNNING && trainer().isEmpty() ? Status.KILLED : written);
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The process that trains here now, or nothing when there is none or it is gone. */
    public Optional<LockOwner> trainer() {
        return FolderLock.holder(lock(), LockOwner.self(), PATIENCE);
    }

    /** The lock of the process that trains here; a twin has its run's. */
    public Path lock() {
        Path parent = path.toAbsolutePath().getParent();
        boolean twin = String.valueOf(path.getFileName()).equals("twin")
                && parent != null
                && Files.isDirectory(parent.resolve("checkpoints"));
        return (twin ? parent : path).resolve(".lock").resolve("lock");
    }

    /** Replaces the file {@code STATUS}. */
    public void writeStatus(Status status) {
        AtomicFile.write(file("STATUS"), status.name().toLowerCase(Locale.ROOT) + "\n");
    }
}
