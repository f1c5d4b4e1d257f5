package org.bpfree.graph;

import java.util.List;
import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.Range;
import org.bpfree.settings.TypeName;

/** A ready network: a short name that stands for a list of layers. */
public sealed interface ArchitectureSettings {

    /** Fully connected network. */
    @TypeName("mlp")
    @Doc("Fully connected network.")
    record Mlp(
            @Doc("Units of each hidden layer.") @Default("[256, 256]") @Range(min = 1)
            List<Integer> hidden,

            @Doc("Non-linearity after each hidden layer.") @Default("tanh")
            ActivationFunction activation)
            implements ArchitectureSettings {}
}
