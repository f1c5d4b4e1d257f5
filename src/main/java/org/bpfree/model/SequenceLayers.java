package org.bpfree.model;

import java.util.List;
import org.bpfree.graph.Initializer;
import org.bpfree.graph.Op;
import org.bpfree.graph.op.AttentionOp;
import org.bpfree.graph.op.LayerNormOp;
import org.bpfree.graph.op.PositionEmbeddingOp;
import org.bpfree.graph.op.RowOp;
import org.bpfree.graph.op.TokensOp;
import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.InvalidSetting;
import org.bpfree.settings.Range;
import org.bpfree.settings.TypeName;

/** The layers that work on sequences {@code [tokens, features]}. */
public final class SequenceLayers {
    private static final int ATTENTION_INPUTS = 3;

    private SequenceLayers() {}

    /** {@code [height, width, channels] -> [height * width, channels]}. */
    @TypeName("tokens")
    @Doc("The positions of maps become a sequence of tokens.")
    public record Tokens(
            @Doc("Name for 'inputs' of other layers.") @Default("''")
            String name,

            @Doc("Layers read; empty for the one above.") @Default("[]")
            List<String> inputs)
            implements LayerSettings {
        @Override
        public Op op() {
            return new TokensOp();
        }
    }

    /** {@code [height, width, channels] -> [width * channels]} or {@code [tokens, features] -> [features]}. */
    @TypeName("row")
    @Doc("One row of an image, or one token of a sequence, as a vector.")
    public record Row(
            @Doc("Name for 'inputs' of other layers.") @Default("''")
            String name,

            @Doc("Layers read; empty for the one above.") @Default("[]")
            List<String> inputs,

            @Doc("Which row, from 0.") @Range(min = 0) int index)
            implements LayerSettings {
        @Override
        public Op op() {
            return new RowOp(index);
        }
    }

    /** Standardizes the features of each token. */
    @TypeName("layer-norm")
    @Doc("Standardizes over the last axis (the features of each token), then scales and shifts each feature.")
    public record LayerNorm(
            @Doc("Name for 'inputs' of other layers.") @Default("''")
            String name,

            @Doc("Layers read; empty for the one above.") @Default("[]")
            List<String> inputs,

            @Doc("Added to the variance.") @Default("1.0e-5") @Range(min = 0, aboveMin = true)
            double epsilon,

            @Doc("Earlier layer whose scale and shift this one uses; empty for its own.") @Default("''")
            String share)
            implements LayerSettings {
        @Override
        public Op op() {
            return new LayerNormOp(epsilon);
        }
    }

    /** A learned vector for each position. */
    @TypeName("position-embedding")
    @Doc("Adds a learned vector to each token, so that positions differ.")
    public record PositionEmbedding(
            @Doc("Name for 'inputs' of other layers.") @Default("''")
            String name,

            @Doc("Layers read; empty for the one above.") @Default("[]")
            List<String> inputs,

            @Doc("Law of the initial vectors; fan-in is the number of features.") @Default("lecun-normal")
            Initializer initializer,

            @Doc("Earlier layer whose vectors this one uses; empty for its own.") @Default("''")
            String share)
            implements LayerSettings {
        @Override
        public Op op() {
            return new PositionEmbeddingOp(initializer);
        }
    }

    /** Scaled dot-product attention. */
    @TypeName("attention")
    @Doc("Scaled dot-product attention, softmax(q k^T / sqrt(d)) v in each head; no parameters of its own.")
    public record Attention(
            @Doc("Name for 'inputs' of other layers.") @Default("''")
            String name,

            @Doc("The three layers that make queries, keys and values, in this order.")
            List<String> inputs,

            @Doc("Equal parts of the features, each with attention of its own.") @Default("1") @Range(min = 1)
            int heads)
            implements LayerSettings {
        /** Checks that there are queries, keys and values. */
        public Attention {
            if (inputs.size() != ATTENTION_INPUTS) {
                throw new InvalidSetting(
                        "inputs",
                        "names " + inputs.size()
                                + " layer(s), but attention reads three. Name the layers that make queries, keys and values.");
            }
        }

        @Override
        public boolean joins() {
            return true;
        }

        @Override
        public Op op() {
            return new AttentionOp(heads);
        }
    }
}
