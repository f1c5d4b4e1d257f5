package org.bpfree.measure;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bpfree.files.NumpyHeader;
import org.bpfree.files.NumpyHeader.Unreadable;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;

/**
 * One array in the {@code .npy} format (numpy.lib.format) as NumPy writes it: versions 1.0, 2.0 and 3.0, float32 or float64 of either byte
 * order, in C or Fortran order.
 */
final class NumpyArray {
    private NumpyArray() {}

    /** The array as a tensor in C order; one without axes gets one of extent 1. */
    static Tensor read(byte[] content) throws Unreadable {
        NumpyHeader header = NumpyHeader.of(content);
        Precision precision =
                switch (header.type()) {
                    case "f4" -> Precision.FLOAT32;
                    case "f8" -> Precision.FLOAT64;
                    default ->
                        throw new Unreadable("its header is " + header.text()
                                + ", which is not supported; float32 or float64 is needed");
                };
        int[] extents = header.extents();
        ByteBuffer stored = header.data();
        Tensor tensor = Tensor.zeros(precision, extents.length == 0 ? Shape.of(1) : Shape.of(extents));
        if (stored.remaining() != tensor.byteSize()) {
            throw new Unreadable(
                    "it is damaged: it holds " + stored.remaining() + " bytes instead of " + tensor.byteSize());
        }
        copy(stored, tensor, header.fortran() ? fortranStrides(extents) : cStrides(extents), extents);
        return tensor;
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
