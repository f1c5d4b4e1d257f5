package org.bpfree.learn.spiking;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.bpfree.graph.InitialValues;
import org.bpfree.graph.Parameter;
import org.bpfree.learn.LearnerContext;
import org.bpfree.random.RandomStream;
import org.bpfree.tensor.Elementwise;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Tensor;

/**
 * The feedback halves of the plastic connections between areas: {@code B = M * sign(W)} with {@code M >= 0}, taken from the weights of
 * the forward pass. [design] sizes follow {@code |N(0, sigma^2)|} with {@code sigma} the standard deviation of the initial weights, so
 * that feedback begins as large as the weights; the paper's law was not at hand.
 *
 * <ul>
 *   <li>{@code frsf}: {@code M} is drawn once and meets no optimizer, which would let it decay.
 *   <li>{@code usf}: {@code M = sigma}. {@code brsf}: {@code M} is drawn for each batch.
 *   <li>{@code fa}: {@code B} is drawn from {@code N(0, sigma^2)} once, whatever the weights.
 * </ul>
 */
final class FeedbackWeights {
    private final LearnerContext context;
    private final Map<Parameter, Tensor> standIns = new LinkedHashMap<>();
    private final Map<String, Tensor> state = new LinkedHashMap<>();
    private Routine refresh = Routine.NOTHING;

    FeedbackWeights(MicrocircuitSettings.Feedback feedback, LearnerContext context) {
        this.context = context;
        for (Parameter parameter : context.graph().crossedWeights()) {
            switch (feedback) {
                case FRSF -> fixedSizes(parameter);
                case USF -> oneSize(parameter);
                case BRSF -> sizesOfBatch(parameter);
                case FA -> fixedWeights(parameter);
                case WEIGHTS, SHALLOW -> {}
            }
        }
    }

    private static String name(Parameter parameter) {
        return "feedback/" + parameter.key();
    }

    private void fixedSizes(Parameter parameter) {
        Tensor sizes = zerosLike(parameter);
        state.put(name(parameter), sizes);
        draw(parameter, RandomStream.of(context.seed(), name(parameter)), true, sizes, new double[sizes.size()]);
        Tensor feedback = standIn(parameter, zerosLike(parameter));
        refresh = refresh.then(Elementwise.multiplyBySign(sizes, weights(parameter), feedback));
    }

    private void oneSize(Parameter parameter) {
        Tensor feedback = standIn(parameter, zerosLike(parameter));
        refresh = refresh.then(
                Elementwise.sign(weights(parameter), InitialValues.rootMeanSquare(parameter.spec()), feedback));
    }

    private void sizesOfBatch(Parameter parameter) {
        Tensor feedback = standIn(parameter, zerosLike(parameter));
        double[] values = new double[feedback.size()];
        refresh = refresh.then(() -> draw(parameter, context.noise().stream(name(parameter)), true, feedback, values))
                .then(Elementwise.multiplyBySign(feedback, weights(parameter), feedback));
    }

    private void fixedWeights(Parameter parameter) {
        Tensor feedback = standIn(parameter, zerosLike(parameter));
        state.put(name(parameter), feedback);
        RandomGenerator random = RandomStream.of(context.seed(), name(parameter));
        draw(parameter, random, false, feedback, new double[feedback.size()]);
    }

    private static void draw(
            Parameter parameter, RandomGenerator random, boolean sizes, Tensor target, double[] values) {
        double deviation = InitialValues.rootMeanSquare(parameter.spec());
        for (int i = 0; i < values.length; i++) {
            double drawn = deviation * random.nextGaussian();
            values[i] = sizes ? Math.abs(drawn) : drawn;
        }
        target.write(values);
    }

    private Tensor weights(Parameter parameter) {
        return context.parameters().get(parameter);
    }

    private Tensor zerosLike(Parameter parameter) {
        return Tensor.zeros(context.arena().precision(), parameter.spec().shape());
    }

    private Tensor standIn(Parameter parameter, Tensor feedback) {
        standIns.put(parameter, feedback);
        return feedback;
    }

    /** What stands in for a parameter: its feedback, or the parameter itself where it has none. */
    Tensor of(Parameter parameter) {
        return standIns.getOrDefault(parameter, weights(parameter));
    }

    /** Follows the signs of the present weights. */
    void refresh() {
        refresh.run();
    }

    /** All feedback by the key of its weights. */
    Map<String, Tensor> byKey() {
        Map<String, Tensor> byKey = new LinkedHashMap<>();
        standIns.forEach((parameter, feedback) -> byKey.put(parameter.key(), feedback));
        return byKey;
    }

    /** What a resumed run must have again. */
    Map<String, Tensor> state() {
        return Collections.unmodifiableMap(state);
    }
}
