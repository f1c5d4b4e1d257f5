package org.bpfree.learn;

import static org.bpfree.learn.Layers.activation;
import static org.bpfree.learn.Layers.conv;
import static org.bpfree.learn.Layers.dense;
import static org.bpfree.learn.Layers.flatten;
import static org.bpfree.learn.Layers.loudConv;
import static org.bpfree.learn.Layers.loudDense;
import static org.bpfree.learn.Layers.maxPool;
import static org.bpfree.learn.Layers.tanh;

import java.util.List;
import org.bpfree.graph.Initializer;
import org.bpfree.graph.op.DropoutOp;
import org.bpfree.model.BasicLayers;
import org.bpfree.model.InvertibleLayers;
import org.bpfree.model.JoinLayers;
import org.bpfree.model.LayerSettings;
import org.bpfree.model.Padding;
import org.bpfree.model.PoolLayers;
import org.bpfree.tensor.ActivationFunction;
import org.bpfree.tensor.Shape;

/** The small networks on which {@link LearnerConformance} tries learners. */
public enum ConformanceNetwork {
    CONVOLUTIONAL(
            conv(6),
            tanh(),
            maxPool(),
            conv(8, 3, 2, Padding.SAME, false),
            tanh(),
            flatten(),
            dense(12),
            tanh(),
            dense(ConformanceNetwork.CLASSES)),
    SHARED_WEIGHTS(
            conv(6),
            tanh(),
            maxPool(),
            conv("a", "max-pool1", 6, 1, ""),
            tanh(),
            conv("b", "tanh2", 6, 2, "a"),
            tanh(),
            flatten(),
            dense(12),
            dense("c", "dense1", 12, true, ""),
            tanh(),
            dense("d", "tanh4", 12, true, "c"),
            new LayerSettings("", List.of("dense1", "d"), new JoinLayers.Add()),
            tanh(),
            dense(ConformanceNetwork.CLASSES)),
    RECTIFIED(
            flatten(),
            dense(16, true),
            activation(ActivationFunction.RELU),
            dense(16, true),
            activation(ActivationFunction.RELU),
            dense(ConformanceNetwork.CLASSES)),
    INVERTIBLE(
            conv(6, 3, 2, Padding.SAME, false),
            activation(ActivationFunction.LEAKY_RELU),
            new LayerSettings(new InvertibleLayers.SquareConv(4, 2, 2, Padding.SAME, true, Initializer.ORTHOGONAL)),
            activation(ActivationFunction.LEAKY_RELU),
            flatten(),
            new LayerSettings(
                    new InvertibleLayers.SquareDense(0, ConformanceNetwork.CLASSES, false, Initializer.ORTHOGONAL))),
    SPIKING(
            loudConv(6),
            new LayerSettings("pool", List.of(), new PoolLayers.SumPool(2, 1.1)),
            new LayerSettings(new BasicLayers.Dropout(0.1, DropoutOp.Together.VALUES)),
            loudConv(6),
            new LayerSettings("", List.of("conv2", "pool"), new JoinLayers.Add()),
            flatten(),
            loudDense("", 12, ""),
            loudDense("twice", 12, ""),
            loudDense("again", 12, "twice"),
            loudDense("", ConformanceNetwork.CLASSES, ""));

    /** The shape of the images. */
    static final Shape IMAGE = Shape.of(8, 8, 2);

    /** The number of classes. */
    static final int CLASSES = 4;

    private final LayerSettings[] layers;

    ConformanceNetwork(LayerSettings... layers) {
        this.layers = layers;
    }

    LayerSettings[] layers() {
        return layers;
    }
}
