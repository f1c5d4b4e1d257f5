package org.bpfree.tensor;

/** Rows that are centred and brought to length 1, {@code u = (z - mean z) / (1e-8 + |z - mean z|)}, and the adjoint. */
public final class UnitRows {
    private static final double TINY = 1e-8;

    private UnitRows() {}

    /**
     * {@code units = u(rows)}.
     *
     * @param rows {@code [rows, columns]}
     * @param lengths written: {@code |z - mean z|} of each row, {@code [rows]}
     */
    public static Routine forward(Tensor rows, Tensor units, Tensor lengths) {
        int columns = rows.shape().extent(1);
        return Parallel.loop(rows.shape().extent(0), 1, (begin, end) -> {
            Tensor in =
                    rows.slice(begin, end - begin); // tensors convert numbers in a place of their own, for one thread
            Tensor out = units.slice(begin, end - begin);
            double[] z = new double[columns];
            return () -> {
                for (int row = 0; row < end - begin; row++) {
                    in.read(row * columns, z, 0, columns);
                    centre(z);
                    double length = Math.sqrt(dot(z, z));
                    for (int i = 0; i < columns; i++) {
                        z[i] /= TINY + length;
                    }
                    out.write(row * columns, z, 0, columns);
                    lengths.set(begin + row, length);
                }
            };
        });
    }

    /** {@code rowsError} of the error of the units; nothing for a row whose elements are equal. */
    public static Routine backward(Tensor units, Tensor lengths, Tensor error, Tensor rowsError) {
        int columns = units.shape().extent(1);
        return Parallel.loop(units.shape().extent(0), 1, (begin, end) -> {
            Tensor unit = units.slice(begin, end - begin);
            Tensor in = error.slice(begin, end - begin);
            Tensor out = rowsError.slice(begin, end - begin);
            double[] u = new double[columns];
            double[] e = new double[columns];
            return () -> {
                for (int row = 0; row < end - begin; row++) {
                    unit.read(row * columns, u, 0, columns);
                    in.read(row * columns, e, 0, columns);
                    double length = lengths.at(begin + row);
                    double along = length == 0 ? 0 : dot(u, e) * (TINY + length) / length;
                    for (int i = 0; i < columns; i++) {
                        e[i] = length == 0 ? 0 : (e[i] - along * u[i]) / (TINY + length);
                    }
                    centre(e);
                    out.write(row * columns, e, 0, columns);
                }
            };
        });
    }

    private static void centre(double[] x) {
        double sum = 0;
        for (double each : x) {
            sum += each;
        }
        for (int i = 0; i < x.length; i++) {
            x[i] -= sum / x.length;
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
