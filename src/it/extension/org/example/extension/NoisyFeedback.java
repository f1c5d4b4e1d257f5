package org.example.extension;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Parameter;
import org.bpfree.graph.Pass;
import org.bpfree.learn.ErrorSweep;
import org.bpfree.learn.Errors;
import org.bpfree.learn.GraphLearner;
import org.bpfree.learn.LabelledImages;
import org.bpfree.learn.LearnerContext;
import org.bpfree.learn.LearnerSettings;
import org.bpfree.learn.Promise;
import org.bpfree.learn.Promises;
import org.bpfree.learn.TypedProvider;
import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.Range;
import org.bpfree.settings.TypeName;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Tensor;

/**
 * A learner: backpropagation but for what stands in for the weights in the path of the error, {@code W + noise * deviation(W) * E} with
 * {@code E} drawn anew for every batch. Announced in {@code META-INF/services/org.bpfree.learn.LearnerProvider}.
 */
public final class NoisyFeedback extends TypedProvider<NoisyFeedback.Settings> {
    private static final String SUMMARY =
            "Errors travel back through the weights plus noise that is drawn for every batch.";

    /** For {@link java.util.ServiceLoader}. */
    public NoisyFeedback() {
        super(Settings.class, SUMMARY, "the worked example of bpfree; not published", Learner::new);
    }

    @Override
    public List<Promise> promises(Settings settings, Graph graph, Precision precision) {
        double rounding = Promises.rounding(precision);
        return settings.noise() == 0
                ? List.of(Promises.equalsBackprop(rounding))
                : List.of(Promises.outputLayerExact(rounding));
    }

    /**
     * The block {@code learner} of an experiment file.
     *
     * @param noise deviation of the noise, as a multiple of the deviation of each layer's weights
     */
    @TypeName("noisy-feedback")
    @Doc(SUMMARY)
    public record Settings(
            @Doc("Deviation of the noise, as a multiple of the deviation of each layer's weights.")
            @Default("0.1")
            @Range(min = 0)
            double noise)
            implements LearnerSettings {}

    private static final class Learner extends GraphLearner {
        private final double noise;
        private final Map<Parameter, Tensor> feedback = new LinkedHashMap<>();

        Learner(Settings settings, LearnerContext context) {
            super(context);
            noise = settings.noise();
            train(context.graph().trainableParameters());
            for (Parameter weights : context.graph().crossedWeights()) {
                Tensor value = context.parameters().get(weights);
                feedback.put(weights, Tensor.zeros(value.precision(), value.shape()));
            }
        }

        /** Draws the noise of a batch. The stream depends on the seed and the step alone, so that a resumed run draws the same. */
        @Override
        protected void prepare(LabelledImages batch) {
            feedback.forEach((parameter, standIn) -> {
                RandomGenerator random = context.noise().stream("noisy-feedback/" + parameter.key());
                double[] values = context.parameters().get(parameter).toDoubles();
                double scale = noise * deviation(values);
                for (int i = 0; i < values.length; i++) {
                    values[i] += scale * random.nextGaussian();
                }
                standIn.write(values);
            });
        }

        private static double deviation(double[] values) {
            double sum = 0;
            double squares = 0;
            for (double value : values) {
                sum += value;
                squares += value * value;
            }
            double mean = sum / values.length;
            return Math.sqrt(Math.max(0, squares / values.length - mean * mean));
        }

        @Override
        protected Credit bind(Pass pass, LabelledImages batch, Errors errors) {
            return ErrorSweep.bind(pass, errors, new ErrorSweep.Rule() {
                @Override
                public Tensor update(Parameter parameter) {
                    return Learner.this.update(parameter);
                }

                @Override
                public Tensor feedback(Parameter parameter) {
                    return feedback.getOrDefault(parameter, context.parameters().get(parameter));
                }
            })::run;
        }

        @Override
        public Map<String, Tensor> feedback() {
            Map<String, Tensor> byKey = new LinkedHashMap<>();
            feedback.forEach((parameter, standIn) -> byKey.put(parameter.key(), standIn));
            return byKey;
        }
    }
}
