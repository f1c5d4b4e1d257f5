package org.bpfree.learn.spiking;

import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Tensor;

/**
 * A loop over tensors {@code [steps * batch, ...]} in pieces: a few units at a time, whose numbers at all steps lie in arrays that stay
 * in the first-level caches, so that time is gone through once whatever is computed along it. Arrays are {@code [step][unit]}.
 */
abstract class TimeLoop implements Routine {
    /** Units worked on at a time by a loop that holds a few steps of them. */
    static final int UNITS = 1024;

    private static final int SHORTEST = 64;

    /** Steps in time. */
    final int steps;

    /** Numbers of one step, of all images together. */
    private final int block;

    private final int piece;

    /**
     * A loop.
     *
     * @param size elements of the tensors
     * @param units worked on at a time
     */
    TimeLoop(int size, int steps, int units) {
        this.steps = steps;
        block = size / steps;
        piece = Math.min(block, Math.max(SHORTEST, units));
    }

    @Override
    public final void run() {
        begin();
        for (int from = 0; from < block; from += piece) {
            piece(from, Math.min(piece, block - from));
        }
    }

    /** Comes before the first piece. */
    void begin() {}

    /** Works on {@code n} units from unit {@code from} on. */
    abstract void piece(int from, int n);

    /** Most units worked on at a time. */
    final int length() {
        return piece;
    }

    /** An array for the numbers of a piece at one step. */
    final double[] row() {
        return new double[piece];
    }

    /** An array for the numbers of a piece. */
    final double[][] rows() {
        return new double[steps][piece];
    }

    /** Reads the units of one step. */
    final void read(Tensor tensor, int step, int from, double[] into, int n) {
        tensor.read(step * block + from, into, 0, n);
    }

    /** Reads the units of all steps. */
    final void read(Tensor tensor, int from, double[][] into, int n) {
        for (int t = 0; t < steps; t++) {
            read(tensor, t, from, into[t], n);
        }
    }

    /** Reads the units of one step; only for single precision. */
    final void read(Tensor tensor, int step, int from, float[] into, int n) {
        tensor.read(step * block + from, into, 0, n);
    }

    /** Writes the units of one step; only for single precision. */
    final void write(Tensor tensor, int step, int from, float[] values, int n) {
        tensor.write(step * block + from, values, 0, n);
    }

    /** Writes the units of one step. */
    final void write(Tensor tensor, int step, int from, double[] values, int n) {
        tensor.write(step * block + from, values, 0, n);
    }

    /** Writes the units of all steps. */
    final void write(Tensor tensor, int from, double[][] values, int n) {
        for (int t = 0; t < steps; t++) {
            write(tensor, t, from, values[t], n);
        }
    }
}
