package org.bpfree.model;

import java.util.List;
import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.InvalidSetting;
import org.bpfree.settings.SameBlock;
import org.bpfree.settings.TypeName;

/**
 * One entry of {@code model.layers}: what a layer computes, its optional name, and the layers it reads.
 *
 * <p>Without {@code inputs} a layer reads the layer above it in the file; the first layer reads the images. The name {@code input}
 * stands for the images.
 *
 * @param name by which other layers refer to this one; empty for a generated name such as {@code conv1}
 * @param inputs the names of the layers this one reads; empty for the layer above it in the file
 * @param kind what it computes
 * @param share the earlier layer whose parameters this one uses, by its name; empty for parameters of its own
 */
public record LayerSettings(
        @Doc("Name for 'inputs' of other layers.") @Default("''")
        String name,

        @Doc("Layers read; empty for the one above.") @Default("[]")
        List<String> inputs,

        @SameBlock LayerKind kind,

        @Doc("Earlier layer of the same type whose parameters this one uses; empty for its own.") @Default("''")
        String share) {
    /** Checks that the layer has what it reads, and that it may share what it shares. */
    public LayerSettings {
        kind.requireInputs(inputs);
        if (!share.isEmpty() && !kind.canShare()) {
            throw new InvalidSetting(
                    "share",
                    "'" + share + "': a layer of type "
                            + kind.getClass().getAnnotation(TypeName.class).value()
                            + " does not take the parameters of another. Leave 'share' out.");
        }
    }

    /** A layer with parameters of its own. */
    public LayerSettings(String name, List<String> inputs, LayerKind kind) {
        this(name, inputs, kind, "");
    }

    /** A layer without a name that reads the one above. */
    public LayerSettings(LayerKind kind) {
        this("", List.of(), kind);
    }

    /** The same layer computing something else. */
    LayerSettings with(LayerKind other) {
        return new LayerSettings(name, inputs, other, share);
    }
}
