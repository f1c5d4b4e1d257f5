package org.bpfree.graph.op;

import java.util.List;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Op;
import org.bpfree.settings.InvalidSetting;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;

/**
 * A shortcut without parameters where the main path changes the shape (option A of He et al. 2016): every {@code stride}-th pixel of a map in
 * both directions, from the first on, with channels of zeros behind its own, {@code [height, width, in] -> [height / stride, width / stride,
 * channels]}, rounded up. Linear; the error of a pixel goes to where it came from.
 *
 * @param channels of the output, at least those of the input
 * @param stride step between pixels
 */
public record PaddedIdentityOp(int channels, int stride) implements Op {
    @Override
    public String kind() {
        return "padded-identity";
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        Shape input = Maps.requireMap(inputs.get(0), "type");
        if (channels < input.extent(2)) {
            throw new InvalidSetting(
                    "channels",
                    channels + " are fewer than the " + input.extent(2) + " channels of the input " + input
                            + ". Channels can be added only.");
        }
        return Shape.of(kept(input.extent(0)), kept(input.extent(1)), channels);
    }

    private int kept(int pixels) {
        return (pixels + stride - 1) / stride;
    }

    @Override
    public boolean isFixedLinear() {
        return true;
    }

    @Override
    public Kernel bind(Kernel.Binding binding) {
        Tensor input = binding.input();
        Tensor output = binding.output();
        double[] pixel = new double[input.shape().extent(-1)];
        return new Kernel() {
            @Override
            public void forward() {
                output.fill(0);
                move(input, output, pixel, true);
            }

            @Override
            public Routine backward(Wiring wiring) {
                Tensor below = wiring.inputError();
                if (below == null) {
                    return Routine.NOTHING;
                }
                double[] error = new double[pixel.length];
                return () -> {
                    below.fill(0);
                    move(below, wiring.error(), error, false);
                };
            }
        };
    }

    /** Copies the pixels that both maps have, down the network or back. */
    private void move(Tensor large, Tensor small, double[] pixel, boolean forward) {
        int rows = large.shape().extent(1);
        int columns = large.shape().extent(2);
        int to = 0;
        for (int image = 0; image < large.shape().extent(0); image++) {
            for (int row = 0; row < rows; row += stride) {
                for (int column = 0; column < columns; column += stride, to += channels) {
                    int from = ((image * rows + row) * columns + column) * pixel.length;
                    if (forward) {
                        large.read(from, pixel, 0, pixel.length);
                        small.write(to, pixel, 0, pixel.length);
                    } else {
                        small.read(to, pixel, 0, pixel.length);
                        large.write(from, pixel, 0, pixel.length);
                    }
                }
            }
        }
    }
}
