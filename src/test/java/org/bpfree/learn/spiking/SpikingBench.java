package org.bpfree.learn.spiking;

import static org.bpfree.learn.Layers.dense;
import static org.bpfree.learn.Layers.flatten;

import java.util.List;
import java.util.Map;
import org.bpfree.graph.LossFunction;
import org.bpfree.graph.op.DropoutOp;
import org.bpfree.learn.Bench;
import org.bpfree.learn.Learner;
import org.bpfree.learn.Practice;
import org.bpfree.learn.Vectors;
import org.bpfree.model.BasicLayers;
import org.bpfree.model.JoinLayers;
import org.bpfree.model.LayerSettings;
import org.bpfree.model.PoolLayers;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;

/** Small spiking networks in double precision, with weights large enough for spikes. */
final class SpikingBench {
    private SpikingBench() {}

    /** {@code 24-12-9-4} on 6 images. */
    static Bench dense3() {
        return louder(Bench.of(Shape.of(3, 4, 2), 4, 6, flatten(), dense(12), dense(9), dense(4)), 3);
    }

    /** Convolutions, pools, dropout, a sum of two layers, on 5 images of 8x8x2. */
    static Bench convolutional() {
        return louder(Bench.of(Shape.of(8, 8, 2), 4, 5, convolutionalLayers()), 2);
    }

    static LayerSettings[] convolutionalLayers() {
        return new LayerSettings[] {
            org.bpfree.learn.Layers.conv(6),
            new LayerSettings("pool", List.of(), new PoolLayers.SumPool(2, 1.1)),
            new LayerSettings(new BasicLayers.Dropout(0.2, org.bpfree.graph.op.DropoutOp.Together.ROWS)),
            org.bpfree.learn.Layers.conv(6),
            new LayerSettings("", List.of("conv2", "pool"), new JoinLayers.Add()),
            new LayerSettings(new PoolLayers.SumPool(2, 1.1)),
            flatten(),
            new LayerSettings(new BasicLayers.Dropout(0.2, DropoutOp.Together.VALUES)),
            dense(10),
            dense(4)
        };
    }

    static Bench floats(int images) {
        return Bench.of(
                Precision.FLOAT32,
                LossFunction.CROSS_ENTROPY,
                Shape.of(3, 4, 2),
                4,
                images,
                flatten(),
                dense(12),
                dense(9),
                dense(4));
    }

    /** Multiplies all weights, so that units reach their thresholds. */
    static Bench louder(Bench bench, double factor) {
        for (Tensor weights : bench.parameters.asMap().values()) {
            double[] values = weights.toDoubles();
            for (int i = 0; i < values.length; i++) {
                values[i] *= factor;
            }
            weights.write(values);
        }
        return bench;
    }

    static Map<String, double[]> updates(Bench bench, String settings) {
        return Bench.updates(Practice.learner(settings, bench), bench.batch);
    }

    /** Spikes of all units, for tests that would say nothing of a silent network. */
    static double spikesPerImage(Bench bench) {
        Learner learner = Practice.learner("{type: spiking-backprop}", bench);
        learner.learn(bench.batch);
        return learner.measurements(bench.batch).get("activity/all/spikesPerImage");
    }

    /** Largest difference of two sets of updates, relative to the largest element of each tensor. */
    static double difference(Map<String, double[]> updates, Map<String, double[]> reference) {
        return updates.keySet().stream()
                .mapToDouble(name -> Vectors.relativeDifference(updates.get(name), reference.get(name)))
                .max()
                .orElseThrow();
    }
}
