package org.bpfree.data.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.List;
import org.bpfree.data.ImageSet;
import org.bpfree.data.ImageShape;
import org.bpfree.data.MappedPixels;
import org.bpfree.data.PixelStore;
import org.bpfree.files.Json;

/**
 * Decoded images in a file that is mapped: a header of {@value #HEADER} bytes, the pixels as an {@link ImageSet} has them, the labels (32
 * bits), a sum of each image by which equal ones are found (64 bits), and notes in JSON. Numbers are big-endian. {@link ImageFileWriter}
 * writes it.
 */
public final class ImageFile {
    static final long MAGIC = 0x6270667265653031L; // bpfree01
    static final int HEADER = 4096; // so that the pixels begin at a page
    static final int SUM_BYTES = Long.BYTES;
    private static final int CHECKSUM_BYTES = 32;

    private final Path path;
    private final Head head;
    private final ImageSet images;
    private final List<String> notes;

    /** What stands at the beginning. */
    record Head(ImageShape shape, int images, int classes, int noteBytes, byte[] sha256) {
        private static final int BYTES = Long.BYTES + 6 * Integer.BYTES + CHECKSUM_BYTES;

        ByteBuffer encoded() {
            return ByteBuffer.allocate(BYTES)
                    .putLong(MAGIC)
                    .putInt(shape.height())
                    .putInt(shape.width())
                    .putInt(shape.channels())
                    .putInt(images)
                    .putInt(classes)
                    .putInt(noteBytes)
                    .put(sha256)
                    .flip();
        }

        private static Head read(FileChannel channel) throws IOException {
            ByteBuffer bytes = bytes(channel, 0, BYTES);
            if (bytes.getLong() != MAGIC) {
                throw new IOException("it is no file of decoded images");
            }
            ImageShape shape;
            try {
                shape = new ImageShape(bytes.getInt(), bytes.getInt(), bytes.getInt());
            } catch (IllegalArgumentException e) {
                throw new IOException(e.getMessage(), e);
            }
            int images = bytes.getInt();
            int classes = bytes.getInt();
            int noteBytes = bytes.getInt();
            byte[] sha256 = new byte[CHECKSUM_BYTES];
            bytes.get(sha256);
            return new Head(shape, images, classes, noteBytes, sha256);
        }

        private long pixelBytes() {
            return (long) images * shape.size();
        }

        private long labelsAt() {
            return HEADER + pixelBytes();
        }

        private long sumsAt() {
            return labelsAt() + (long) Integer.BYTES * images;
        }

        private long notesAt() {
            return sumsAt() + (long) SUM_BYTES * images;
        }
    }

    private ImageFile(Path path, Head head, ImageSet images, List<String> notes) {
        this.path = path;
        this.head = head;
        this.images = images;
        this.notes = notes;
    }

    /**
     * Maps a file.
     *
     * @throws IOException if there is none, or it is damaged
     */
    public static ImageFile open(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            Head head = Head.read(channel);
            if (head.images < 0 || head.noteBytes < 0 || channel.size() != head.notesAt() + head.noteBytes) {
                throw new IOException("it has " + channel.size() + " bytes, which is not what its header announces");
            }
            int[] labels = new int[head.images];
            bytes(channel, head.labelsAt(), Integer.BYTES * head.images)
                    .asIntBuffer()
                    .get(labels);
            String notes = StandardCharsets.UTF_8
                    .decode(bytes(channel, head.notesAt(), head.noteBytes))
                    .toString();
            PixelStore pixels = MappedPixels.of(path, HEADER, head.pixelBytes());
            return new ImageFile(
                    path,
                    head,
                    new ImageSet(head.shape, head.images, head.classes, pixels, labels),
                    List.of(Json.parse(notes, String[].class)));
        }
    }

    private static ByteBuffer bytes(FileChannel channel, long from, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, from + bytes.position()) < 0) {
                throw new IOException("it ends too early");
            }
        }
        return bytes.flip();
    }

    /** The images, whose pixels are read from the file when they are asked for. */
    public ImageSet images() {
        return images;
    }

    /** Checksum of the images, as {@link org.bpfree.data.Checksums#of} computes it. */
    public String sha256() {
        return HexFormat.of().formatHex(head.sha256);
    }

    /** What was noted when the images were written, such as pictures that could not be read. */
    public List<String> notes() {
        return notes;
    }

    /**
     * A number of each image, equal for images that are equal, and hardly ever for others.
     *
     * @throws IOException if it cannot be read
     */
    public long[] sums() throws IOException {
        long[] sums = new long[head.images];
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            bytes(channel, head.sumsAt(), Math.multiplyExact(SUM_BYTES, head.images))
                    .asLongBuffer()
                    .get(sums);
        }
        return sums;
    }
}
