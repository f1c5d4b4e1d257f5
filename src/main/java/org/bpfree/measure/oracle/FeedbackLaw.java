package org.bpfree.measure.oracle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.bpfree.graph.Graph;
import org.bpfree.graph.InitialValues;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Parameter;
import org.bpfree.graph.ParameterSpec;
import org.bpfree.learn.Promise.Finding;
import org.bpfree.learn.Vectors;
import org.bpfree.random.RandomStream;
import org.bpfree.tensor.Precision;

/**
 * What the published feedback of a family must be, step after step, whatever the data: draws of named streams, signs of the weights, movements
 * by the optimizer, correlations. An object follows one run.
 */
interface FeedbackLaw {
    /** The law in a few words. */
    String name();

    /** Where its bound comes from. */
    String basis();

    /** Holds the feedback of a step against the law; one finding for each weight tensor that errors cross. */
    List<Finding> judge(PublishedStep step);

    /**
     * What laws are written for.
     *
     * @param seed of the experiment
     * @param noise random numbers of the present step
     * @param descent how tensors move, where a law can follow it
     */
    record Setting(Graph graph, long seed, Kernel.Noise noise, Precision precision, Optional<PlainDescent> descent) {
        /** How far two ways to the same number may differ by a few roundings. */
        double rounding() {
            return 4 * Arithmetic.unit(precision);
        }
    }

    /** A law that compares each feedback tensor with what it should be. */
    @FunctionalInterface
    interface Expectation {
        /** What the feedback of a parameter should be in this step. */
        double[] of(PublishedStep step, Parameter parameter);
    }

    /** The feedback is a given tensor, up to a few roundings. */
    static FeedbackLaw equals(String name, Setting setting, Expectation expectation) {
        return new Named(name, "a few roundings of the precision, relative to the largest element") {
            @Override
            public List<Finding> judge(PublishedStep step) {
                List<Finding> findings = new ArrayList<>();
                for (Parameter parameter : setting.graph().crossedWeights()) {
                    double[] feedback = step.feedback().get(parameter.key());
                    double[] expected = expectation.of(step, parameter);
                    double measured = feedback == null || feedback.length != expected.length
                            ? Double.NaN
                            : Vectors.relativeDifference(feedback, expected);
                    findings.add(new Finding(parameter.key(), measured, setting.rounding(), true));
                }
                return findings;
            }
        };
    }

    /**
     * A tensor of the learner moves as {@code factor} times the weights do: {@code D = B - factor W} follows the decay alone, {@code v <- m v + d
     * D}, {@code D <- D - rate v}, whatever the data (Kolen-Pollack with factor 1, EKDAA with gamma).
     */
    static FeedbackLaw movesWithWeights(Setting setting, double factor) {
        return movesWithWeights(setting, factor, setting.graph().crossedWeights());
    }

    /** As {@link #movesWithWeights(Setting, double)}, for some of the weights. */
    static FeedbackLaw movesWithWeights(Setting setting, double factor, List<Parameter> followed) {
        return new Named(
                "feedback moves by " + (factor == 1 ? "" : factor + " times ") + "what moves the weights",
                "a few roundings of the weights") {
            private final Map<String, double[]> expected = new HashMap<>();
            private final Map<String, double[]> velocities = new HashMap<>();

            @Override
            public List<Finding> judge(PublishedStep step) {
                List<Finding> findings = new ArrayList<>();
                for (Parameter parameter : followed) {
                    String key = parameter.key();
                    double[] weights = step.parameters().get(key);
                    double[] own = step.own().get("feedback/" + key);
                    if (own == null) {
                        findings.add(new Finding(key, Double.NaN, setting.rounding(), true));
                        continue;
                    }
                    if (setting.descent().isEmpty()) {
                        findings.add(Finding.unchecked(
                                key, "only plain gradient descent without limits moves both alike: optimizer sgd"));
                        continue;
                    }
                    double[] difference = new double[own.length];
                    for (int i = 0; i < own.length; i++) {
                        difference[i] = own[i] - factor * weights[i];
                    }
                    double[] law = expected.get(key);
                    double scale = Math.max(Arithmetic.largest(weights), Arithmetic.largest(own));
                    double measured = law == null ? 0 : Vectors.largestDifference(difference, law) / scale;
                    findings.add(new Finding(key, measured, setting.rounding(), true));
                    expected.put(
                            key,
                            decayed(
                                    difference,
                                    velocities,
                                    key,
                                    setting.descent().get()));
                }
                return findings;
            }
        };
    }

    private static double[] decayed(
            double[] difference, Map<String, double[]> velocities, String key, PlainDescent descent) {
        double[] velocity = velocities.computeIfAbsent(key, k -> new double[difference.length]);
        double[] next = new double[difference.length];
        for (int i = 0; i < next.length; i++) {
            double pull = descent.decay() * difference[i];
            velocity[i] = descent.momentum() * velocity[i] + pull;
            double move = descent.nesterov() ? pull + descent.momentum() * velocity[i] : velocity[i];
            next[i] = difference[i] - descent.rate() * move;
        }
        return next;
    }

    /** The draw of a named stream, times a factor. */
    static double[] draw(ParameterSpec law, RandomGenerator random, double factor, boolean magnitudes) {
        double[] values = InitialValues.draw(law, random);
        for (int i = 0; i < values.length; i++) {
            values[i] = factor * (magnitudes ? Math.abs(values[i]) : values[i]);
        }
        return values;
    }

    /** The stream that the learner draws the feedback of a parameter from. */
    static RandomGenerator stream(Setting setting, Parameter parameter) {
        return RandomStream.of(setting.seed(), "feedback/" + parameter.key());
    }

    /** {@code M * sign(W)}, with flips where a learner has them. */
    static double[] signed(double[] magnitudes, PublishedStep step, Parameter parameter) {
        double[] weights = step.parameters().get(parameter.key());
        double[] flips = step.state().get("flips/" + parameter.key());
        double[] signed = new double[magnitudes.length];
        for (int i = 0; i < signed.length; i++) {
            signed[i] = magnitudes[i] * Math.signum(weights[i]) * (flips == null ? 1 : flips[i]);
        }
        return signed;
    }

    /** A law with its texts. */
    abstract class Named implements FeedbackLaw {
        private final String name;
        private final String basis;

        Named(String name, String basis) {
            this.name = name;
            this.basis = basis;
        }

        @Override
        public final String name() {
            return name;
        }

        @Override
        public final String basis() {
            return basis;
        }
    }
}
