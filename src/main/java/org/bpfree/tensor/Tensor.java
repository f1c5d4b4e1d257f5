package org.bpfree.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.bpfree.natives.NativeLibraries;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Numbers of one {@link Precision} in memory outside the Java heap, dense, in row-major order, of a shape that never changes.
 *
 * <p>Views ({@link #reshape}, {@link #first}) share the memory of the tensor they are made from. Reading and writing through Java
 * arrays copies whole ranges, which is as fast as a native pass over the same range. Not safe for use by several threads at once.
 */
public final class Tensor {
    /** Elements converted at a time: they stay in the first-level cache. */
    private static final int CONVERSION = 2048;

    private final INDArray array;
    private final DataBuffer memory;
    private final long offset; // of the first element, in elements
    private final Shape shape;
    private final Precision precision;
    private final FloatBuffer floats; // null unless FLOAT32
    private final DoubleBuffer doubles; // null unless FLOAT64
    private float[] conversion; // made when first needed

    static {
        NativeLibraries.prepare(); // a tensor may be the first that asks ND4J for anything
    }

    private Tensor(DataBuffer memory, long offset, Shape shape, Precision precision) {
        this.memory = memory;
        this.offset = offset;
        this.shape = shape;
        this.precision = precision;
        this.array = Nd4j.create(memory, shape.toLongArray(), rowMajorStrides(shape), offset, 'c');
        ByteBuffer bytes = bytes();
        this.floats = precision == Precision.FLOAT32 ? bytes.asFloatBuffer() : null;
        this.doubles = precision == Precision.FLOAT64 ? bytes.asDoubleBuffer() : null;
    }

    private static long[] rowMajorStrides(Shape shape) {
        long[] strides = new long[shape.rank()];
        long stride = 1;
        for (int axis = shape.rank() - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= shape.extent(axis);
        }
        return strides;
    }

    /** A new tensor filled with zeros. */
    public static Tensor zeros(Precision precision, Shape shape) {
        DataType type = precision == Precision.FLOAT32 ? DataType.FLOAT : DataType.DOUBLE;
        return new Tensor(Nd4j.createBuffer(type, shape.size(), true), 0, shape, precision);
    }

    /** A new tensor with the given elements in row-major order, rounded to the precision. */
    public static Tensor of(Precision precision, Shape shape, double... elements) {
        Tensor tensor = zeros(precision, shape);
        tensor.write(elements);
        return tensor;
    }

    /** The extents of the axes. */
    public Shape shape() {
        return shape;
    }

    /** The number format. */
    public Precision precision() {
        return precision;
    }

    /** Number of elements. */
    public int size() {
        return Math.toIntExact(shape.size());
    }

    /** Bytes of memory the elements take. */
    public long byteSize() {
        return shape.size() * precision.bytes();
    }

    /** The same memory under another shape of equal size. */
    public Tensor reshape(Shape other) {
        if (other.size() != shape.size()) {
            throw new IllegalArgumentException("cannot view " + shape + " as " + other);
        }
        return other.equals(shape) ? this : new Tensor(memory, offset, other, precision);
    }

    /** The first {@code count} entries along the outermost axis, in the same memory. */
    public Tensor first(int count) {
        return slice(0, count);
    }

    /** {@code count} entries along the outermost axis, from entry {@code from}, in the same memory. */
    public Tensor slice(int from, int count) {
        if (from == 0 && count == shape.extent(0)) {
            return this;
        }
        Shape inner = shape.inner();
        return new Tensor(memory, offset + from * inner.size(), inner.batched(count), precision);
    }

    /** {@code count} elements from index {@code from} in row-major order, {@code [count]}, in the same memory. */
    public Tensor range(int from, int count) {
        return reshape(Shape.of(size())).slice(from, count);
    }

    /** Whether this tensor and the other are views of the same memory. */
    public boolean sharesMemoryWith(Tensor other) {
        return memory == other.memory;
    }

    /** Copies {@code count} elements from index {@code from} into a Java array; only for {@link Precision#FLOAT32}. */
    public void read(int from, float[] into, int at, int count) {
        floats.get(from, into, at, count);
    }

    /** Copies {@code count} elements of a Java array to index {@code to}; only for {@link Precision#FLOAT32}. */
    public void write(int to, float[] elements, int from, int count) {
        floats.put(to, elements, from, count);
    }

    /** Copies {@code count} elements from index {@code from} into a Java array, whatever the precision. */
    public void read(int from, double[] into, int at, int count) {
        if (doubles != null) {
            doubles.get(from, into, at, count);
            return;
        }
        for (int done = 0; done < count; done += CONVERSION) {
            int n = Math.min(CONVERSION, count - done);
            floats.get(from + done, conversion(), 0, n);
            for (int i = 0; i < n; i++) {
                into[at + done + i] = conversion[i];
            }
        }
    }

    /** Copies {@code count} elements of a Java array to index {@code to}, rounded to the precision. */
    public void write(int to, double[] elements, int from, int count) {
        if (doubles != null) {
            doubles.put(to, elements, from, count);
            return;
        }
        for (int done = 0; done < count; done += CONVERSION) {
            int n = Math.min(CONVERSION, count - done);
            float[] rounded = conversion();
            for (int i = 0; i < n; i++) {
                rounded[i] = (float) elements[from + done + i];
            }
            floats.put(to + done, rounded, 0, n);
        }
    }

    private float[] conversion() {
        if (conversion == null) {
            conversion = new float[Math.min(CONVERSION, size())];
        }
        return conversion;
    }

    /** Overwrites all elements. */
    public void write(double[] elements) {
        if (elements.length != size()) {
            throw new IllegalArgumentException(elements.length + " elements for " + shape);
        }
        write(0, elements, 0, elements.length);
    }

    /** Overwrites all elements by the first {@link #size} of an array, whatever the precision. */
    public void writeFloats(float[] elements) {
        if (floats != null) {
            floats.put(0, elements, 0, size());
        } else {
            for (int i = 0; i < size(); i++) {
                doubles.put(i, elements[i]);
            }
        }
    }

    /** One element by its row-major index; for single look-ups, not for loops. */
    public double at(int index) {
        return doubles != null ? doubles.get(index) : floats.get(index);
    }

    /** Overwrites one element by its row-major index; for single changes, not for loops. */
    public void set(int index, double value) {
        if (doubles != null) {
            doubles.put(index, value);
        } else {
            floats.put(index, (float) value);
        }
    }

    /** A copy of all elements. */
    public double[] toDoubles() {
        double[] elements = new double[size()];
        read(0, elements, 0, elements.length);
        return elements;
    }

    /** Whether no element is NaN or infinite. */
    public boolean isFinite() {
        int chunk = Math.min(CONVERSION, size());
        // x * 0 is 0 for finite x and NaN otherwise, and a sum with NaN stays NaN.
        if (floats != null) {
            float[] x = conversion();
            float[] sums = new float[chunk];
            for (int from = 0; from < size(); from += chunk) {
                int n = Math.min(chunk, size() - from);
                floats.get(from, x, 0, n);
                for (int i = 0; i < n; i++) {
                    sums[i] += x[i] * 0;
                }
            }
            return !Double.isNaN(Sums.sum(sums));
        }
        double[] x = new double[chunk];
        double[] sums = new double[chunk];
        for (int from = 0; from < size(); from += chunk) {
            int n = Math.min(chunk, size() - from);
            doubles.get(from, x, 0, n);
            for (int i = 0; i < n; i++) {
                sums[i] += x[i] * 0;
            }
        }
        return !Double.isNaN(Sums.sum(sums, 0, chunk));
    }

    /** Sets every element to the same value. */
    public void fill(double value) {
        int chunk = Math.min(CONVERSION, size());
        if (doubles != null) {
            double[] copies = new double[chunk];
            Arrays.fill(copies, value);
            for (int from = 0; from < size(); from += chunk) {
                doubles.put(from, copies, 0, Math.min(chunk, size() - from));
            }
        } else {
            Arrays.fill(conversion(), (float) value);
            for (int from = 0; from < size(); from += chunk) {
                floats.put(from, conversion, 0, Math.min(chunk, size() - from));
            }
        }
    }

    /** Overwrites this tensor with the elements of another of the same size and precision. */
    public void copyFrom(Tensor source) {
        copyFrom(source, 0, size());
    }

    /** Overwrites {@code count} elements from index {@code from} with those of another tensor of the same size and precision. */
    void copyFrom(Tensor source, int from, int count) {
        if (doubles != null) {
            doubles.put(from, source.doubles, from, count);
        } else {
            floats.put(from, source.floats, from, count);
        }
    }

    /** The memory as bytes in native order, for files. */
    public ByteBuffer bytes() {
        return pointer().asByteBuffer().order(ByteOrder.nativeOrder());
    }

    /** The memory, for native calls; valid while this tensor is reachable. */
    BytePointer pointer() {
        return pointer(0);
    }

    /** The memory from an element on. */
    BytePointer pointer(int from) {
        long begin = offset * precision.bytes();
        return new BytePointer(memory.pointer())
                .position(begin + (long) from * precision.bytes())
                .limit(begin + byteSize());
    }

    /** The memory from an element on, for native calls; only for {@link Precision#FLOAT32}. */
    FloatPointer floatsFrom(int from) {
        return new FloatPointer(memory.pointer()).position(offset + from);
    }

    /** The memory from an element on, for native calls; only for {@link Precision#FLOAT64}. */
    DoublePointer doublesFrom(int from) {
        return new DoublePointer(memory.pointer()).position(offset + from);
    }

    INDArray array() {
        return array;
    }

    /**
     * This tensor {@code [batch, tokens, heads * width]} as {@code [batch, heads, tokens, width]}: a view with strides, for native ops
     * that take one.
     */
    INDArray splitIntoHeads(int heads) {
        long tokens = shape.extent(1);
        long features = shape.extent(2);
        long width = features / heads;
        long[] extents = {shape.extent(0), heads, tokens, width};
        return Nd4j.create(memory, extents, new long[] {tokens * features, width, features, 1}, offset, 'c');
    }

    /** The memory as numbers, for native calls; null unless {@link Precision#FLOAT32}. */
    FloatBuffer floats() {
        return floats;
    }

    /** The memory as numbers, for native calls; null unless {@link Precision#FLOAT64}. */
    DoubleBuffer doubles() {
        return doubles;
    }

    @Override
    public String toString() {
        return "Tensor " + shape + " " + precision;
    }
}
