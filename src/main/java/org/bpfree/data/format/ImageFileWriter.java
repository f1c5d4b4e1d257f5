package org.bpfree.data.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import org.bpfree.data.Checksums;
import org.bpfree.data.ImageShape;
import org.bpfree.files.AtomicFile;
import org.bpfree.files.Json;

/** Writes a {@link ImageFile} from its beginning to its end. What it holds in memory is 12 bytes an image. */
public final class ImageFileWriter {
    private final FileChannel channel;
    private final ImageShape shape;
    private final int classes;
    private final MessageDigest digest = Checksums.digest("SHA-256");
    private int[] labels = new int[1024];
    private long[] sums = new long[1024];
    private int images;

    /** A writer into an empty file. */
    public ImageFileWriter(FileChannel channel, ImageShape shape, int classes) throws IOException {
        this.channel = channel;
        this.shape = shape;
        this.classes = classes;
        channel.position(ImageFile.HEADER);
    }

    /**
     * Adds an image.
     *
     * @param pixels hold {@code [height, width, channels]} from {@code from} on
     */
    public void add(byte[] pixels, int from, int label) throws IOException {
        if (images == labels.length) {
            labels = Arrays.copyOf(labels, 2 * images);
            sums = Arrays.copyOf(sums, 2 * images);
        }
        digest.update(pixels, from, shape.size());
        labels[images] = label;
        sums[images] = sum(pixels, from, shape.size());
        images++;
        AtomicFile.writeFully(channel, ByteBuffer.wrap(pixels, from, shape.size()));
    }

    private static long sum(byte[] bytes, int from, int count) {
        CRC32 one = new CRC32();
        CRC32C other = new CRC32C();
        one.update(bytes, from, count);
        other.update(bytes, from, count);
        return one.getValue() << Integer.SIZE | other.getValue();
    }

    /** The number of images added. */
    public int images() {
        return images;
    }

    /** Ends the file, with notes on the images. */
    public void finish(List<String> notes) throws IOException {
        ByteBuffer labelBytes = ByteBuffer.allocate(Math.multiplyExact(Integer.BYTES, images));
        labelBytes.asIntBuffer().put(labels, 0, images);
        digest.update(labelBytes.array());
        AtomicFile.writeFully(channel, labelBytes);
        ByteBuffer sumBytes = ByteBuffer.allocate(Math.multiplyExact(ImageFile.SUM_BYTES, images));
        sumBytes.asLongBuffer().put(sums, 0, images);
        AtomicFile.writeFully(channel, sumBytes);
        byte[] noteBytes = Json.line(notes).getBytes(StandardCharsets.UTF_8);
        AtomicFile.writeFully(channel, ByteBuffer.wrap(noteBytes));
        channel.position(0);
        AtomicFile.writeFully(
                channel, new ImageFile.Head(shape, images, classes, noteBytes.length, digest.digest()).encoded());
    }
}
