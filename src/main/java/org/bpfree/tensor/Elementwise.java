package org.bpfree.tensor;

import java.util.function.DoubleSupplier;

/** Sums, differences and products, element by element, of tensors of equal shape. An output may be one of the inputs. */
public final class Elementwise {
    /** Elements of which a thread should copy as many at least. */
    private static final int LEAST_COPIED = Parallel.least(0.08);

    private Elementwise() {}

    /** {@code output = a + b}. */
    public static Routine add(Tensor a, Tensor b, Tensor output) {
        return binary(Elementwise::add, Elementwise::add, a, b, output);
    }

    /** {@code output = a - b}. */
    public static Routine subtract(Tensor a, Tensor b, Tensor output) {
        return binary(Elementwise::subtract, Elementwise::subtract, a, b, output);
    }

    /** {@code output = a * b}. */
    public static Routine multiply(Tensor a, Tensor b, Tensor output) {
        return binary(Elementwise::multiply, Elementwise::multiply, a, b, output);
    }

    private static Routine binary(Chunked.FloatMap2 floats, Chunked.Map2 doubles, Tensor a, Tensor b, Tensor output) {
        return a.precision() == Precision.FLOAT32
                ? Chunked.mapFloats(a, b, output, floats)
                : Chunked.mapDoubles(a, b, output, doubles);
    }

    private static void add(float[] a, float[] b, int n) {
        for (int i = 0; i < n; i++) {
            a[i] += b[i];
        }
    }

    private static void add(double[] a, double[] b, int n) {
        for (int i = 0; i < n; i++) {
            a[i] += b[i];
        }
    }

    private static void subtract(float[] a, float[] b, int n) {
        for (int i = 0; i < n; i++) {
            a[i] -= b[i];
        }
    }

    private static void subtract(double[] a, double[] b, int n) {
        for (int i = 0; i < n; i++) {
            a[i] -= b[i];
        }
    }

    private static void multiply(float[] a, float[] b, int n) {
        for (int i = 0; i < n; i++) {
            a[i] *= b[i];
        }
    }

    private static void multiply(double[] a, double[] b, int n) {
        for (int i = 0; i < n; i++) {
            a[i] *= b[i];
        }
    }

    /** {@code output = input}; nothing is done when both are views of the same memory. */
    public static Routine copy(Tensor input, Tensor output) {
        return input.sharesMemoryWith(output)
                ? Routine.NOTHING
                : Parallel.loop(
                        input.size(), LEAST_COPIED, (from, to) -> () -> output.copyFrom(input, from, to - from));
    }

    /** {@code output = factor * sign(input)}, with sign(0) = 0. */
    public static Routine sign(Tensor input, double factor, Tensor output) {
        return Chunked.map(input, output, (x, n) -> {
            for (int i = 0; i < n; i++) {
                x[i] = factor * Math.signum(x[i]);
            }
        });
    }

    /** {@code output = a * sign(b)}, with sign(0) = 0. */
    public static Routine multiplyBySign(Tensor a, Tensor b, Tensor output) {
        return Chunked.map(a, b, output, (x, y, n) -> {
            for (int i = 0; i < n; i++) {
                x[i] *= Math.signum(y[i]);
            }
        });
    }

    /** {@code output = input}, limited to {@code -limit..limit}. */
    public static Routine clamp(Tensor input, double limit, Tensor output) {
        return Chunked.map(input, output, (x, n) -> {
            for (int i = 0; i < n; i++) {
                x[i] = Math.max(-limit, Math.min(limit, x[i]));
            }
        });
    }

    /** {@code output = factor * input}. */
    public static Routine scale(Tensor input, double factor, Tensor output) {
        return scale(input, () -> factor, output);
    }

    /** {@code output = factor * input}, with the factor at the time of the run. */
    public static Routine scale(Tensor input, DoubleSupplier factor, Tensor output) {
        if (input.precision() == Precision.FLOAT32) {
            return Chunked.mapFloats(input, output, (x, n) -> {
                double now = factor.getAsDouble();
                for (int i = 0; i < n; i++) {
                    x[i] = (float) (x[i] * now);
                }
            });
        }
        return Chunked.mapDoubles(input, output, (x, n) -> {
            double now = factor.getAsDouble();
            for (int i = 0; i < n; i++) {
                x[i] *= now;
            }
        });
    }

    /** {@code output = factorA * a + factorB * b}. */
    public static Routine blend(Tensor a, double factorA, Tensor b, double factorB, Tensor output) {
        return blend(a, () -> factorA, b, () -> factorB, output);
    }

    /** {@code output = factorA * a + factorB * b}, with the factors at the time of the run. */
    public static Routine blend(Tensor a, DoubleSupplier factorA, Tensor b, DoubleSupplier factorB, Tensor output) {
        if (a.precision() == Precision.FLOAT32) {
            return Chunked.mapFloats(a, b, output, (x, y, n) -> {
                double ofA = factorA.getAsDouble();
                double ofB = factorB.getAsDouble();
                for (int i = 0; i < n; i++) {
                    x[i] = (float) (ofA * x[i] + ofB * y[i]);
                }
            });
        }
        return Chunked.mapDoubles(a, b, output, (x, y, n) -> {
            double ofA = factorA.getAsDouble();
            double ofB = factorB.getAsDouble();
            for (int i = 0; i < n; i++) {
                x[i] = ofA * x[i] + ofB * y[i];
            }
        });
    }

    /** {@code output = factor * (a - b) - c}, with the factor at the time of the run. */
    public static Routine changeBeyond(Tensor a, Tensor b, DoubleSupplier factor, Tensor c, Tensor output) {
        if (a.precision() == Precision.FLOAT32) {
            return Chunked.mapFloats(a, b, c, output, (x, y, z, n) -> {
                double now = factor.getAsDouble();
                for (int i = 0; i < n; i++) {
                    x[i] = (float) (now * (x[i] - y[i]) - z[i]);
                }
            });
        }
        return subtract(a, b, output).then(blend(output, factor, c, () -> -1, output));
    }
}
