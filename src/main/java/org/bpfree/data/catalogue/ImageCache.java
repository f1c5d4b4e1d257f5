package org.bpfree.data.catalogue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import org.bpfree.data.Checksums;
import org.bpfree.data.ImageShape;
import org.bpfree.data.ReadingListener;
import org.bpfree.data.format.ImageFile;
import org.bpfree.data.format.ImageFileWriter;
import org.bpfree.failure.Failure;
import org.bpfree.files.AtomicFile;
import org.bpfree.files.InputFile;
import org.bpfree.files.LocalFiles;
import org.bpfree.files.ProcessLock;

/**
 * Images that were decoded once, in files of the folder {@code decoded} of the data folder. The name of a file tells what it was made of, so
 * that it is made anew when that changes; then the old one is deleted, and so is any that nobody has used for a month. A file is whole or
 * not there, and of two processes that need it one makes it.
 */
final class ImageCache {
    private static final String ENDING = ".images";
    private static final Duration UNUSED = Duration.ofDays(30);
    private static final int NAME_BYTES = 10;
    private static final int LONGEST_TITLE = 40;

    private final Path folder;
    private final ReadingListener listener;

    /** The cache of a data folder. */
    ImageCache(Path dataFolder, ReadingListener listener) {
        this.folder = dataFolder.resolve("decoded");
        this.listener = listener;
    }

    /**
     * What is kept.
     *
     * @param title for people, such as the training images of a folder
     * @param identity which images these are, and how they are decoded
     * @param state of the files they come from: another one when one of them changes
     * @param shape of one
     * @param classes number of classes
     * @param images how many there are, or at most
     */
    record Wanted(String title, String identity, String state, ImageShape shape, int classes, int images) {
        private String prefix() {
            String plain = title.replaceAll("[^A-Za-z0-9]+", "-");
            return plain.substring(0, Math.min(LONGEST_TITLE, plain.length())) + "-"
                    + hash(identity + " " + shape + " " + classes) + "-";
        }
    }

    /** Writes images, ending with {@link ImageFileWriter#finish}. */
    interface Source {
        void writeTo(ImageFileWriter writer) throws IOException;
    }

    /**
     * The images, decoded first where they are not there.
     *
     * @throws Failure if the source has none, or the disk has no room for them
     */
    ImageFile get(Wanted wanted, Source source) {
        Path file = folder.resolve(wanted.prefix() + hash(wanted.state()) + ENDING);
        if (isSound(file)) {
            return opened(file);
        }
        LocalFiles.createFolder(folder);
        return ProcessLock.afterOthers(
                folder.resolve(wanted.prefix() + "lock"),
                owner -> listener.note("waiting for another process that decodes " + wanted.title()),
                () -> {
                    if (!isSound(file)) {
                        tidy(wanted.prefix());
                        LocalFiles.requireSpace(
                                folder, (long) wanted.images() * wanted.shape().size());
                        AtomicFile.write(
                                file,
                                channel ->
                                        source.writeTo(new ImageFileWriter(channel, wanted.shape(), wanted.classes())));
                    }
                    return opened(file);
                });
    }

    /** Whether the file is there and whole; one that is damaged is made anew. */
    private static boolean isSound(Path file) {
        if (!Files.exists(file)) {
            return false;
        }
        try {
            ImageFile.open(file);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static ImageFile opened(Path file) {
        try {
            touch(file);
            return ImageFile.open(file);
        } catch (IOException e) {
            throw InputFile.cannotRead(Failure.Kind.DATA, file, e, "Delete it; it is written anew.");
        }
    }

    /** Marks a file as used; whoever may only read has it marked by others. */
    private static void touch(Path file) {
        try {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        } catch (IOException e) {
            return;
        }
    }

    /** Deletes what was decoded from an earlier state of the same files, what nobody uses, and what killed processes left. */
    private void tidy(String prefix) {
        Instant now = Instant.now();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path each : files) {
                String name = each.getFileName().toString();
                Duration age = Duration.between(Files.getLastModifiedTime(each).toInstant(), now);
                boolean own = name.startsWith(prefix) && name.endsWith(ENDING);
                boolean unused = name.endsWith(ENDING) && age.compareTo(UNUSED) > 0;
                boolean left = name.endsWith(".tmp") && age.compareTo(Duration.ofDays(1)) > 0;
                if (own || unused || left) {
                    Files.deleteIfExists(each);
                }
            }
        } catch (IOException e) {
            return; // they only take space
        }
    }

    private static String hash(String text) {
        byte[] sum = Checksums.digest("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(sum, 0, NAME_BYTES);
    }
}
