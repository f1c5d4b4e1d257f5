package org.bpfree.measure;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;

/**
 * One array in the {@code .npy} format (numpy.lib.format) as NumPy writes it: versions 1.0, 2.0 and 3.0, float32 or float64 of either byte
 * order, in C or Fortran order.
 */
final class NumpyArray {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int LATEST_VERSION = 3;
    private static final Pattern TYPE = Pattern.compile("'descr': *'([<>=|]?)([a-zA-Z]\\w*)'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order': *(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape': *\\(([0-9, ]*)\\)");

    /** Why an array cannot be read; completes the sentence "the array … cannot be read: …". */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String why) {
            super(why);
        }
    }

    private NumpyArray() {}

    /** The array as a tensor in C order; one without axes gets one of extent 1. */
    static Tensor read(byte[] content) throws Unreadable {
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
        String header = new String(content, start, (int) length, StandardCharsets.UTF_8).strip();
        Matcher type = found(TYPE, header);
        Matcher order = found(ORDER, header);
        Matcher shape = found(SHAPE, header);
        Precision precision =
                switch (type.group(2)) {
                    case "f4" -> Precision.FLOAT32;
                    case "f8" -> Precision.FLOAT64;
                    default -> throw notSupported(header);
                };
        int[] extents = Arrays.stream(shape.group(1).split(","))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .mapToInt(Integer::parseInt)
                .toArray();
        ByteBuffer stored = ByteBuffer.wrap(content, start + (int) length, content.length - start - (int) length)
                .slice()
                .order(byteOrder(type.group(1)));
        Tensor tensor = Tensor.zeros(precision, extents.length == 0 ? Shape.of(1) : Shape.of(extents));
        if (stored.remaining() != tensor.byteSize()) {
            throw new Unreadable(
                    "it is damaged: it holds " + stored.remaining() + " bytes instead of " + tensor.byteSize());
        }
        copy(stored, tensor, order.group(1).equals("True") ? fortranStrides(extents) : cStrides(extents), extents);
        return tensor;
    }

    private static Matcher found(Pattern pattern, String header) throws Unreadable {
        Matcher matcher = pattern.matcher(header);
        if (!matcher.find()) {
            throw notSupported(header); // such as a list of named fields
        }
        return matcher;
    }

    private static Unreadable notSupported(String header) {
        return new Unreadable("its header is " + header + ", which is not supported; float32 or float64 is needed");
    }

    private static ByteOrder byteOrder(String mark) {
        return switch (mark) {
            case ">" -> ByteOrder.BIG_ENDIAN;
            case "<" -> ByteOrder.LITTLE_ENDIAN;
            default -> ByteOrder.nativeOrder();
        };
    }

    /** Elements from one index of an axis to the next, the first axis fastest. */
    private static int[] fortranStrides(int[] extents) {
        int[] strides = new int[extents.length];
        int stride = 1;
        for (int axis = 0; axis < extents.length; axis++) {
            strides[axis] = stride;
            stride *= extents[axis];
        }
        return strides;
    }

    /** Elements from one index of an axis to the next, the last axis fastest. */
    private static int[] cStrides(int[] extents) {
        int[] strides = new int[extents.length];
        int stride = 1;
        for (int axis = extents.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= extents[axis];
        }
        return strides;
    }

    /** Copies bit by bit, so that payloads of NaN stay, too. */
    private static void copy(ByteBuffer from, Tensor to, int[] strides, int[] extents) {
        ByteBuffer target = to.bytes().order(ByteOrder.nativeOrder());
        int[] index = new int[extents.length];
        int source = 0;
        for (int i = 0; i < to.size(); i++) {
            if (to.precision() == Precision.FLOAT32) {
                target.putInt(from.getInt(source * Float.BYTES));
            } else {
                target.putLong(from.getLong(source * Double.BYTES));
            }
            for (int axis = extents.length - 1; axis >= 0; axis--) {
                source += strides[axis];
                if (++index[axis] < extents[axis]) {
                    break;
                }
                source -= strides[axis] * extents[axis];
                index[axis] = 0;
            }
        }
    }
}
