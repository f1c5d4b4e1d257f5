package org.bpfree.model;

import java.util.List;
import java.util.Optional;
import org.bpfree.graph.Initializer;
import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.InvalidSetting;
import org.bpfree.tensor.Shape;

/**
 * The block {@code model} of an experiment file: either a list of layers or the name of an architecture.
 *
 * @param layers the layers in order; empty when an architecture is named
 * @param architecture a ready network; absent when layers are listed
 * @param initializer law of the initial weights of its dense and convolutional layers; absent for the architecture's own
 * @param biasInitializer likewise of their biases
 */
public record ModelSettings(
        @Doc("The layers, in order.") @Default("[]") List<LayerSettings> layers,

        @Doc("A ready network, instead of 'layers'.") @Default("null")
        Optional<ArchitectureSettings> architecture,

        @Doc(
                "Law of the initial weights of all dense and convolutional layers of the architecture; absent for its own.")
        @Default("null")
        Optional<Initializer> initializer,

        @Doc(
                "Law of the initial biases of all dense and convolutional layers of the architecture; absent for its own, which is zeros."
                        + " PyTorch's layers start with initializer: fan-in-uniform and biasInitializer: fan-in-uniform.")
        @Default("null")
        Optional<Initializer> biasInitializer) {
    /** A network with the laws of its layers or its architecture. */
    public ModelSettings(List<LayerSettings> layers, Optional<ArchitectureSettings> architecture) {
        this(layers, architecture, Optional.empty(), Optional.empty());
    }

    /** Checks that exactly one of the two is given, and that laws are given where they are read. */
    public ModelSettings {
        if (layers.isEmpty() == architecture.isEmpty()) {
            throw new InvalidSetting(
                    "layers",
                    layers.isEmpty()
                            ? "the network is missing. Give 'layers' (a list) or 'architecture' (for example {type: lenet})."
                            : "both 'layers' and 'architecture' are given. Keep one of them.");
        }
        if (architecture.isEmpty() && (initializer.isPresent() || biasInitializer.isPresent())) {
            throw new InvalidSetting(
                    initializer.isPresent() ? "initializer" : "biasInitializer",
                    "this is for an architecture, and 'layers' are listed. Give it to each dense and conv layer.");
        }
        biasInitializer.ifPresent(Initializer::requireOfBiases);
    }

    /** The layers listed, or those the architecture stands for. */
    public List<LayerSettings> expandedLayers(Shape image, int classes) {
        return architecture
                .map(network -> network.layers(image, classes).stream()
                        .map(this::withLaws)
                        .toList())
                .orElse(layers);
    }

    private LayerSettings withLaws(LayerSettings layer) {
        if (layer instanceof LayerSettings.Dense dense) {
            return new LayerSettings.Dense(
                    dense.name(),
                    dense.inputs(),
                    dense.units(),
                    dense.bias(),
                    initializer.orElse(dense.initializer()),
                    dense.share(),
                    dense.initialScale(),
                    biasInitializer.orElse(dense.biasInitializer()));
        }
        if (layer instanceof LayerSettings.Conv conv) {
            return new LayerSettings.Conv(
                    conv.name(),
                    conv.inputs(),
                    conv.filters(),
                    conv.kernel(),
                    conv.stride(),
                    conv.padding(),
                    conv.bias(),
                    initializer.orElse(conv.initializer()),
                    conv.share(),
                    conv.initialScale(),
                    biasInitializer.orElse(conv.biasInitializer()));
        }
        return layer;
    }
}
