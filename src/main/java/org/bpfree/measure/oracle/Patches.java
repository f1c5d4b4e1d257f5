package org.bpfree.measure.oracle;

import java.util.Arrays;
import org.bpfree.graph.Node;
import org.bpfree.graph.op.SquareConvOp;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Window;

/** The rows that a square layer multiplies: whole samples, or the patch under each window of a map; pixels beyond the border are 0. */
final class Patches {
    private final int samples;
    private final int width;
    private final int[] places;

    Patches(Node layer, int samples) {
        this.samples = samples;
        Shape in = layer.inputShapes().get(0);
        width = layer.parameters().get(0).spec().shape().extent(0);
        places = layer.op() instanceof SquareConvOp conv ? places(in, layer.shape(), conv.window()) : identity(width);
    }

    private static int[] identity(int width) {
        int[] places = new int[width];
        Arrays.setAll(places, i -> i);
        return places;
    }

    /** For each number of each patch its place in the sample, or -1 beyond the border. */
    private int[] places(Shape in, Shape out, Window window) {
        int[] found = new int[out.extent(0) * out.extent(1) * width];
        int top = NaiveConvolution.padding(window, in.extent(0), out.extent(0));
        int left = NaiveConvolution.padding(window, in.extent(1), out.extent(1));
        for (int at = 0; at < found.length; at++) {
            int patch = at / width;
            int tap = at % width / in.extent(2);
            int row = patch / out.extent(1) * window.stride() + tap / window.size() - top;
            int column = patch % out.extent(1) * window.stride() + tap % window.size() - left;
            boolean inside = row >= 0 && row < in.extent(0) && column >= 0 && column < in.extent(1);
            found[at] = inside ? (row * in.extent(1) + column) * in.extent(2) + at % in.extent(2) : -1;
        }
        return found;
    }

    /** Number of rows of all samples. */
    int rows() {
        return samples * places.length / width;
    }

    /** The rows of the samples. */
    double[] take(double[] x) {
        double[] rows = new double[samples * places.length];
        int perSample = x.length / samples;
        for (int at = 0; at < rows.length; at++) {
            int place = places[at % places.length];
            rows[at] = place < 0 ? 0 : x[at / places.length * perSample + place];
        }
        return rows;
    }

    /** The samples that rows add up to. */
    double[] putTogether(double[] rows, int size) {
        double[] x = new double[size];
        for (int at = 0; at < rows.length; at++) {
            int place = places[at % places.length];
            if (place >= 0) {
                x[at / places.length * (size / samples) + place] += rows[at];
            }
        }
        return x;
    }

    /** How many rows cover each number. */
    double[] overlaps(int size) {
        double[] ones = new double[samples * places.length];
        Arrays.fill(ones, 1);
        return putTogether(ones, size);
    }
}
