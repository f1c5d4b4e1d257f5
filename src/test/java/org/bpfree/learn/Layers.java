package org.bpfree.learn;

import org.bpfree.binding.Setting;
import org.bpfree.model.BasicLayers;
import org.bpfree.model.LayerSettings;
import org.bpfree.model.Padding;
import org.bpfree.model.PoolLayers;
import org.bpfree.tensor.ActivationFunction;
import org.bpfree.testing.Yaml;

/** Short ways to write layers in tests. */
public final class Layers {
    private static final String LOUD = "initializer: he-normal, initialScale: 3";

    private Layers() {}

    public static LayerSettings conv(int filters, int kernel, int stride, Padding padding, boolean bias) {
        return Yaml.layer("{type: conv, filters: %d, kernel: %d, stride: %d, padding: %s, bias: %s}"
                .formatted(filters, kernel, stride, Setting.nameOf(padding), bias));
    }

    public static LayerSettings conv(int filters) {
        return conv(filters, 3, 1, Padding.SAME, false);
    }

    public static LayerSettings named(String name, int filters, String input) {
        return Yaml.layer("{type: conv, name: %s, inputs: [%s], filters: %d}".formatted(name, input, filters));
    }

    public static LayerSettings dense(int units) {
        return dense(units, false);
    }

    public static LayerSettings dense(int units, boolean bias) {
        return Yaml.layer("{type: dense, units: %d, bias: %s}".formatted(units, bias));
    }

    public static LayerSettings dense(String name, String input, int units, boolean bias, String share) {
        return Yaml.layer("{type: dense, name: '%s', inputs: [%s], units: %d, bias: %s, share: '%s'}"
                .formatted(name, input, units, bias, share));
    }

    public static LayerSettings conv(String name, String input, int filters, int stride, String share) {
        return Yaml.layer("{type: conv, name: '%s', inputs: [%s], filters: %d, stride: %d, share: '%s'}"
                .formatted(name, input, filters, stride, share));
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
        return Yaml.layer("{type: conv, filters: %d, bias: false, %s}".formatted(filters, LOUD));
    }

    /** A dense layer whose units reach their thresholds. */
    public static LayerSettings loudDense(String name, int units, String share) {
        return Yaml.layer("{type: dense, name: '%s', units: %d, bias: false, %s, share: '%s'}"
                .formatted(name, units, LOUD, share));
    }
}
