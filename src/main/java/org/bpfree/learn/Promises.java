package org.bpfree.learn;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.bpfree.learn.Promise.Finding;
import org.bpfree.learn.StepView.Layer;
import org.bpfree.tensor.Precision;

/** Promises that the learners of other JARs may make. */
public final class Promises {
    private Promises() {}

    /** How far two ways to the same gradient may differ by rounding. */
    public static double rounding(Precision precision) {
        // Float32 convolutions may take the Winograd route, which is less exact than the plain sum.
        return precision == Precision.FLOAT64 ? 1e-12 : 1e-4;
    }

    /** Every update is the gradient, up to {@code tolerance} relative to its largest element. */
    public static Promise equalsBackprop(double tolerance) {
        return perLayer(
                "update equals backpropagation's",
                layer -> layer.update() != null,
                layer -> Vectors.relativeDifference(layer.update(), layer.gradient()),
                tolerance,
                true);
    }

    /** The update of the output layer is the gradient. */
    public static Promise outputLayerExact(double tolerance) {
        return new EachStep("output layer's update equals backpropagation's") {
            @Override
            public List<Finding> measure(StepView step) {
                return step.layers().stream()
                        .filter(layer -> layer.key().equals(step.outputLayer()) && layer.update() != null)
                        .map(layer -> new Finding(
                                layer.key(),
                                Vectors.relativeDifference(layer.update(), layer.gradient()),
                                tolerance,
                                true))
                        .toList();
            }
        };
    }

    /** A figure for each layer that passes a filter, against one bound. */
    public static Promise perLayer(
            String name, Predicate<Layer> filter, ToDoubleFunction<Layer> figure, double bound, boolean atMost) {
        return new EachStep(name) {
            @Override
            public List<Finding> measure(StepView step) {
                return step.layers().stream()
                        .filter(filter)
                        .map(layer -> new Finding(layer.key(), figure.applyAsDouble(layer), bound, atMost))
                        .toList();
            }
        };
    }

    private abstract static class EachStep implements Promise {
        private final String name;

        EachStep(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }
    }
}
