package org.bpfree.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.bpfree.failure.Failure;

/**
 * Bytes of a file that is mapped: the operating system reads what is asked for, and forgets it again when memory is wanted for something
 * else, so that a file may be many times larger than memory. One mapping holds at most 2 GiB, so the file is mapped in segments.
 */
public final class MappedPixels implements PixelStore {
    private static final int SEGMENT = 1 << 30;

    private final Path file;
    private final long bytes;
    private final ByteBuffer[] segments; // of SEGMENT bytes each, the last of what is left

    private MappedPixels(Path file, long bytes, ByteBuffer[] segments) {
        this.file = file;
        this.bytes = bytes;
        this.segments = segments;
    }

    /**
     * Maps a part of a file, which stays mapped as long as it is used.
     *
     * @param from position of the first byte
     * @throws IOException if the file cannot be opened, or is too short
     */
    public static MappedPixels of(Path file, long from, long bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (from + bytes > channel.size()) {
                throw new IOException("it has " + channel.size() + " bytes, and " + (from + bytes) + " are needed");
            }
            ByteBuffer[] segments = new ByteBuffer[Math.toIntExact((bytes + SEGMENT - 1) / SEGMENT)];
            for (int i = 0; i < segments.length; i++) {
                long start = (long) i * SEGMENT;
                segments[i] =
                        channel.map(FileChannel.MapMode.READ_ONLY, from + start, Math.min(SEGMENT, bytes - start));
            }
            return new MappedPixels(file, bytes, segments);
        }
    }

    @Override
    public long bytes() {
        return bytes;
    }

    /**
     * {@inheritDoc}
     *
     * @throws Failure if the file was cut off since it was mapped, or the disk fails
     */
    @Override
    public void read(long from, byte[] out, int at, int count) {
        try {
            for (int done = 0; done < count; ) {
                ByteBuffer segment = segments[(int) ((from + done) / SEGMENT)];
                int start = (int) ((from + done) % SEGMENT);
                int part = Math.min(count - done, segment.limit() - start);
                segment.get(start, out, at + done, part);
                done += part;
            }
        } catch (InternalError e) {
            // What Java makes of a page that the operating system cannot read.
            throw Failure.causedBy(
                    e,
                    Failure.Kind.DATA,
                    "cannot read " + file + ": it was changed while it was used, or its disk fails",
                    "Delete it; it is written anew from the pictures.");
        }
    }

    @Override
    public boolean mapped() {
        return true;
    }
}
