package org.bpfree.learn;

import java.util.List;
import org.bpfree.graph.Initializer;
import org.bpfree.model.LayerSettings;
import org.bpfree.model.LayerSettings.Padding;
import org.bpfree.tensor.ActivationFunction;

/** Short ways to write layers in tests. */
public final class Layers {
    private static final double LOUD = 3;

    private Layers() {}

    public static LayerSettings conv(int filters, int kernel, int stride, Padding padding, boolean bias) {
        return new LayerSettings.Conv(
                "", List.of(), filters, kernel, stride, padding, bias, Initializer.GLOROT_UNIFORM);
    }

    public static LayerSettings conv(int filters) {
        return conv(filters, 3, 1, Padding.SAME, false);
    }

    public static LayerSettings named(String name, int filters, String input) {
        return new LayerSettings.Conv(
                name, List.of(input), filters, 3, 1, Padding.SAME, true, Initializer.GLOROT_UNIFORM);
    }

    public static LayerSettings dense(int units) {
        return dense(units, false);
    }

    public static LayerSettings dense(int units, boolean bias) {
        return new LayerSettings.Dense("", List.of(), units, bias, Initializer.GLOROT_UNIFORM);
    }

    public static LayerSettings dense(String name, String input, int units, boolean bias, String share) {
        return new LayerSettings.Dense(name, List.of(input), units, bias, Initializer.GLOROT_UNIFORM, share);
    }

    public static LayerSettings conv(String name, String input, int filters, int stride, String share) {
        return new LayerSettings.Conv(
                name, List.of(input), filters, 3, stride, Padding.SAME, true, Initializer.GLOROT_UNIFORM, share);
    }

    public static LayerSettings activation(ActivationFunction function) {
        return new LayerSettings.Activation("", List.of(), function);
    }

    public static LayerSettings tanh() {
        return activation(ActivationFunction.TANH);
    }

    public static LayerSettings maxPool() {
        return new LayerSettings.MaxPool("", List.of(), 2, 0, Padding.VALID);
    }

    public static LayerSettings flatten() {
        return new LayerSettings.Flatten("", List.of());
    }

    /** A convolution whose units reach their thresholds. */
    public static LayerSettings loudConv(int filters) {
        return new LayerSettings.Conv(
                "", List.of(), filters, 3, 1, Padding.SAME, false, Initializer.HE_NORMAL, "", LOUD, Initializer.ZEROS);
    }

    /** A dense layer whose units reach their thresholds. */
    public static LayerSettings loudDense(String name, int units, String share) {
        return new LayerSettings.Dense(
                name, List.of(), units, false, Initializer.HE_NORMAL, share, LOUD, Initializer.ZEROS);
    }
}
