package org.bpfree.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Walks the top-level elements of a MATLAB 5 file, each an 8-byte tag (type, bytes) and its content, and checks that they fill the
 * file exactly. The library stops without a word where a file was cut between two elements, and allocates what a tag announces.
 */
final class MatChunks {
    private static final int HEADER = 128;
    private static final int TAG = 8;
    private static final int MATRIX = 14;
    private static final int COMPRESSED = 15;

    private MatChunks() {}

    static void check(DataFile file) {
        ByteBuffer bytes = ByteBuffer.wrap(file.bytes());
        bytes.order(order(file, bytes));
        long position = HEADER;
        while (position < file.bytes().length) {
            if (file.bytes().length - position < TAG) {
                throw file.damaged("ends with " + (file.bytes().length - position)
                        + " bytes that belong to no variable, at byte " + position);
            }
            int type = bytes.getInt((int) position);
            long size = Integer.toUnsignedLong(bytes.getInt((int) position + 4));
            if (type != MATRIX && type != COMPRESSED) {
                throw file.damaged("has an element of type " + Integer.toUnsignedString(type) + " at byte " + position
                        + "; variables are of type " + MATRIX + " or " + COMPRESSED);
            }
            position += TAG + size;
            if (position > file.bytes().length) {
                throw file.damaged(
                        "ends at byte " + file.bytes().length + ", inside a variable that goes to byte " + position);
            }
        }
    }

    private static ByteOrder order(DataFile file, ByteBuffer bytes) {
        int mark = bytes.order(ByteOrder.BIG_ENDIAN).getShort(HEADER - 2);
        if (mark == ('I' << 8 | 'M')) {
            return ByteOrder.LITTLE_ENDIAN;
        }
        if (mark == ('M' << 8 | 'I')) {
            return ByteOrder.BIG_ENDIAN;
        }
        throw file.damaged(String.format(
                "has the byte-order mark 0x%04x at byte 126; a MATLAB 5 file has 'MI' or 'IM' there", mark & 0xffff));
    }
}
