package org.bpfree.model;

import java.util.List;
import org.bpfree.graph.Initializer;
import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.InvalidSetting;
import org.bpfree.settings.Range;
import org.bpfree.settings.TypeName;
import org.bpfree.tensor.ActivationFunction;
import org.bpfree.tensor.Shape;

/** Architectures that read an image as a sequence. */
public final class SequenceNetworks {
    private SequenceNetworks() {}

    /**
     * Many-to-one recurrent network (Elman 1990) over the rows of an image, written out step by step: {@code h(t) = f(W row(t) + b +
     * U h(t-1))}, then a dense layer on the last {@code h}. Every operation of every step is a node; all steps share {@code W}, {@code b}
     * and {@code U}.
     */
    @TypeName("row-rnn")
    @Doc("Recurrent network that reads an image row by row; all steps share their weights, the last one is classified.")
    public record RowRnn(
            @Doc("Hidden units.") @Default("128") @Range(min = 1)
            int hidden,

            @Doc("Non-linearity of the hidden units.") @Default("tanh")
            ActivationFunction activation)
            implements ArchitectureSettings {
        @Override
        public List<LayerSettings> layers(Shape image, int classes) {
            LayerList list = new LayerList(activation);
            for (int t = 0; t < image.extent(0); t++) {
                list.add(new SequenceLayers.Row("row" + t, List.of("input"), t));
                String shared = t == 0 ? "" : "from-row0";
                list.add(new LayerSettings.Dense(
                        "from-row" + t, List.of("row" + t), hidden, true, Initializer.GLOROT_UNIFORM, shared));
                if (t > 0) {
                    list.add(new LayerSettings.Dense(
                            "recurrent" + t,
                            List.of("hidden" + (t - 1)),
                            hidden,
                            false,
                            Initializer.ORTHOGONAL, // errors neither grow nor fade over the steps
                            t == 1 ? "" : "recurrent1"));
                    list.add(new LayerSettings.Add("sum" + t, List.of("from-row" + t, "recurrent" + t)));
                }
                list.activation("hidden" + t);
            }
            return list.dense(classes).toList();
        }
    }

    /**
     * Vision transformer (Dosovitskiy et al., arXiv 2010.11929) with normalization before each part of a block and the mean over tokens
     * in place of a class token. Keys have no bias: softmax does not see it, so its gradient is zero.
     */
    @TypeName("vit-tiny")
    @Doc("Small vision transformer: patches, position embedding, pre-normalized blocks, mean over tokens.")
    public record VitTiny(
            @Doc("Height and width of a patch in pixels; divides those of the image.") @Default("4") @Range(min = 1)
            int patch,

            @Doc("Features of a token.") @Default("64") @Range(min = 1)
            int width,

            @Doc("Number of blocks.") @Default("2") @Range(min = 1)
            int depth,

            @Doc("Attention heads; divides width.") @Default("4") @Range(min = 1)
            int heads,

            @Doc("Hidden units of the dense part of a block, as a multiple of width.") @Default("2") @Range(min = 1)
            int mlpRatio)
            implements ArchitectureSettings {
        private static final double EPSILON = 1e-5;

        /** Checks that the heads share the features equally. */
        public VitTiny {
            if (width % heads != 0) {
                throw new InvalidSetting(
                        "heads", heads + " heads do not divide width " + width + ". Choose a divisor of it.");
            }
        }

        @Override
        public List<LayerSettings> layers(Shape image, int classes) {
            if (image.extent(0) % patch != 0 || image.extent(1) % patch != 0) {
                throw new InvalidSetting(
                        "patch",
                        "patches of " + patch + "x" + patch + " pixels do not divide images of " + image.extent(0) + "x"
                                + image.extent(1) + ". Choose a common divisor of both.");
            }
            LayerList list = new LayerList(ActivationFunction.GELU).valid();
            list.conv(width, patch, patch).add(new SequenceLayers.Tokens("", List.of()));
            list.add(new SequenceLayers.PositionEmbedding("block0", List.of(), Initializer.LECUN_NORMAL, ""));
            for (int block = 1; block <= depth; block++) {
                attend(list, "block" + (block - 1), "attended" + block);
                list.add(norm("", "attended" + block));
                list.dense(mlpRatio * width).activation();
                list.add(dense("mlp" + block, List.of(), true));
                list.add(new LayerSettings.Add("block" + block, List.of("attended" + block, "mlp" + block)));
            }
            return list.add(norm("", "block" + depth))
                    .globalAveragePool()
                    .dense(classes)
                    .toList();
        }

        private void attend(LayerList list, String input, String name) {
            String norm = name + "-norm";
            list.add(norm(norm, input));
            list.add(dense(name + "-q", List.of(norm), true));
            list.add(dense(name + "-k", List.of(norm), false));
            list.add(dense(name + "-v", List.of(norm), true));
            list.add(new SequenceLayers.Attention("", List.of(name + "-q", name + "-k", name + "-v"), heads));
            list.add(dense(name + "-projection", List.of(), true));
            list.add(new LayerSettings.Add(name, List.of(input, name + "-projection")));
        }

        private LayerSettings dense(String name, List<String> inputs, boolean bias) {
            return new LayerSettings.Dense(name, inputs, width, bias, Initializer.GLOROT_UNIFORM);
        }

        private static LayerSettings norm(String name, String input) {
            return new SequenceLayers.LayerNorm(name, List.of(input), EPSILON, "");
        }
    }
}
