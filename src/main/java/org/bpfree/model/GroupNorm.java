package org.bpfree.model;

import java.util.List;
import org.bpfree.graph.Op;
import org.bpfree.graph.op.GroupNormOp;
import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.Extension;
import org.bpfree.settings.Range;
import org.bpfree.settings.TypeName;

/** Group normalization, which announces itself. */
public final class GroupNorm implements Extension {
    @Override
    public List<Class<? extends Record>> members() {
        return List.of(Layer.class);
    }

    /**
     * The layer.
     *
     * @param groups equal parts of the channels
     * @param epsilon added to the variance
     */
    @TypeName("group-norm")
    @Doc("Standardizes groups of channels of each image over all positions, then scales and shifts each channel.")
    public record Layer(
            @Doc("Equal parts of the channels, neighbours together.") @Default("8") @Range(min = 1)
            int groups,

            @Doc("Added to the variance, so that a constant group is not divided by zero.")
            @Default("1.0e-5")
            @Range(min = 0, aboveMin = true)
            double epsilon)
            implements LayerKind {
        @Override
        public boolean canShare() {
            return true;
        }

        @Override
        public Op op() {
            return new GroupNormOp(groups, epsilon);
        }
    }
}
