package org.bpfree.graph;

import java.util.List;
import java.util.Optional;
import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.InvalidSetting;
import org.bpfree.tensor.Shape;

/**
 * The block {@code model} of an experiment file: either a list of layers or the name of an architecture.
 *
 * @param layers the layers in order; empty when an architecture is named
 * @param architecture a ready network; absent when layers are listed
 */
public record ModelSettings(
        @Doc("The layers, in order.") @Default("[]") List<LayerSettings> layers,

        @Doc("A ready network, instead of 'layers'.") @Default("null")
        Optional<ArchitectureSettings> architecture) {
    /** Checks that exactly one of the two is given. */
    public ModelSettings {
        if (layers.isEmpty() == architecture.isEmpty()) {
            throw new InvalidSetting(
                    "layers",
                    layers.isEmpty()
                            ? "the network is missing. Give 'layers' (a list) or 'architecture' (for example {type: lenet})."
                            : "both 'layers' and 'architecture' are given. Keep one of them.");
        }
    }

    /** The layers listed, or those the architecture stands for. */
    public List<LayerSettings> expandedLayers(Shape image, int classes) {
        return architecture.map(network -> network.layers(image, classes)).orElse(layers);
    }
}
