package org.bpfree.model;

import java.util.ArrayList;
import java.util.List;
import org.bpfree.graph.Initializer;
import org.bpfree.model.LayerSettings.Padding;
import org.bpfree.model.ShortcutLayers.Shortcut;
import org.bpfree.settings.InvalidSetting;
import org.bpfree.tensor.ActivationFunction;
import org.bpfree.tensor.Shape;

/** Writes the layer lists of architectures. Each method appends a layer that reads the one before it. */
final class LayerList {
    private static final double NORM_MOMENTUM = 0.1;
    private static final double NORM_EPSILON = 1e-5;

    private final ActivationFunction function;
    private final List<LayerSettings> layers = new ArrayList<>();
    private Padding padding = Padding.SAME;
    private boolean bias = true;

    LayerList(ActivationFunction function) {
        this.function = function;
    }

    /** Refuses images with fewer pixels a side than an architecture needs. */
    static void requireImage(Shape image, int pixels, String architecture) {
        if (image.extent(0) < pixels || image.extent(1) < pixels) {
            throw new InvalidSetting(
                    "type",
                    architecture + " needs images of at least " + pixels + "x" + pixels + " pixels, but these have "
                            + image.extent(0) + "x" + image.extent(1)
                            + ". Choose another architecture, or write the layers.");
        }
    }

    LayerList same() {
        padding = Padding.SAME;
        return this;
    }

    LayerList valid() {
        padding = Padding.VALID;
        return this;
    }

    LayerList withoutBias() {
        bias = false;
        return this;
    }

    LayerList withBias() {
        bias = true;
        return this;
    }

    LayerList conv(int filters, int kernel) {
        return conv(filters, kernel, 1);
    }

    LayerList conv(int filters, int kernel, int stride) {
        return add(new LayerSettings.Conv(
                "", List.of(), filters, kernel, stride, padding, bias, Initializer.GLOROT_UNIFORM));
    }

    LayerList activation() {
        return activation("");
    }

    LayerList activation(String name) {
        return add(new LayerSettings.Activation(name, List.of(), function));
    }

    LayerList batchNorm() {
        return add(new LayerSettings.BatchNorm("", List.of(), NORM_MOMENTUM, NORM_EPSILON));
    }

    LayerList maxPool() {
        return add(new LayerSettings.MaxPool("", List.of(), 2, 0, Padding.VALID));
    }

    LayerList globalAveragePool() {
        return add(new LayerSettings.GlobalAvgPool("", List.of()));
    }

    LayerList flatten() {
        return add(new LayerSettings.Flatten("", List.of()));
    }

    LayerList dense(int units) {
        return add(new LayerSettings.Dense("", List.of(), units, bias, Initializer.GLOROT_UNIFORM));
    }

    /** conv, norm, activation, conv, norm, plus the input (through a 1x1 convolution when {@code halve}), activation. */
    LayerList residualBlock(int filters, boolean halve) {
        return residualBlock(filters, halve, Shortcut.PROJECTION);
    }

    /** The same with another shortcut where the shape changes. */
    LayerList residualBlock(int filters, boolean halve, Shortcut shape) {
        int stride = halve ? 2 : 1;
        String block = "block" + layers.size();
        // The block's input needs a name that the shortcut can read.
        add(new LayerSettings.Identity(block + "-in", List.of()));
        add(conv(block + "-conv1", block + "-in", filters, 3, stride))
                .batchNorm()
                .activation();
        conv(filters, 3);
        add(new LayerSettings.BatchNorm(block + "-main", List.of(), NORM_MOMENTUM, NORM_EPSILON));
        String shortcut = block + "-in";
        if (halve && shape == Shortcut.PADDED) {
            shortcut = block + "-shortcut";
            add(new ShortcutLayers.PaddedIdentity(shortcut, List.of(block + "-in"), filters, stride));
        } else if (halve) {
            add(conv(block + "-projection", shortcut, filters, 1, stride));
            shortcut = block + "-shortcut";
            add(new LayerSettings.BatchNorm(shortcut, List.of(), NORM_MOMENTUM, NORM_EPSILON));
        }
        return add(new LayerSettings.Add("", List.of(block + "-main", shortcut)))
                .activation();
    }

    List<LayerSettings> toList() {
        return List.copyOf(layers);
    }

    private LayerSettings conv(String name, String input, int filters, int kernel, int stride) {
        return new LayerSettings.Conv(
                name, List.of(input), filters, kernel, stride, Padding.SAME, bias, Initializer.GLOROT_UNIFORM);
    }

    LayerList add(LayerSettings layer) {
        layers.add(layer);
        return this;
    }
}
