package org.bpfree.data.format;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.InflaterInputStream;
import org.bpfree.data.DataFile;

/**
 * Walks the variables of a MATLAB 5 file: a header of 128 bytes, then elements of a tag (type and size, 32 bits each) and a
 * content, which is a variable or, usually, a variable packed with zlib.
 *
 * <p>MFL, which writes such files here, also reads them, but allocates whatever a garbled tag announces; this reader allocates
 * nothing before it is known that the file can hold it.
 */
final class MatReader {
    private static final int HEADER = 128; // bytes: text, then version and byte-order mark in the last four
    private static final int TAG = 8;
    private static final int MATRIX = 14;
    private static final int COMPRESSED = 15;

    private final DataFile file;
    private final ByteOrder order;

    private MatReader(DataFile file) {
        this.file = file;
        this.order = order(file);
    }

    /** Is shown each variable in turn, and reads of it what it wants. */
    interface Visitor {
        /** Reads one variable. */
        void visit(MatVariable variable) throws IOException;
    }

    static void read(DataFile file, Visitor visitor) {
        new MatReader(file).read(visitor);
    }

    private static ByteOrder order(DataFile file) {
        byte[] bytes = file.bytes();
        if (bytes.length < HEADER) {
            throw file.damaged("has " + bytes.length + " bytes; the header of a MATLAB 5 file alone has " + HEADER);
        }
        if (new String(bytes, 0, 10, StandardCharsets.ISO_8859_1).equals("MATLAB 7.3")) {
            throw file.unsupported("is a MATLAB 7.3 (HDF5) file; SVHN is published as MATLAB 5");
        }
        if (bytes[HEADER - 2] == 'I' && bytes[HEADER - 1] == 'M') {
            return ByteOrder.LITTLE_ENDIAN;
        }
        if (bytes[HEADER - 2] == 'M' && bytes[HEADER - 1] == 'I') {
            return ByteOrder.BIG_ENDIAN;
        }
        throw file.damaged("has no byte-order mark at byte 126; a MATLAB 5 file has 'MI' or 'IM' there");
    }

    private void read(Visitor visitor) {
        ByteBuffer bytes = ByteBuffer.wrap(file.bytes()).order(order);
        long position = HEADER;
        while (position < bytes.capacity()) {
            if (bytes.capacity() - position < TAG) {
                throw file.damaged("ends with " + (bytes.capacity() - position)
                        + " bytes that belong to no variable, at byte " + position);
            }
            int type = bytes.getInt((int) position);
            long size = Integer.toUnsignedLong(bytes.getInt((int) position + 4));
            if (type != MATRIX && type != COMPRESSED) {
                throw file.damaged("has an element of type " + Integer.toUnsignedString(type) + " at byte " + position
                        + "; variables are of type " + MATRIX + " or " + COMPRESSED);
            }
            long end = position + TAG + size;
            if (end > bytes.capacity()) {
                throw file.damaged("ends at byte " + bytes.capacity() + ", inside a variable that goes to byte " + end);
            }
            InputStream content = new ByteArrayInputStream(file.bytes(), (int) position + TAG, (int) size);
            readVariable(content, type == COMPRESSED, size, position, visitor);
            position = end;
        }
    }

    private void readVariable(InputStream content, boolean packed, long size, long position, Visitor visitor) {
        try {
            if (packed) {
                InputStream in = new InflaterInputStream(content);
                MatVariable.Tag tag = MatVariable.tag(in, order);
                if (tag.type() != MATRIX) {
                    throw new IOException("it packs an element of type " + tag.type());
                }
                visitor.visit(MatVariable.open(in, order, tag.size()));
                drain(in); // to its end, where zlib keeps a checksum
            } else {
                visitor.visit(MatVariable.open(content, order, size));
            }
        } catch (EOFException e) {
            throw DataFile.damaged(e, file.path(), "has a variable at byte " + position + " that ends too early");
        } catch (IOException e) {
            throw DataFile.damaged(
                    e, file.path(), "has a garbled variable at byte " + position + " (" + e.getMessage() + ")");
        }
    }

    private static void drain(InputStream in) throws IOException {
        byte[] buffer = new byte[1 << 13];
        while (in.read(buffer) >= 0) {
            continue;
        }
    }
}
