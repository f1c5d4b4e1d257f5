package org.bpfree.data.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.bpfree.files.NumpyHeader;
import org.bpfree.files.NumpyHeader.Unreadable;

/**
 * The numbers of an array in the {@code .npy} format, in C order: bytes, integers or floating-point numbers.
 *
 * @param header of the array, with its elements
 */
record NumpyNumbers(NumpyHeader header) {
    /** Longer than those of arrays without fields, which have some hundred bytes. */
    private static final int LONGEST_HEADER = 1 << 16;

    /**
     * Reads an array, and no more of it than its header announces: a small archive can unpack to any number of bytes.
     *
     * @param in stands at the beginning of the header; marks are supported
     */
    static NumpyNumbers read(InputStream in) throws IOException, Unreadable {
        NumpyHeader header = readHeader(in);
        NumpyNumbers array = part(header, new byte[0]);
        array.requireOrder();
        long bytes = array.size() * array.width();
        if (bytes > Integer.MAX_VALUE - 8) {
            throw new Unreadable("it announces " + bytes + " bytes, more than are read at once");
        }
        byte[] elements = in.readNBytes((int) bytes);
        if (elements.length < bytes) {
            throw new Unreadable("it is damaged: it holds " + elements.length + " bytes instead of " + bytes);
        }
        if (in.read() >= 0) {
            throw new Unreadable("it is damaged: it holds more than the " + bytes + " bytes that its header announces");
        }
        return part(header, elements);
    }

    /** Reads the header and stops before the elements. */
    static NumpyHeader readHeader(InputStream in) throws IOException, Unreadable {
        in.mark(LONGEST_HEADER);
        byte[] beginning = in.readNBytes(LONGEST_HEADER);
        NumpyHeader header = NumpyHeader.of(beginning);
        in.reset();
        in.skipNBytes(beginning.length - header.data().remaining());
        return header;
    }

    /** Refuses elements whose first axis is the fastest. */
    void requireOrder() throws Unreadable {
        if (header.fortran()) {
            throw new Unreadable("its elements lie in Fortran order; numpy.ascontiguousarray makes C order of it");
        }
    }

    /** Some elements of an array, by the header of all. */
    static NumpyNumbers part(NumpyHeader all, byte[] elements) {
        return new NumpyNumbers(new NumpyHeader(
                all.type(),
                all.fortran(),
                all.extents(),
                ByteBuffer.wrap(elements).order(all.data().order()),
                all.text()));
    }

    /** Number of elements. */
    long size() {
        return header.size();
    }

    int[] extents() {
        return header.extents();
    }

    /** Bytes of an element. */
    int width() throws Unreadable {
        return switch (header.type()) {
            case "u1", "i1", "b1" -> 1;
            case "u2", "i2" -> Short.BYTES;
            case "u4", "i4", "f4" -> Integer.BYTES;
            case "u8", "i8", "f8" -> Long.BYTES;
            default ->
                throw new Unreadable("its header is " + header.text()
                        + ", which is not supported; bytes, integers, float32 or float64 are needed");
        };
    }

    /** An element as a number. */
    double at(int index) {
        ByteBuffer data = header.data();
        return switch (header.type()) {
            case "u1", "b1" -> data.get(index) & 0xff;
            case "i1" -> data.get(index);
            case "u2" -> Short.toUnsignedInt(data.getShort(Short.BYTES * index));
            case "i2" -> data.getShort(Short.BYTES * index);
            case "u4" -> Integer.toUnsignedLong(data.getInt(Integer.BYTES * index));
            case "i4" -> data.getInt(Integer.BYTES * index);
            case "f4" -> data.getFloat(Integer.BYTES * index);
            case "f8" -> data.getDouble(Long.BYTES * index);
            default -> data.getLong(Long.BYTES * index);
        };
    }

    /** Whether elements are floating-point numbers. */
    boolean isFloat() {
        return header.type().startsWith("f");
    }
}
