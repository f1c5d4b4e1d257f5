package org.bpfree.graph.op;

import java.util.List;
import org.bpfree.graph.Initializer;
import org.bpfree.graph.Op;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Window;

/**
 * Convolution of maps {@code [height, width, in]} with as many kernels as a patch has numbers, {@code D = size * size * in}, of which
 * the first {@code filters} are read: weights {@code [D, size, size, in]} (arXiv 2102.11598, code {@code InvConv}).
 *
 * @param filters output channels that the next layer reads; the other {@code D - filters} are auxiliary
 * @param window size, stride and padding
 * @param bias whether a bias is added to each channel that is read
 * @param initializer law of the initial weights
 */
public record SquareConvOp(int filters, Window window, boolean bias, Initializer initializer) implements SquareOp {
    @Override
    public String kind() {
        return "square-conv";
    }

    @Override
    public int width(List<Shape> inputs) {
        return window.size()
                * window.size()
                * Maps.requireMap(inputs.get(0), "kernel").extent(2);
    }

    @Override
    public int read(List<Shape> inputs) {
        return filters;
    }

    @Override
    public Op rows(int rows, boolean withBias) {
        return new ConvOp(rows, window, withBias, initializer);
    }
}
