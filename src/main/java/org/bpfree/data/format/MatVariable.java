package org.bpfree.data.format;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One variable of a MATLAB 5 file: its name, class and extents, and its numbers, to be read once, in column-major order. */
final class MatVariable {
    /** The class of arrays of unsigned bytes. */
    static final int UINT8 = 9;

    private static final int MOST_EXTENTS = 32;
    private static final int LONGEST_NAME = 256;
    private static final int MOST_NUMBERS = 1 << 24; // read at once; the whole of SVHN has 630,420 labels
    private static final int FIRST_NUMERIC_CLASS = 6; // below are cells, structures, objects, text and sparse arrays
    private static final int[] STORED_BYTES = {0, 1, 1, 2, 2, 4, 4, 4, 0, 8, 0, 0, 8, 8
    }; // by storage type: int8, uint8, … float64, and int64 and uint64

    private final InputStream in;
    private final ByteOrder order;
    private final String name;
    private final int classId;
    private final int[] extents;
    private final Tag data;

    /**
     * The head of an element.
     *
     * @param type of the content
     * @param size of the content in bytes
     * @param small whether the content is within the 8 bytes of the tag
     */
    record Tag(int type, long size, byte[] small) {
        boolean isSmall() {
            return small.length > 0;
        }
    }

    private MatVariable(InputStream in, ByteOrder order, String name, int classId, int[] extents, Tag data) {
        this.in = in;
        this.order = order;
        this.name = name;
        this.classId = classId;
        this.extents = extents;
        this.data = data;
    }

    /** Reads everything before the numbers of a variable of the given size in bytes. */
    static MatVariable open(InputStream in, ByteOrder order, long size) throws IOException {
        ByteBuffer flags = element(in, order, 8);
        if (flags.capacity() < 8) {
            throw new IOException("its flags have " + flags.capacity() + " bytes instead of 8");
        }
        int classId = flags.getInt(0) & 0xff;
        ByteBuffer dimensions = element(in, order, MOST_EXTENTS * Integer.BYTES);
        int[] extents = new int[dimensions.capacity() / Integer.BYTES];
        for (int i = 0; i < extents.length; i++) {
            extents[i] = dimensions.getInt(i * Integer.BYTES);
        }
        String name = new String(element(in, order, LONGEST_NAME).array(), StandardCharsets.US_ASCII);
        if (classId < FIRST_NUMERIC_CLASS) {
            return new MatVariable(in, order, name, classId, extents, new Tag(0, 0, new byte[0]));
        }
        Tag data = tag(in, order);
        if (data.size() > size) {
            throw new IOException("its numbers take " + data.size() + " bytes, it has " + size);
        }
        return new MatVariable(in, order, name, classId, extents, data);
    }

    /** The content of a short element, with its padding to 8 bytes read over. */
    private static ByteBuffer element(InputStream in, ByteOrder order, int most) throws IOException {
        Tag tag = tag(in, order);
        if (tag.size() > most) {
            throw new IOException(
                    "an element of its head has " + tag.size() + " bytes, at most " + most + " make sense");
        }
        int size = (int) tag.size();
        byte[] content = tag.isSmall() ? tag.small() : exactly(in, (size + 7) / 8 * 8);
        return ByteBuffer.wrap(Arrays.copyOf(content, size)).order(order);
    }

    /** Reads a tag; one whose size is in the upper half of its first word has its content in the second. */
    static Tag tag(InputStream in, ByteOrder order) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(exactly(in, 8)).order(order);
        int first = bytes.getInt(0);
        int smallSize = first >>> 16;
        if (smallSize == 0) {
            return new Tag(first, Integer.toUnsignedLong(bytes.getInt(4)), new byte[0]);
        }
        if (smallSize > Integer.BYTES) {
            throw new IOException("a short element of " + smallSize + " bytes");
        }
        return new Tag(first & 0xffff, smallSize, Arrays.copyOfRange(bytes.array(), 4, 8));
    }

    private static byte[] exactly(InputStream in, int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException();
        }
        return bytes;
    }

    String name() {
        return name;
    }

    /** The class of array: 6 is double, 9 is uint8. */
    int classId() {
        return classId;
    }

    /** Rows, columns, …. */
    int[] extents() {
        return extents.clone();
    }

    /** The number of numbers, by the extents; -1 if they make no sense. */
    long count() {
        long count = 1;
        for (int extent : extents) {
            if (extent < 0 || count > Integer.MAX_VALUE) {
                return -1;
            }
            count *= extent;
        }
        return count;
    }

    /** Requires that the numbers are stored as unsigned bytes, exactly as many as the extents say. */
    void requireBytes() throws IOException {
        if (data.type() != 2 || data.size() != count() || data.isSmall()) {
            throw new IOException(data.size() + " bytes of storage type " + data.type() + " for " + count() + " bytes");
        }
    }

    /** The next unsigned bytes. */
    void read(byte[] into) throws IOException {
        if (in.readNBytes(into, 0, into.length) < into.length) {
            throw new EOFException();
        }
    }

    /** All numbers, whatever type they are stored as. */
    double[] numbers() throws IOException {
        int width = data.type() >= 0 && data.type() < STORED_BYTES.length ? STORED_BYTES[data.type()] : 0;
        if (width == 0 || count() > MOST_NUMBERS || data.size() != count() * width) {
            throw new IOException(
                    data.size() + " bytes of storage type " + data.type() + " for " + count() + " numbers");
        }
        byte[] stored = data.isSmall() ? data.small() : exactly(in, (int) data.size());
        ByteBuffer bytes = ByteBuffer.wrap(stored).order(order);
        double[] numbers = new double[(int) count()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(bytes, i * width);
        }
        return numbers;
    }

    private double number(ByteBuffer bytes, int at) {
        return switch (data.type()) {
            case 1 -> bytes.get(at);
            case 2 -> bytes.get(at) & 0xff;
            case 3 -> bytes.getShort(at);
            case 4 -> bytes.getShort(at) & 0xffff;
            case 5 -> bytes.getInt(at);
            case 6 -> Integer.toUnsignedLong(bytes.getInt(at));
            case 7 -> bytes.getFloat(at);
            case 9 -> bytes.getDouble(at);
            default -> bytes.getLong(at); // exact up to 2^53, far beyond any label
        };
    }
}
