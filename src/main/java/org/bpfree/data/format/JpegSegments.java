package org.bpfree.data.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The segments of a JPEG file before its compressed data. */
final class JpegSegments {
    private static final int MARKER = 0xff;
    private static final int START_OF_IMAGE = 0xd8;
    private static final int START_OF_SCAN = 0xda;

    private JpegSegments() {}

    /** Looks at a segment. */
    @FunctionalInterface
    interface Visitor {
        /**
         * Looks at a segment.
         *
         * @param marker its kind
         * @param from where its content begins in the file
         * @param length bytes of content
         */
        void visit(int marker, int from, int length);
    }

    /** Shows every segment; none of a file that is no JPEG file, and only those before the damage of one that is damaged. */
    static void visit(byte[] file, Visitor visitor) {
        if (file.length < 4 || at(file, 0) != MARKER || at(file, 1) != START_OF_IMAGE) {
            return;
        }
        int position = 2;
        while (position + 4 <= file.length && at(file, position) == MARKER) {
            int marker = at(file, position + 1);
            if (marker == MARKER) {
                position++; // Any number of fill bytes may stand before a marker.
                continue;
            }
            int length = at(file, position + 2) << 8 | at(file, position + 3);
            if (marker == START_OF_SCAN || length < 2 || position + 2 + length > file.length) {
                return;
            }
            visitor.visit(marker, position + 4, length - 2);
            position += 2 + length;
        }
    }

    /** Whether a marker is one of those that begin a frame (SOF0..SOF15 without DHT, JPG and DAC, which lie between them). */
    static boolean beginsFrame(int marker) {
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }

    /** Whether a text stands at a position. */
    static boolean startsWith(byte[] file, int from, String text) {
        byte[] expected = text.getBytes(StandardCharsets.ISO_8859_1);
        int end = from + expected.length;
        return end <= file.length && Arrays.equals(file, from, end, expected, 0, expected.length);
    }

    private static int at(byte[] file, int position) {
        return file[position] & 0xff;
    }
}
