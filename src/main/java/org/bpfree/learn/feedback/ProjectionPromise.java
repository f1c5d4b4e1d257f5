package org.bpfree.learn.feedback;

import java.util.ArrayList;
import java.util.List;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Node;
import org.bpfree.learn.Promise;
import org.bpfree.learn.StepView;
import org.bpfree.learn.Vectors;

/**
 * The promise of {@link DirectLearner}: the error of a layer's input is {@code S D} and nothing else, so that no weight above the layer
 * has a part in it. Measured as the largest difference from that product, relative to its largest element.
 */
final class ProjectionPromise implements Promise {
    /** From the error of the output and the labels to the signal that is projected. */
    @FunctionalInterface
    interface Signal {
        /** {@code S}, {@code [batch, classes]}. */
        double[] of(double[] outputError, int[] labels);
    }

    private final Graph graph;
    private final Signal signal;
    private final double tolerance;

    ProjectionPromise(Graph graph, Signal signal, double tolerance) {
        this.graph = graph;
        this.signal = signal;
        this.tolerance = tolerance;
    }

    @Override
    public String name() {
        return "error of the input is the projected signal, whatever the weights above";
    }

    @Override
    public List<Finding> measure(StepView step) {
        double[] s = signal.of(step.errors().get(graph.output().name()), step.labels());
        List<Finding> findings = new ArrayList<>();
        for (Node node : graph.crossedNodes()) {
            double[] projection = step.state().get(DirectLearner.projectionName(node));
            double[] error = step.errors().get(node.inputs().get(0).name());
            // An error that several layers feed is a sum, and kernels have another form than the matrix.
            boolean comparable = graph.consumers(node.inputs().get(0)).size() == 1
                    && projection.length
                            == graph.classes() * node.inputs().get(0).shape().size();
            if (comparable) {
                double[] expected = product(s, projection, step.labels().length);
                findings.add(new Finding(node.name(), Vectors.relativeDifference(error, expected), tolerance, true));
            }
        }
        return findings;
    }

    /** {@code S D}: {@code [batch, classes] x [classes, size] -> [batch, size]}. */
    private double[] product(double[] s, double[] projection, int batch) {
        int classes = graph.classes();
        int size = projection.length / classes;
        double[] product = new double[batch * size];
        for (int image = 0; image < batch; image++) {
            for (int k = 0; k < classes; k++) {
                for (int i = 0; i < size; i++) {
                    product[image * size + i] += s[image * classes + k] * projection[k * size + i];
                }
            }
        }
        return product;
    }
}
