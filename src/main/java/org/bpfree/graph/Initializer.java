package org.bpfree.graph;

import org.bpfree.settings.Doc;
import org.bpfree.settings.InvalidSetting;

/** Law of the initial weights of a layer; fan-in and fan-out count the connections of one output and of one input. */
public enum Initializer {
    @Doc("Uniform in +-sqrt(6 / (fan-in + fan-out)), also called Xavier.")
    GLOROT_UNIFORM,
    @Doc("Normal with variance 2 / (fan-in + fan-out).")
    GLOROT_NORMAL,
    @Doc("Uniform in +-sqrt(6 / fan-in), also called Kaiming.")
    HE_UNIFORM,
    @Doc("Normal with variance 2 / fan-in.")
    HE_NORMAL,
    @Doc("Uniform in +-sqrt(3 / fan-in).")
    LECUN_UNIFORM,
    @Doc("Normal with variance 1 / fan-in.")
    LECUN_NORMAL,
    @Doc("Uniform in +-1 / sqrt(fan-in), the default of PyTorch's layers.")
    FAN_IN_UNIFORM,
    @Doc("Random orthogonal matrix of shape fan-out-per-position x fan-in.")
    ORTHOGONAL,
    @Doc("All zero.")
    ZEROS,
    @Doc("All one.")
    ONES;

    /**
     * Checks that this can be a law of biases.
     *
     * @throws InvalidSetting if it is one of matrices
     */
    public void requireOfBiases() {
        if (this == ORTHOGONAL) {
            throw new InvalidSetting(
                    "biasInitializer",
                    "orthogonal is a law of matrices, and biases are a vector. Use another law, such as zeros.");
        }
    }
}
