package org.bpfree.model;

import java.util.List;
import org.bpfree.graph.Op;
import org.bpfree.graph.op.PaddedIdentityOp;
import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.Range;
import org.bpfree.settings.TypeName;

/** Layers of the shortcuts of residual networks. */
public final class ShortcutLayers {
    private ShortcutLayers() {}

    /** Every few pixels of a map, with channels of zeros: {@code [height, width, in] -> [height / stride, width / stride, channels]}. */
    @TypeName("padded-identity")
    @Doc("Shortcut without parameters: every few pixels of a map, with channels of zeros behind its own.")
    public record PaddedIdentity(
            @Doc("Name for 'inputs' of other layers.") @Default("''")
            String name,

            @Doc("Layers read; empty for the one above.") @Default("[]")
            List<String> inputs,

            @Doc("Channels of the output, at least those of the input.") @Range(min = 1)
            int channels,

            @Doc("Step between the pixels that are kept, in both directions.") @Default("1") @Range(min = 1)
            int stride)
            implements LayerSettings {
        @Override
        public Op op() {
            return new PaddedIdentityOp(channels, stride);
        }
    }

    /** What stands on a shortcut where the main path changes the shape. */
    public enum Shortcut {
        @Doc("A convolution of 1x1 kernels and batch normalization (option B of He et al. 2016).")
        PROJECTION,
        @Doc("Every second pixel, with channels of zeros behind (option A, which has no parameters).")
        PADDED
    }
}
