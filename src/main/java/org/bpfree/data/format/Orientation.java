package org.bpfree.data.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicReference;

/** How a picture lies in its file: the orientation of EXIF (tag 0x0112), which cameras write in place of turning the pixels. */
enum Orientation {
    UPRIGHT(false, false, false),
    MIRRORED(false, true, false),
    UPSIDE_DOWN(false, true, true),
    MIRRORED_UPSIDE_DOWN(false, false, true),
    TRANSPOSED(true, false, false),
    LEFT_SIDE_UP(true, true, false),
    TRANSVERSED(true, true, true),
    RIGHT_SIDE_UP(true, false, true);

    private static final int TAG = 0x0112;
    private static final int SHORT = 3;
    private static final int ENTRY = 12;
    private static final String EXIF = "Exif\0\0";

    private final boolean transposed;
    private final boolean fromRight;
    private final boolean fromBelow;

    /**
     * An orientation.
     *
     * @param transposed whether the rows of the file are columns of the upright picture
     * @param fromRight whether the file goes through the columns of the upright picture from the right
     * @param fromBelow whether the file goes through the rows of the upright picture from below
     */
    Orientation(boolean transposed, boolean fromRight, boolean fromBelow) {
        this.transposed = transposed;
        this.fromRight = fromRight;
        this.fromBelow = fromBelow;
    }

    /** Whether the rows of the file are columns of the upright picture. */
    boolean transposed() {
        return transposed;
    }

    /** Whether the file goes through the columns of the upright picture from the right. */
    boolean fromRight() {
        return fromRight;
    }

    /** Whether the file goes through the rows of the upright picture from below. */
    boolean fromBelow() {
        return fromBelow;
    }

    /** The orientation a JPEG, PNG or TIFF file tells; upright where it tells none, or none that there is. */
    static Orientation of(byte[] file) {
        AtomicReference<Orientation> found = new AtomicReference<>(UPRIGHT);
        JpegSegments.visit(file, (marker, from, length) -> {
            if (marker == 0xe1 && JpegSegments.startsWith(file, from, EXIF)) {
                found.set(ofTiff(file, from + EXIF.length(), length - EXIF.length()));
            }
        });
        if (JpegSegments.startsWith(file, 1, "PNG\r\n")) {
            return ofPng(file);
        }
        if (JpegSegments.startsWith(file, 0, "II*\0") || JpegSegments.startsWith(file, 0, "MM\0*")) {
            return ofTiff(file, 0, file.length);
        }
        return found.get();
    }

    private static Orientation ofPng(byte[] file) {
        ByteBuffer buffer = ByteBuffer.wrap(file);
        int position = 8;
        while (position + 12 <= file.length) {
            int length = buffer.getInt(position);
            if (length < 0 || length > file.length - position - 12) {
                return UPRIGHT;
            }
            if (JpegSegments.startsWith(file, position + 4, "eXIf")) {
                return ofTiff(file, position + 8, length);
            }
            position += 12 + length;
        }
        return UPRIGHT;
    }

    /** The orientation in the first directory of a TIFF structure. */
    private static Orientation ofTiff(byte[] file, int from, int length) {
        if (length < 8) {
            return UPRIGHT;
        }
        ByteBuffer tiff = ByteBuffer.wrap(file, from, length).slice();
        tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = tiff.getInt(4);
        if (directory < 0 || directory > length - 2) {
            return UPRIGHT;
        }
        int entries = tiff.getShort(directory) & 0xffff;
        for (int i = 0; i < entries; i++) {
            int entry = directory + 2 + i * ENTRY;
            if (entry > length - ENTRY) {
                return UPRIGHT;
            }
            if ((tiff.getShort(entry) & 0xffff) == TAG && tiff.getShort(entry + 2) == SHORT) {
                int value = tiff.getShort(entry + 8);
                return value >= 1 && value <= values().length ? values()[value - 1] : UPRIGHT;
            }
        }
        return UPRIGHT;
    }
}
