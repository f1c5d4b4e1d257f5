package org.bpfree.tensor;

import java.util.Arrays;

/**
 * Loops over some rows of matrices {@code [rows, channels]} in which each column has factors and sums of its own. A few rows at a time lie in an
 * array, and factors are repeated for each of them, so that the inner loops are long and become vector instructions even when there
 * are few channels. Sums over few rows are formed in the precision of the matrix and added up in double precision.
 */
abstract class ChannelLoops {
    /** Elements worked on at a time: what a loop reads and writes stays in the first-level cache. */
    private static final int CHUNK = 1024;

    /** Chunks that are summed in the precision of the matrix. */
    private static final int CHUNKS_AT_ONCE = 16;

    final int channels;
    private final int begin; // of the first element
    private final int end;
    private final int chunk; // a multiple of the channels
    private final double[] shift;
    private final double[] pieceMean;
    private final double[] pieceSquares;

    ChannelLoops(int firstRow, int endRow, int channels) {
        begin = firstRow * channels;
        end = endRow * channels;
        this.channels = channels;
        chunk = Math.min(end - begin, Math.max(1, CHUNK / channels) * channels);
        shift = new double[channels];
        pieceMean = new double[channels];
        pieceSquares = new double[channels];
    }

    /** Loops over rows {@code firstRow..endRow-1} of tensors of a precision. */
    static ChannelLoops over(Precision precision, int firstRow, int endRow, int channels) {
        return precision == Precision.FLOAT32
                ? new FloatChannelLoops(firstRow, endRow, channels)
                : new DoubleChannelLoops(firstRow, endRow, channels);
    }

    int chunk() {
        return chunk;
    }

    /** {@code sums[c] = sum of x}. */
    final void sum(Tensor x, double[] sums) {
        Arrays.fill(sums, 0);
        for (int from = begin, done = 0; from < end; from += chunk) {
            int n = Math.min(chunk, end - from);
            addChunk(x, from, n);
            if (++done % CHUNKS_AT_ONCE == 0 || from + n == end) {
                collect(sums, null);
            }
        }
    }

    /**
     * {@code mean[c]} of x and {@code squares[c] = sum of (x - mean[c])^2}, in one pass: the sums of pieces are formed of differences from
     * the mean of the rows before, so that little cancels, and the moments of pieces merged.
     */
    final void moments(Tensor x, double[] mean, double[] squares) {
        Arrays.fill(squares, 0);
        meanOfFirstChunk(x, mean);
        int piece = chunk * CHUNKS_AT_ONCE;
        for (int from = begin; from < end; from += piece) {
            int to = Math.min(end, from + piece);
            int rows = (to - from) / channels;
            for (int c = 0; c < channels; c++) {
                shift[c] = (float) mean[c]; // a number that either precision has
            }
            set(shift, null, null);
            Arrays.fill(pieceMean, 0);
            Arrays.fill(pieceSquares, 0);
            for (int at = from; at < to; at += chunk) {
                addMoments(x, at, Math.min(chunk, to - at));
            }
            collect(pieceMean, pieceSquares);
            for (int c = 0; c < channels; c++) {
                double difference = pieceMean[c] / rows;
                pieceSquares[c] = Math.max(0, pieceSquares[c] - difference * pieceMean[c]);
                pieceMean[c] = shift[c] + difference;
            }
            mergeMoments((from - begin) / channels, mean, squares, rows, pieceMean, pieceSquares);
        }
    }

    private void meanOfFirstChunk(Tensor x, double[] mean) {
        Arrays.fill(mean, 0);
        addChunk(x, begin, chunk);
        collect(mean, null);
        for (int c = 0; c < channels; c++) {
            mean[c] /= (double) chunk / channels;
        }
    }

    /** Adds the moments of more rows to those of some (Chan, Golub and LeVeque 1979). */
    static void mergeMoments(
            double rows, double[] mean, double[] squares, double moreRows, double[] moreMean, double[] moreSquares) {
        double part = moreRows / (rows + moreRows);
        for (int c = 0; c < mean.length; c++) {
            double difference = moreMean[c] - mean[c];
            mean[c] += difference * part;
            squares[c] += moreSquares[c] + difference * difference * rows * part;
        }
    }

    /** Number of rows. */
    final int rows() {
        return (end - begin) / channels;
    }

    /** {@code y = factor[c] (x - mean[c]) + offset[c]}. */
    final void affine(Tensor x, double[] mean, double[] factor, double[] offset, Tensor y) {
        set(mean, factor, offset);
        for (int from = begin; from < end; from += chunk) {
            affineChunk(x, y, from, Math.min(chunk, end - from));
        }
    }

    /** {@code y = max(0, factor[c] (x - mean[c]) + offset[c] + shortcut)}; the shortcut may be null. */
    final void rectified(Tensor x, double[] mean, double[] factor, double[] offset, Tensor shortcut, Tensor y) {
        set(mean, factor, offset);
        for (int from = begin; from < end; from += chunk) {
            rectifiedChunk(x, shortcut, y, from, Math.min(chunk, end - from));
        }
    }

    /** {@code sums[c] = sum of e, products[c] = sum of e (x - mean[c])}. */
    final void products(Tensor x, double[] mean, Tensor e, double[] sums, double[] products) {
        set(mean, null, null);
        addUp(sums, products, (from, n) -> addProducts(x, e, from, n));
    }

    /**
     * {@link #products} of the errors that pass a rectifier: those where its output is positive. They are written to
     * {@code passed}, unless it is null.
     */
    final void rectifiedProducts(
            Tensor x, double[] mean, Tensor e, Tensor rectified, Tensor passed, double[] sums, double[] products) {
        set(mean, null, null);
        addUp(sums, products, (from, n) -> addRectified(x, e, rectified, passed, from, n));
    }

    /**
     * {@link #products} of what a displacement takes from {@code max(0, h)}, where {@code h} is the pre-activation of {@link #rectified}:
     * {@code e = max(0, h) - max(0, h - displacement)}. It is written to {@code passed}, unless it is null.
     */
    final void displacedProducts(
            Tensor x,
            double[] mean,
            double[] factor,
            double[] offset,
            Tensor shortcut,
            Tensor displacement,
            Tensor passed,
            double[] sums,
            double[] products) {
        set(mean, factor, offset);
        addUp(sums, products, (from, n) -> addDisplaced(x, shortcut, displacement, passed, from, n));
    }

    private interface Piece {
        void add(int from, int n);
    }

    private void addUp(double[] sums, double[] products, Piece piece) {
        Arrays.fill(sums, 0);
        Arrays.fill(products, 0);
        for (int from = begin, done = 0; from < end; from += chunk) {
            int n = Math.min(chunk, end - from);
            piece.add(from, n);
            if (++done % CHUNKS_AT_ONCE == 0 || from + n == end) {
                collect(sums, products);
            }
        }
    }

    /** {@code y = factor[c] e + slope[c] (x - mean[c]) + offset[c]}. */
    final void combine(Tensor x, double[] mean, double[] slope, Tensor e, double[] factor, double[] offset, Tensor y) {
        set(mean, factor, offset);
        setSlope(slope);
        for (int from = begin; from < end; from += chunk) {
            combineChunk(x, e, y, from, Math.min(chunk, end - from));
        }
    }

    /** Repeats what the loops need of each channel over a chunk; null stands for what they do not. */
    abstract void set(double[] mean, double[] factor, double[] offset);

    abstract void setSlope(double[] slope);

    abstract void addChunk(Tensor x, int from, int n);

    /** Adds to the sums the differences from the mean, and to the products their squares. */
    abstract void addMoments(Tensor x, int from, int n);

    abstract void addProducts(Tensor x, Tensor e, int from, int n);

    /** Adds the products of the errors that pass where {@code rectified} is positive. */
    abstract void addRectified(Tensor x, Tensor e, Tensor rectified, Tensor passed, int from, int n);

    /** Adds the products of what a displacement takes from the rectified pre-activation. */
    abstract void addDisplaced(Tensor x, Tensor shortcut, Tensor displacement, Tensor passed, int from, int n);

    abstract void affineChunk(Tensor x, Tensor y, int from, int n);

    abstract void rectifiedChunk(Tensor x, Tensor shortcut, Tensor y, int from, int n);

    abstract void combineChunk(Tensor x, Tensor e, Tensor y, int from, int n);

    /** Moves the sums of the last chunks, one strand an element of a chunk, to the sums of the channels. */
    abstract void collect(double[] sums, double[] products);
}
