package org.bpfree.model;

import java.util.List;
import org.bpfree.graph.Op;
import org.bpfree.graph.op.AddOp;
import org.bpfree.graph.op.ConcatOp;
import org.bpfree.graph.op.MultiplyOp;
import org.bpfree.settings.Doc;
import org.bpfree.settings.InvalidSetting;
import org.bpfree.settings.TypeName;

/** Layers that read several others. */
public final class JoinLayers {
    private JoinLayers() {}

    /** What joins any number of layers, two at least. */
    private interface Join extends LayerKind {
        @Override
        default boolean joins() {
            return true;
        }

        @Override
        default void requireInputs(List<String> inputs) {
            if (inputs.size() < 2) {
                throw new InvalidSetting(
                        "inputs",
                        "joins " + inputs.size() + " layer(s), but needs at least 2. Name the layers to join.");
            }
        }
    }

    /** Sum of equally shaped layers. */
    @TypeName("add")
    @Doc("Sum of equally shaped layers.")
    public record Add() implements Join {
        @Override
        public Op op() {
            return new AddOp();
        }
    }

    /** Layers side by side along the last axis (channels or features). */
    @TypeName("concat")
    @Doc("Layers side by side along the last axis.")
    public record Concat() implements Join {
        @Override
        public Op op() {
            return new ConcatOp();
        }
    }

    /** Elementwise product of equally shaped layers. */
    @TypeName("multiply")
    @Doc("Elementwise product of equally shaped layers.")
    public record Multiply() implements Join {
        @Override
        public Op op() {
            return new MultiplyOp();
        }
    }
}
