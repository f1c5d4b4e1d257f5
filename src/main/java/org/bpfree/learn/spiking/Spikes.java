package org.bpfree.learn.spiking;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bpfree.graph.Node;
import org.bpfree.tensor.Tensor;

/** Spikes as the kept potentials tell them. */
final class Spikes {
    private Spikes() {}

    /** Firing rate, share of silent units and spikes an image of each layer, and spikes an image of all. */
    static Map<String, Double> measure(UnrolledNetwork network) {
        Map<String, Double> figures = new LinkedHashMap<>();
        double ofAll = 0;
        for (Node node : network.layers()) {
            long[] counts = counts(network, node);
            long sum = 0;
            int silent = 0;
            for (long count : counts) {
                sum += count;
                silent += count == 0 ? 1 : 0;
            }
            String stem = "activity/" + node.name() + "/";
            figures.put(
                    stem + "firingRate", (double) sum / network.potentials(node).size());
            figures.put(stem + "silentShare", (double) silent / counts.length);
            figures.put(stem + "spikesPerImage", (double) sum / network.batch());
            ofAll += (double) sum / network.batch();
        }
        figures.put("activity/all/spikesPerImage", ofAll);
        return figures;
    }

    /** Spikes of each unit over all steps and images. */
    private static long[] counts(UnrolledNetwork network, Node node) {
        Tensor potentials = network.potentials(node);
        double threshold = network.neuron().threshold();
        long[] counts = new long[Math.toIntExact(node.shape().size())];
        double[] sample = new double[counts.length];
        for (int from = 0; from < potentials.size(); from += sample.length) {
            potentials.read(from, sample, 0, sample.length);
            for (int unit = 0; unit < sample.length; unit++) {
                counts[unit] += sample[unit] > threshold ? 1 : 0;
            }
        }
        return counts;
    }

    /** The spikes of one image. */
    static List<SpikeTrain> of(UnrolledNetwork network, int image) {
        return network.layers().stream().map(node -> of(network, node, image)).toList();
    }

    private static SpikeTrain of(UnrolledNetwork network, Node node, int image) {
        int units = Math.toIntExact(node.shape().size());
        boolean[][] spikes = new boolean[network.neuron().steps()][units];
        double[] potentials = new double[units];
        for (int t = 0; t < spikes.length; t++) {
            network.potentials(node).read((t * network.batch() + image) * units, potentials, 0, units);
            for (int unit = 0; unit < units; unit++) {
                spikes[t][unit] = potentials[unit] > network.neuron().threshold();
            }
        }
        return new SpikeTrain(node.name(), spikes);
    }
}
