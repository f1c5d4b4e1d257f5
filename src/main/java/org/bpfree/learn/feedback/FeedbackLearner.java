package org.bpfree.learn.feedback;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bpfree.graph.InitialValues;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Node;
import org.bpfree.graph.Parameter;
import org.bpfree.graph.ParameterSpec;
import org.bpfree.graph.Pass;
import org.bpfree.learn.ErrorSweep;
import org.bpfree.learn.Errors;
import org.bpfree.learn.GraphLearner;
import org.bpfree.learn.LabelledImages;
import org.bpfree.learn.LearnerContext;
import org.bpfree.random.RandomStream;
import org.bpfree.tensor.Elementwise;
import org.bpfree.tensor.Norm;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;

/**
 * What all learners of the family share: a sweep of errors, feedback that is drawn, and two measures against runaway errors and
 * weights.
 *
 * <p>{@code clipErrors: x} limits each element of the error {@code delta(l)} that arrives at a layer with weights to {@code -x..x}
 * before anything is computed from it. BioTorch's {@code gradient_clip} (arXiv 2108.13446) does so with {@code x = 1} to errors that
 * are divided by the batch size; these are not.
 *
 * <p>{@code constrainNorm} gives weights their initial Frobenius norm back, {@code W <- W |W(0)| / |W|}, before each forward pass of
 * training (Moskovitz, Litwin-Kumar and Abbott, arXiv 1812.06488, 2018, after BioTorch). It is done in place: BioTorch makes a new
 * tensor, which its optimizer never sees. A prediction uses the weights as the last step left them.
 */
abstract class FeedbackLearner extends GraphLearner {
    private final FeedbackSettings settings;
    private final Map<String, Tensor> state = new LinkedHashMap<>();
    private Routine beforeForward = Routine.NOTHING;

    FeedbackLearner(FeedbackSettings settings, LearnerContext context) {
        super(context);
        this.settings = settings;
        train(context.graph().trainableParameters());
        if (settings.constrainNorm()) {
            context.graph().trainableParameters().stream()
                    .filter(Parameter::carriesErrors)
                    .forEach(this::constrainNorm);
        }
    }

    private void constrainNorm(Parameter parameter) {
        Tensor initial = initialNorm(parameter);
        Norm norm = new Norm(context.parameters().get(parameter));
        beforeForward = beforeForward.then(() -> norm.rescale(initial.at(0)));
    }

    /** The norm of weights when the learner was created, a tensor of one number that resumes with the run. */
    final Tensor initialNorm(Parameter parameter) {
        Tensor weights = context.parameters().get(parameter);
        String name = "initialNorm/" + parameter.key();
        Tensor known = state.get(name);
        return known != null
                ? known
                : keep(name, Tensor.of(weights.precision(), Shape.of(1), new Norm(weights).value()));
    }

    /** The name of the feedback of a parameter, and of the stream it is drawn from. */
    static String name(Parameter parameter) {
        return "feedback/" + parameter.key();
    }

    /** The specification with the law that the settings ask for. */
    final ParameterSpec law(ParameterSpec spec) {
        return spec.withInitializer(settings.initializer().orElse(spec.initializer()));
    }

    /** Draws feedback, of its law times the scale. */
    final Tensor draw(String name, ParameterSpec spec) {
        double[] values = InitialValues.draw(law(spec), RandomStream.of(context.seed(), name));
        for (int i = 0; i < values.length; i++) {
            values[i] *= settings.scale();
        }
        return Tensor.of(context.arena().precision(), spec.shape(), values);
    }

    /** Adds a tensor to {@link #state}. */
    final Tensor keep(String name, Tensor tensor) {
        state.put(name, tensor);
        return tensor;
    }

    @Override
    public final Map<String, Tensor> state() {
        return Collections.unmodifiableMap(state);
    }

    @Override
    protected void prepare(LabelledImages batch) {
        beforeForward.run();
    }

    @Override
    protected final Credit bind(Pass pass, LabelledImages batch, Errors errors) {
        return beforeSweep(batch, errors.output()).then(ErrorSweep.bind(pass, errors, new FeedbackRule()))::run;
    }

    /** What is computed between the forward pass and the sweep, from the weights the forward pass has used. */
    abstract Routine beforeSweep(LabelledImages batch, Tensor outputError);

    /** What stands in for a parameter in the path of the error; the default is the parameter itself. */
    Tensor standIn(Parameter parameter) {
        return context.parameters().get(parameter);
    }

    /** Turns the error of a node into updates and errors of its inputs; the default is the node's own backward. */
    Routine backward(Node node, Pass pass, Kernel.Wiring wiring) {
        return pass.kernel(node).backward(wiring);
    }

    private final class FeedbackRule implements ErrorSweep.Rule {
        @Override
        public Tensor update(Parameter parameter) {
            return FeedbackLearner.this.update(parameter);
        }

        @Override
        public Tensor feedback(Parameter parameter) {
            return standIn(parameter);
        }

        @Override
        public Routine backward(Node node, Pass pass, Kernel.Wiring wiring) {
            boolean weighted = node.parameters().stream().anyMatch(Parameter::carriesErrors);
            if (settings.clipErrors() == 0 || !weighted) {
                return FeedbackLearner.this.backward(node, pass, wiring);
            }
            // The sweep must not change the error of the output; all other errors are this node's alone by now.
            Tensor clipped = node == pass.graph().output()
                    ? context.arena().batch("clipped/" + node.name(), pass.batch(), node.shape())
                    : wiring.error();
            Kernel.Wiring rewired =
                    new Kernel.Wiring(wiring.feedback(), clipped, wiring.inputErrors(), wiring.gradients());
            return Elementwise.clamp(wiring.error(), settings.clipErrors(), clipped)
                    .then(FeedbackLearner.this.backward(node, pass, rewired));
        }
    }
}
