package org.bpfree.model;

import org.bpfree.graph.Op;
import org.bpfree.graph.op.GlobalAveragePoolOp;
import org.bpfree.graph.op.PoolOp;
import org.bpfree.graph.op.SumPoolOp;
import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.Range;
import org.bpfree.settings.TypeName;
import org.bpfree.tensor.Pooling;
import org.bpfree.tensor.Window;

/** Layers that take windows, or whole maps, together. */
public final class PoolLayers {
    private PoolLayers() {}

    /** Largest value of each window. */
    @TypeName("max-pool")
    @Doc("Largest value of each window.")
    public record MaxPool(
            @Doc("Height and width of a window in pixels.") @Default("2") @Range(min = 1)
            int size,

            @Doc("Step between windows in pixels, 0 for the size of the window.") @Default("0") @Range(min = 0)
            int stride,

            @Doc("Whether windows may cross the border.") @Default("valid")
            Padding padding)
            implements LayerKind {
        @Override
        public Op op() {
            return new PoolOp("max-pool", Pooling.Reduction.MAX, poolWindow(size, stride, padding));
        }
    }

    /** Mean of each window. */
    @TypeName("avg-pool")
    @Doc("Mean of each window.")
    public record AvgPool(
            @Doc("Height and width of a window in pixels.") @Default("2") @Range(min = 1)
            int size,

            @Doc("Step between windows in pixels, 0 for the size of the window.") @Default("0") @Range(min = 0)
            int stride,

            @Doc("Whether windows may cross the border.") @Default("valid")
            Padding padding)
            implements LayerKind {
        @Override
        public Op op() {
            return new PoolOp("avg-pool", Pooling.Reduction.MEAN, poolWindow(size, stride, padding));
        }
    }

    /** Weighted sum of each window; windows do not overlap. */
    @TypeName("sum-pool")
    @Doc("Sum of each window times a fixed weight; windows do not overlap and do not cross the border.")
    public record SumPool(
            @Doc("Height and width of a window in pixels, and step between windows.") @Default("2") @Range(min = 1)
            int size,

            @Doc("Factor on the sum; 1.1 in the spiking networks of TSSL-BP.") @Default("1.1")
            double weight)
            implements LayerKind {
        @Override
        public Op op() {
            return new SumPoolOp(size, weight);
        }
    }

    /** Mean over positions or tokens: {@code [height, width, channels]} or {@code [tokens, channels] -> [channels]}. */
    @TypeName("global-avg-pool")
    @Doc("Mean of each channel over all positions of a map, or of each feature over all tokens.")
    public record GlobalAvgPool() implements LayerKind {
        @Override
        public Op op() {
            return new GlobalAveragePoolOp();
        }
    }

    private static Window poolWindow(int size, int stride, Padding padding) {
        return new Window(size, stride == 0 ? size : stride, padding == Padding.SAME);
    }
}
