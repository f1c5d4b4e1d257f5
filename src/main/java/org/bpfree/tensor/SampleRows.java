package org.bpfree.tensor;

/** What is done to each sample of a tensor {@code [samples, ...]}, taken as one row of numbers. Sums are formed in double precision. */
public final class SampleRows {
    /** Numbers of which a thread should have as many at least. */
    private static final int LEAST_SHARE = Parallel.least(1);

    private SampleRows() {}

    /** {@code output = x / (tiny + sqrt(mean of x^2))} for each row {@code x} of the input; the output may be the input. */
    public static Routine unitMeanSquare(Tensor input, double tiny, Tensor output) {
        int columns = columns(input);
        return rows(input, (begin, end) -> {
            Tensor in = input.slice(begin, end - begin);
            Tensor out = output.slice(begin, end - begin);
            double[] x = new double[columns];
            return () -> {
                for (int from = 0; from < in.size(); from += columns) {
                    in.read(from, x, 0, columns);
                    scale(x, 1 / (tiny + Math.sqrt(Sums.dot(x, x, 0, columns) / columns)));
                    out.write(from, x, 0, columns);
                }
            };
        });
    }

    /**
     * {@code sums[row] = sum of x^2} over each row {@code x}.
     *
     * @param sums written, {@code [samples]}
     */
    public static Routine squares(Tensor input, Tensor sums) {
        int columns = columns(input);
        return rows(input, (begin, end) -> {
            Tensor in = input.slice(begin, end - begin);
            double[] x = new double[columns];
            return () -> {
                for (int row = begin; row < end; row++) {
                    in.read((row - begin) * columns, x, 0, columns);
                    sums.set(row, Sums.dot(x, x, 0, columns));
                }
            };
        });
    }

    /**
     * {@code output = factors[row] * x} for each row {@code x} of the input; the output may be the input.
     *
     * @param factors {@code [samples]}
     */
    public static Routine scale(Tensor input, Tensor factors, Tensor output) {
        int columns = columns(input);
        return rows(input, (begin, end) -> {
            Tensor in = input.slice(begin, end - begin);
            Tensor out = output.slice(begin, end - begin);
            double[] x = new double[columns];
            return () -> {
                for (int row = begin; row < end; row++) {
                    in.read((row - begin) * columns, x, 0, columns);
                    scale(x, factors.at(row));
                    out.write((row - begin) * columns, x, 0, columns);
                }
            };
        });
    }

    private static void scale(double[] x, double factor) {
        for (int i = 0; i < x.length; i++) {
            x[i] *= factor;
        }
    }

    private static int columns(Tensor tensor) {
        return tensor.size() / tensor.shape().extent(0);
    }

    private static Routine rows(Tensor input, Parallel.Share share) {
        return Parallel.loop(input.shape().extent(0), Math.max(1, LEAST_SHARE / columns(input)), share);
    }
}
