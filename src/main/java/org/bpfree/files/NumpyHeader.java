package org.bpfree.files;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands above the elements of an array in the {@code .npy} format (numpy.lib.format), of versions 1.0, 2.0 and 3.0.
 *
 * @param type of the elements as NumPy calls it, such as {@code f4} or {@code u1}
 * @param fortran whether the first axis is the fastest
 * @param extents of the axes; none for a single number
 * @param data the elements, in their byte order
 * @param text the header itself, for messages
 */
public record NumpyHeader(String type, boolean fortran, int[] extents, ByteBuffer data, String text) {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int LATEST_VERSION = 3;
    private static final Pattern TYPE = Pattern.compile("'descr': *'([<>=|]?)([a-zA-Z]\\w*)'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order': *(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape': *\\(([0-9, ]*)\\)");

    /** Why an array cannot be read; completes the sentence "the array … cannot be read: …". */
    public static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        public Unreadable(String why) {
            super(why);
        }
    }

    /**
     * Reads a header.
     *
     * @param content of the whole array, or its beginning, which tells all but the elements
     * @throws Unreadable if it is none, or one of elements with fields
     */
    public static NumpyHeader of(byte[] content) throws Unreadable {
        if (content.length < MAGIC.length + 4 || !Arrays.equals(MAGIC, 0, MAGIC.length, content, 0, MAGIC.length)) {
            throw new Unreadable("it is damaged: it does not begin as .npy files do");
        }
        int version = content[MAGIC.length];
        if (version < 1 || version > LATEST_VERSION) {
            throw new Unreadable("version " + version + " of the format is not supported; 1.0, 2.0 and 3.0 are");
        }
        ByteBuffer bytes =
                ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).position(MAGIC.length + 2);
        int start = MAGIC.length + 2 + (version == 1 ? Short.BYTES : Integer.BYTES);
        long length = content.length < start
                ? Long.MAX_VALUE
                : version == 1 ? Short.toUnsignedInt(bytes.getShort()) : Integer.toUnsignedLong(bytes.getInt());
        if (length > content.length - start) {
            throw new Unreadable("it is damaged: it ends inside its header");
        }
        String text = new String(content, start, (int) length, StandardCharsets.UTF_8).strip();
        Matcher type = found(TYPE, text);
        Matcher order = found(ORDER, text);
        int[] extents = Arrays.stream(found(SHAPE, text).group(1).split(","))
                .map(String::strip)
                .filter(extent -> !extent.isEmpty())
                .mapToInt(Integer::parseInt)
                .toArray();
        ByteBuffer data = ByteBuffer.wrap(content, start + (int) length, content.length - start - (int) length)
                .slice()
                .order(byteOrder(type.group(1)));
        return new NumpyHeader(type.group(2), order.group(1).equals("True"), extents, data, text);
    }

    private static Matcher found(Pattern pattern, String text) throws Unreadable {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new Unreadable(
                    "its header is " + text + ", which is not supported"); // such as a list of named fields
        }
        return matcher;
    }

    private static ByteOrder byteOrder(String mark) {
        return switch (mark) {
            case ">" -> ByteOrder.BIG_ENDIAN;
            case "<" -> ByteOrder.LITTLE_ENDIAN;
            default -> ByteOrder.nativeOrder();
        };
    }

    /** Number of elements. */
    public long size() {
        return Arrays.stream(extents).asLongStream().reduce(1, (a, b) -> a * b);
    }
}
