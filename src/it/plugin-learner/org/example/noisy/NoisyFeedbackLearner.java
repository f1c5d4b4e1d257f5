package org.example.noisy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.bpfree.graph.Parameter;
import org.bpfree.graph.Pass;
import org.bpfree.learn.ErrorSweep;
import org.bpfree.learn.GraphLearner;
import org.bpfree.learn.LabelledImages;
import org.bpfree.learn.LearnerContext;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Tensor;

/** Backpropagation but for what stands in for the weights in the path of the error: {@code W + noise * deviation(W) * E}. */
final class NoisyFeedbackLearner extends GraphLearner {
    private final double noise;
    private final Map<Parameter, Tensor> feedback = new LinkedHashMap<>();

    NoisyFeedbackLearner(NoisyFeedbackSettings settings, LearnerContext context) {
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
    protected Routine bind(Pass pass, Tensor outputError) {
        return ErrorSweep.bind(pass, outputError, context.arena(), new ErrorSweep.Rule() {
            @Override
            public Tensor update(Parameter parameter) {
                return NoisyFeedbackLearner.this.update(parameter);
            }

            @Override
            public Tensor feedback(Parameter parameter) {
                return feedback.getOrDefault(parameter, context.parameters().get(parameter));
            }
        });
    }

    @Override
    public Map<String, Tensor> feedback() {
        Map<String, Tensor> byKey = new LinkedHashMap<>();
        feedback.forEach((parameter, standIn) -> byKey.put(parameter.key(), standIn));
        return byKey;
    }
}
