package org.bpfree.model;

import java.util.List;
import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.Range;
import org.bpfree.settings.TypeName;
import org.bpfree.tensor.ActivationFunction;
import org.bpfree.tensor.Shape;

/** Deep convolutional architectures whose {@code width} scales all their layers. */
public final class ConvolutionalNetworks {
    private ConvolutionalNetworks() {}

    /** VGG-7 as in the predictive-coding benchmark PCX (arXiv 2407.01163). */
    @TypeName("vgg-7")
    @Doc("VGG-7: six 3x3 convolutions, pools after the first, third and fifth, one dense layer; images from 8x8.")
    public record Vgg7(
            @Doc("Non-linearity after each convolution.") @Default("relu")
            ActivationFunction activation,

            @Doc("Filters of convolutions 1 and 2; 3 and 4 have twice as many, 5 and 6 four times.")
            @Default("128")
            @Range(min = 1)
            int width)
            implements ArchitectureSettings {
        @Override
        public List<LayerSettings> layers(Shape image, int classes) {
            LayerList.requireImage(image, 8, "vgg-7");
            int pixels = Math.min(image.extent(0), image.extent(1)) / 4; // after two pools
            LayerList list = new LayerList(activation).same();
            list.conv(width, 3).activation().maxPool();
            list.conv(width, 3).activation();
            list.conv(2 * width, 3).activation().maxPool();
            pixels = unpadded(list, 2 * width, pixels, 2);
            list.same().conv(4 * width, 3).activation().maxPool();
            unpadded(list, 4 * width, pixels / 2, 1);
            return list.flatten().dense(classes).toList();
        }

        /** PCX pads neither the fourth nor the sixth convolution; images below 32x32 may need it, or nothing would be left. */
        private static int unpadded(LayerList list, int filters, int pixels, int needed) {
            boolean fits = pixels - 2 >= needed;
            (fits ? list.valid() : list.same()).conv(filters, 3).activation();
            return fits ? pixels - 2 : pixels;
        }
    }

    /** AlexNet (Krizhevsky, Sutskever and Hinton 2012) in its usual form for CIFAR: one tower, 3x3 kernels, no local normalization. */
    @TypeName("alexnet")
    @Doc(
            "AlexNet for images from 15x15: five 3x3 convolutions, the first of stride 2, three pools, three dense layers.")
    public record AlexNet(
            @Doc("Non-linearity after each hidden layer.") @Default("relu")
            ActivationFunction activation,

            @Doc("Filters of convolution 1; the others have 3, 6, 4, 4 times and the dense layers 64 times as many."
                    + " 64 is AlexNet's own; 16 suits a CPU.")
            @Default("64")
            @Range(min = 1)
            int width,

            @Doc("Probability that a value is silenced before each hidden dense layer; 0 leaves dropout out.")
            @Default("0.5")
            @Range(min = 0, max = 1, belowMax = true)
            double dropout)
            implements ArchitectureSettings {
        private static final int DENSE = 64;

        @Override
        public List<LayerSettings> layers(Shape image, int classes) {
            LayerList.requireImage(image, 15, "alexnet");
            LayerList list = new LayerList(activation).same();
            list.conv(width, 3, 2).activation().maxPool();
            list.conv(3 * width, 3).activation().maxPool();
            list.conv(6 * width, 3).activation();
            list.conv(4 * width, 3).activation();
            list.conv(4 * width, 3).activation().maxPool().flatten();
            for (int layer = 0; layer < 2; layer++) {
                if (dropout > 0) {
                    list.add(new LayerSettings.Dropout("", List.of(), dropout));
                }
                list.dense(DENSE * width).activation();
            }
            return list.dense(classes).toList();
        }
    }

    /** ResNet-18 (He et al. 2016) with the usual stem for small images: one 3x3 convolution and no pool. */
    @TypeName("resnet-18")
    @Doc(
            "ResNet-18 for small images: 3x3 stem, four stages of two blocks, 1x1 convolutions where a shortcut changes shape.")
    public record ResNet18(
            @Doc("Non-linearity after each normalization.") @Default("relu")
            ActivationFunction activation,

            @Doc("Filters of the stem and the first stage; each further stage has twice as many.")
            @Default("64")
            @Range(min = 1)
            int width)
            implements ArchitectureSettings {
        private static final int STAGES = 4;

        @Override
        public List<LayerSettings> layers(Shape image, int classes) {
            LayerList list = new LayerList(activation).same().withoutBias();
            list.conv(width, 3).batchNorm().activation();
            for (int filters = width, stage = 0; stage < STAGES; stage++, filters *= 2) {
                list.residualBlock(filters, stage > 0).residualBlock(filters, false);
            }
            return list.globalAveragePool().withBias().dense(classes).toList();
        }
    }
}
