package org.bpfree.learn;

import java.util.List;
import org.bpfree.graph.Initializer;
import org.bpfree.model.BasicLayers;
import org.bpfree.model.LayerSettings;
import org.bpfree.model.Padding;
import org.bpfree.model.PoolLayers;
import org.bpfree.tensor.ActivationFunction;

/** Short ways to write layers in tests. */
public final class Layers {
    private static final double LOUD = 3;

    private Layers() {}

    public static LayerSettings conv(int filters, int kernel, int stride, Padding padding, boolean bias) {
        return new LayerSettings(new BasicLayers.Conv(
                filters, kernel, stride, padding, bias, Initializer.GLOROT_UNIFORM, 1, Initializer.ZEROS));
    }

    public static LayerSettings conv(int filters) {
        return conv(filters, 3, 1, Padding.SAME, false);
    }

    public static LayerSettings named(String name, int filters, String input) {
        return new LayerSettings(
                name,
                List.of(input),
                new BasicLayers.Conv(
                        filters, 3, 1, Padding.SAME, true, Initializer.GLOROT_UNIFORM, 1, Initializer.ZEROS));
    }

    public static LayerSettings dense(int units) {
        return dense(units, false);
    }

    public static LayerSettings dense(int units, boolean bias) {
        return new LayerSettings(new BasicLayers.Dense(units, bias, Initializer.GLOROT_UNIFORM, 1, Initializer.ZEROS));
    }

    public static LayerSettings dense(String name, String input, int units, boolean bias, String share) {
        return new LayerSettings(
                name,
                List.of(input),
                new BasicLayers.Dense(units, bias, Initializer.GLOROT_UNIFORM, 1, Initializer.ZEROS),
                share);
    }

    public static LayerSettings conv(String name, String input, int filters, int stride, String share) {
        return new LayerSettings(
                name,
                List.of(input),
                new BasicLayers.Conv(
                        filters, 3, stride, Padding.SAME, true, Initializer.GLOROT_UNIFORM, 1, Initializer.ZEROS),
                share);
    }

    public static LayerSettings activation(ActivationFunction function) {
        return new LayerSettings(new BasicLayers.Activation(function));
    }

    public static LayerSettings tanh() {
        return activation(ActivationFunction.TANH);
    }

    public static LayerSettings maxPool() {
        return new LayerSettings(new PoolLayers.MaxPool(2, 0, Padding.VALID));
    }

    public static LayerSettings flatten() {
        return new LayerSettings(new BasicLayers.Flatten());
    }

    /** A convolution whose units reach their thresholds. */
    public static LayerSettings loudConv(int filters) {
        return new LayerSettings(new BasicLayers.Conv(
                filters, 3, 1, Padding.SAME, false, Initializer.HE_NORMAL, LOUD, Initializer.ZEROS));
    }

    /** A dense layer whose units reach their thresholds. */
    public static LayerSettings loudDense(String name, int units, String share) {
        return new LayerSettings(
                name,
                List.of(),
                new BasicLayers.Dense(units, false, Initializer.HE_NORMAL, LOUD, Initializer.ZEROS),
                share);
    }
}
