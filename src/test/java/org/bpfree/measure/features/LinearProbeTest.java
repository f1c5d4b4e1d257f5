package org.bpfree.measure.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.random.RandomGenerator;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Node;
import org.bpfree.learn.Bench;
import org.bpfree.model.BasicLayers;
import org.bpfree.model.LayerSettings;
import org.bpfree.random.RandomStream;
import org.bpfree.tensor.Shape;
import org.bpfree.testing.Yaml;
import org.junit.jupiter.api.Test;

class LinearProbeTest {
    private static final int CLASSES = 4;
    private static final int SIZE = 6;

    /** The class is the largest of the first four numbers when {@code told}, else any. */
    private static LinearProbe.Features features(int count, boolean told, String purpose) {
        RandomGenerator random = RandomStream.of(5, purpose);
        float[] values = new float[count * SIZE];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = random.nextInt(CLASSES);
            for (int j = 0; j < SIZE; j++) {
                // Numbers far from 0 and of other scales: standardizing is part of the probe.
                values[i * SIZE + j] = (float) (100 * j + random.nextDouble() * (j + 1));
            }
            if (told) {
                values[i * SIZE + labels[i]] += labels[i] + 1;
            }
        }
        return new LinearProbe.Features(values, labels);
    }

    @Test
    void featuresThatTellTheClassAreReadAndFeaturesThatDoNotAreNot() {
        LinearProbe probe = new LinearProbe(CLASSES, 1);

        assertThat(probe.accuracy(features(1000, true, "a"), features(500, true, "b")))
                .isGreaterThan(0.97);
        assertThat(probe.accuracy(features(1000, false, "c"), features(500, false, "d")))
                .isCloseTo(1.0 / CLASSES, within(0.08));
    }

    @Test
    void equalSeedsGiveEqualAccuracies() {
        double first = new LinearProbe(CLASSES, 2).accuracy(features(200, false, "a"), features(100, false, "b"));
        double second = new LinearProbe(CLASSES, 2).accuracy(features(200, false, "a"), features(100, false, "b"));
        assertThat(first).isEqualTo(second);
    }

    @Test
    void mapsAreAveragedOverAGrid() {
        Bench bench = Bench.of(
                Shape.of(4, 4, 1),
                2,
                2,
                Yaml.layer("{type: conv, filters: 1, kernel: 1, bias: false, initializer: zeros}"),
                new LayerSettings(new BasicLayers.Flatten()),
                Yaml.layer("{type: dense, units: 2, initializer: zeros}"));
        Graph graph = bench.graph;
        bench.parameters.get(graph.parameters().get(0)).write(new double[] {2});
        double[] pixels = bench.batch.images().toDoubles();
        for (int i = 0; i < 16; i++) {
            pixels[16 + i] = i; // the second image
        }
        bench.batch.images().write(pixels);
        LayerMaps maps = new LayerMaps(bench.context());
        maps.run(bench.batch);
        Node conv = LayerMaps.layers(graph).get(0);

        float[] pooled = new float[5];
        maps.pooled(bench.batch, conv, 1, 2, pooled, 1);

        assertThat(LayerMaps.layers(graph)).extracting(Node::name).containsExactly("conv1", "dense1");
        assertThat(LayerMaps.pooledSize(conv, 2)).isEqualTo(4);
        // Twice the mean of {0, 1, 4, 5}, of {2, 3, 6, 7}, ...
        assertThat(pooled).containsExactly(0, 5, 9, 21, 25);
        assertThat(maps.maps(bench.batch, conv, 1).get(0)[15]).isEqualTo(30);
    }
}
