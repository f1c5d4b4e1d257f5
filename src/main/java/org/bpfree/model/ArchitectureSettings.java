package org.bpfree.model;

import java.util.List;
import org.bpfree.model.ShortcutLayers.Shortcut;
import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.Range;
import org.bpfree.settings.TypeName;
import org.bpfree.tensor.ActivationFunction;
import org.bpfree.tensor.Shape;

/** A ready network: a short name that stands for a list of layers, for any image size it fits. */
public sealed interface ArchitectureSettings
        permits ArchitectureSettings.Mlp,
                ArchitectureSettings.ResidualMlp,
                ArchitectureSettings.Lenet,
                ArchitectureSettings.Vgg5,
                ConvolutionalNetworks.Vgg7,
                ConvolutionalNetworks.AlexNet,
                ArchitectureSettings.Ekdaa,
                ArchitectureSettings.ResNet20,
                ConvolutionalNetworks.ResNet18,
                SequenceNetworks.RowRnn,
                SequenceNetworks.VitTiny {
    /**
     * The layers, ending with one score a class.
     *
     * @throws org.bpfree.settings.InvalidSetting if the architecture cannot be built for such images, naming its setting to change
     */
    List<LayerSettings> layers(Shape image, int classes);

    /** Fully connected network. */
    @TypeName("mlp")
    @Doc("Fully connected network.")
    record Mlp(
            @Doc("Units of each hidden layer.") @Default("[256, 256]") @Range(min = 1)
            List<Integer> hidden,

            @Doc("Non-linearity after each hidden layer.") @Default("tanh")
            ActivationFunction activation)
            implements ArchitectureSettings {
        @Override
        public List<LayerSettings> layers(Shape image, int classes) {
            LayerList list = new LayerList(activation).flatten();
            hidden.forEach(units -> list.dense(units).activation());
            return list.dense(classes).toList();
        }
    }

    /**
     * Fully connected network in which every hidden layer but the first adds to what it reads, {@code h + f(W h + b)}. With the
     * defaults it is the "5-layer fully connected, 256 hidden, a residual at every layer" of Salvatori et al., <i>Reverse Differentiation
     * via Predictive Coding</i>, arXiv 2103.04689, appendix C; the first and the last layer change the size and have none.
     */
    @TypeName("residual-mlp")
    @Doc("Fully connected network with a residual at every layer that keeps the size.")
    record ResidualMlp(
            @Doc("Dense layers, the last one included.") @Default("5") @Range(min = 2)
            int layers,

            @Doc("Units of each hidden layer.") @Default("256") @Range(min = 1)
            int hidden,

            @Doc("Non-linearity of each hidden layer.") @Default("tanh")
            ActivationFunction activation)
            implements ArchitectureSettings {
        @Override
        public List<LayerSettings> layers(Shape image, int classes) {
            LayerList list = new LayerList(activation).flatten().dense(hidden).activation("hidden1");
            for (int layer = 2; layer < layers; layer++) {
                list.dense(hidden).activation("change" + layer);
                list.add(new LayerSettings.Add("hidden" + layer, List.of("hidden" + (layer - 1), "change" + layer)));
            }
            return list.dense(classes).toList();
        }
    }

    /** LeNets of the feedback-alignment benchmark BioTorch (arXiv 2108.13446). */
    @TypeName("lenet")
    @Doc("LeNets of the feedback-alignment benchmark BioTorch: one for grey, one for colour images.")
    record Lenet(
            @Doc("Non-linearity after each hidden layer.") @Default("relu")
            ActivationFunction activation) implements ArchitectureSettings {
        @Override
        public List<LayerSettings> layers(Shape image, int classes) {
            LayerList list = new LayerList(activation).valid();
            if (image.extent(2) == 1) {
                // Padding 'same' in the first layer stands for the enlargement of 28x28 images to 32x32.
                list.same().conv(6, 5).activation().maxPool().valid();
                list.conv(16, 5).activation().maxPool().conv(120, 5).activation();
                return list.flatten().dense(84).activation().dense(classes).toList();
            }
            list.conv(32, 3).activation().maxPool().conv(64, 3).activation().maxPool();
            list.conv(128, 3).activation().globalAveragePool();
            return list.dense(256).activation().dense(classes).toList();
        }
    }

    /** VGG-5 as in the predictive-coding benchmark PCX (arXiv 2407.01163). */
    @TypeName("vgg-5")
    @Doc("Four 3x3 convolutions with pooling (128, 256, 512, 512 filters) and one dense layer.")
    record Vgg5(
            @Doc("Non-linearity after each hidden layer.") @Default("relu")
            ActivationFunction activation,

            @Doc("Filters of each convolution; each is followed by a 2x2 pool.")
            @Default("[128, 256, 512, 512]")
            @Range(min = 1)
            List<Integer> filters)
            implements ArchitectureSettings {
        @Override
        public List<LayerSettings> layers(Shape image, int classes) {
            LayerList list = new LayerList(activation).same();
            filters.forEach(count -> list.conv(count, 3).activation().maxPool());
            return list.flatten().dense(classes).toList();
        }
    }

    /** The networks of EKDAA: for CIFAR-10 as in the authors' code, for Fashion-MNIST a choice of this project. */
    @TypeName("ekdaa")
    @Doc("EKDAA's CIFAR-10 network of the authors' code; for grey images this project's smaller choice.")
    record Ekdaa(
            @Doc("Non-linearity after each hidden layer.") @Default("tanh")
            ActivationFunction activation) implements ArchitectureSettings {
        @Override
        public List<LayerSettings> layers(Shape image, int classes) {
            LayerList list = new LayerList(activation).same().withoutBias();
            if (image.extent(2) == 1) {
                list.conv(32, 3).activation().conv(32, 3).activation().maxPool();
                list.conv(64, 3).activation().conv(64, 3).activation().maxPool();
            } else {
                list.conv(64, 3).activation().conv(64, 3).activation().maxPool();
                list.conv(64, 3).activation().conv(128, 3).activation().maxPool();
                list.conv(128, 3).activation().conv(128, 3).activation().maxPool();
            }
            return list.flatten().dense(128).activation().dense(classes).toList();
        }
    }

    /**
     * ResNet-20 for small images (He et al. 2016, section 4.2). The paper's own shortcuts for CIFAR-10 are {@code padded}; the paper does not
     * say on which side the zeros stand, and here they follow the channels of the input.
     */
    @TypeName("resnet-20")
    @Doc("ResNet-20 for small images; by default 1x1 convolutions where a shortcut changes shape.")
    record ResNet20(
            @Doc("Non-linearity after each normalization.") @Default("relu")
            ActivationFunction activation,

            @Doc("What stands on a shortcut where the main path changes the shape.") @Default("projection")
            Shortcut shortcut)
            implements ArchitectureSettings {
        private static final int BLOCKS = 3;

        /** The network with projections. */
        public ResNet20(ActivationFunction activation) {
            this(activation, Shortcut.PROJECTION);
        }

        @Override
        public List<LayerSettings> layers(Shape image, int classes) {
            LayerList list = new LayerList(activation).same().withoutBias();
            list.conv(16, 3).batchNorm().activation();
            for (int filters = 16, stage = 0; stage < 3; stage++, filters *= 2) {
                for (int block = 0; block < BLOCKS; block++) {
                    list.residualBlock(filters, stage > 0 && block == 0, shortcut);
                }
            }
            return list.globalAveragePool().withBias().dense(classes).toList();
        }
    }
}
