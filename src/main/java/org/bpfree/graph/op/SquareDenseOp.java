package org.bpfree.graph.op;

import java.util.List;
import org.bpfree.graph.Initializer;
import org.bpfree.graph.Op;
import org.bpfree.settings.InvalidSetting;
import org.bpfree.tensor.Shape;

/**
 * Fully connected layer {@code [width] -> [read]} with weights {@code [width, width]}.
 *
 * @param declaredWidth inputs the layer is meant for, 0 for as many as there are
 * @param declaredRead units that the next layer reads, 0 for all
 * @param bias whether a bias is added to each unit that is read
 * @param initializer law of the initial weights
 */
public record SquareDenseOp(int declaredWidth, int declaredRead, boolean bias, Initializer initializer)
        implements SquareOp {
    @Override
    public String kind() {
        return "square-dense";
    }

    @Override
    public int width(List<Shape> inputs) {
        rows(1, bias).outputShape(inputs);
        int features = inputs.get(0).extent(0);
        if (declaredWidth != 0 && declaredWidth != features) {
            throw new InvalidSetting(
                    "width",
                    declaredWidth + " differs from the " + features
                            + " inputs. A square layer is as wide as its input: set width: " + features
                            + ", or let the layer above give " + declaredWidth + " units.");
        }
        return features;
    }

    @Override
    public int read(List<Shape> inputs) {
        return declaredRead == 0 ? width(inputs) : declaredRead;
    }

    @Override
    public Op rows(int rows, boolean withBias) {
        return new DenseOp(rows, withBias, initializer);
    }
}
