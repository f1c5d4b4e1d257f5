package org.bpfree.learn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.bpfree.learn.Promise.Finding;
import org.bpfree.learn.StepView.Layer;
import org.bpfree.tensor.Precision;

/** Promises that several learners make. */
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

    /**
     * All updates together are the gradient, up to {@code tolerance} relative to the largest element of all gradients; measured at the
     * layer that is furthest off.
     */
    public static Promise equalsBackpropOverall(double tolerance) {
        return new EachStep("update equals backpropagation's, relative to the largest gradient of all layers") {
            @Override
            public List<Finding> measure(StepView step) {
                double largest = step.layers().stream()
                        .mapToDouble(layer -> Vectors.largest(layer.gradient()))
                        .max()
                        .orElse(0);
                return step.layers().stream()
                        .filter(layer -> layer.update() != null)
                        .map(layer -> {
                            double difference = Vectors.largestDifference(layer.update(), layer.gradient());
                            double relative = difference == 0 ? 0 : difference / largest;
                            return new Finding(layer.key(), relative, tolerance, true);
                        })
                        .toList();
            }
        };
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

    /** Every update of weights is within {@code degrees} of the gradient; where both are zero, as above silent units, they are equal. */
    public static Promise angleBelow(double degrees) {
        return perLayer(
                "angle of the update to backpropagation's, in degrees",
                layer -> layer.update() != null && layer.key().endsWith("/weights"),
                layer -> Vectors.largest(layer.update()) == 0 && Vectors.largest(layer.gradient()) == 0
                        ? 0
                        : Vectors.angle(layer.update(), layer.gradient()),
                degrees,
                true);
    }

    /** At least this share of the feedback has the sign of the weights. */
    public static Promise signAgreement(double share) {
        return perLayer(
                "share of feedback with the sign of its weight",
                layer -> layer.feedback() != null,
                layer -> Vectors.signAgreement(layer.feedback(), layer.value()),
                share,
                false);
    }

    /** The magnitudes of the feedback are those of the first step. */
    public static Promise magnitudesConstant() {
        return compareWithFirst("largest drift of a feedback magnitude", (layer, first) -> {
            double drift = 0;
            for (int i = 0; i < first.length; i++) {
                drift = Math.max(drift, Math.abs(Math.abs(layer.feedback()[i]) - Math.abs(first[i])));
            }
            return drift;
        });
    }

    /** The feedback is that of the first step. */
    public static Promise feedbackConstant() {
        return compareWithFirst("largest drift of a feedback weight", (layer, first) -> {
            double drift = 0;
            for (int i = 0; i < first.length; i++) {
                drift = Math.max(drift, Math.abs(layer.feedback()[i] - first[i]));
            }
            return drift;
        });
    }

    /**
     * The feedback does not move away from the weights: {@code |W - B|} is at most {@code factor} times that of the step before. Holds for
     * gradient descent, with and without momentum or decay; optimizers that divide by running gradient sizes break it.
     */
    public static Promise feedbackApproaches(double factor) {
        Map<String, Double> before = new HashMap<>();
        return new EachStep("distance of the feedback to the weights, relative to the step before") {
            @Override
            public List<Finding> measure(StepView step) {
                List<Finding> findings = new ArrayList<>();
                for (Layer layer : step.layers()) {
                    if (layer.feedback() != null) {
                        double distance = Vectors.distance(layer.feedback(), layer.value());
                        Double last = before.put(layer.key(), distance);
                        findings.add(new Finding(layer.key(), last == null ? 1 : distance / last, factor, true));
                    }
                }
                return findings;
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

    @FunctionalInterface
    private interface Drift {
        double of(Layer layer, double[] first);
    }

    private static Promise compareWithFirst(String name, Drift drift) {
        Map<String, double[]> first = new HashMap<>();
        return new EachStep(name) {
            @Override
            public List<Finding> measure(StepView step) {
                List<Finding> findings = new ArrayList<>();
                for (Layer layer : step.layers()) {
                    if (layer.feedback() != null) {
                        double[] reference = first.computeIfAbsent(layer.key(), key -> layer.feedback());
                        findings.add(new Finding(layer.key(), drift.of(layer, reference), 0, true));
                    }
                }
                return findings;
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
