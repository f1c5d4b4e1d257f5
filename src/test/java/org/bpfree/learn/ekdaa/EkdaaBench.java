package org.bpfree.learn.ekdaa;

import static org.bpfree.learn.Layers.conv;
import static org.bpfree.learn.Layers.dense;
import static org.bpfree.learn.Layers.flatten;
import static org.bpfree.learn.Layers.maxPool;
import static org.bpfree.learn.Layers.tanh;

import org.bpfree.graph.LossFunction;
import org.bpfree.learn.Bench;
import org.bpfree.model.LayerSettings;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Shape;
import org.bpfree.testing.Yaml;

/** Networks of EKDAA's specification, and its settings. */
final class EkdaaBench {
    private static final LayerSettings[] DENSE_NET = {
        flatten(), dense(64), tanh(), dense(64), tanh(), dense(64), tanh(), dense(10)
    };
    private static final LayerSettings[] CONV_NET = {
        conv(8), tanh(), conv(8), tanh(), maxPool(), conv(16), tanh(), conv(16), tanh(), maxPool(), flatten(),
        dense(32), tanh(), dense(10)
    };

    private EkdaaBench() {}

    /** Settings of EKDAA as users write them, without the type. */
    static EkdaaSettings settings(String block) {
        return Yaml.settings(EkdaaSettings.class, block);
    }

    static EkdaaSettings clean(double beta) {
        return settings("{beta: %s}".formatted(beta));
    }

    static Bench denseBench(long draw) {
        return Bench.seeded(
                draw, Precision.FLOAT64, LossFunction.CROSS_ENTROPY, Shape.of(10, 10, 1), 10, 50, DENSE_NET);
    }

    static Bench convBench(long draw) {
        return Bench.seeded(draw, Precision.FLOAT64, LossFunction.CROSS_ENTROPY, Shape.of(16, 16, 3), 10, 50, CONV_NET);
    }
}
