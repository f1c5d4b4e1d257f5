package org.bpfree.learn.ekdaa;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bpfree.graph.Graph;
import org.bpfree.graph.InitialValues;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Node;
import org.bpfree.graph.Parameter;
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
import org.bpfree.tensor.Tensor;

/**
 * EKDAA (Zee, Ororbia, Mali, Nwogu, arXiv 2206.01820, Algorithms 1 and 2): every hidden activation gets a target, and weights change so
 * that the activation moves towards it.
 *
 * <p>With {@code h} the pre-activation and {@code z = phi(h)}, in the symbols of the paper's released code:
 *
 * <pre>
 *   e^L = softmax(h^L) - onehot(label)                      error of the output
 *   d^l = e^l E^l                                           displacement, through the error kernel instead of the weights
 *   y^(l-1) = phi(h^(l-1) - beta d^l)                       target of the activation below
 *   e^(l-1) = z^(l-1) - y^(l-1)                             its error; no derivative of phi
 *   dW^l = (z^(l-1))^T e^l,  dE^l = gamma (dW^l)^T          local updates
 * </pre>
 *
 * <p>Seen as a sweep of errors, this is backpropagation with two replacements: the error kernel, scaled by {@code beta}, stands in for
 * the weights, and an activation turns the displacement {@code D} that reaches it into {@code phi(h) - phi(h - D)} instead of {@code
 * phi'(h) D}. All other nodes pass displacements on by their own adjoint, which for max-pools, batch and layer normalization, products
 * and attention is their derivative at the activations of the batch. In this form the rule works on any graph.
 *
 * <p>With {@code displacement: relative} (an addition of this project, for signum nets, where small displacements flip no sign) {@code D}
 * is rescaled at each activation to {@code beta} times the norm of {@code h} over the batch.
 *
 * <p>Max-pools give the whole displacement to the first of equal winners; the specification shares it among them. {@code mode: clean} is this project's corrected rule; {@code mode: released} is {@link ReleasedRule}. Error kernels are kept in the
 * layout of the weights, {@code [out, in]} or {@code [out, height, width, in]}. The first weighted layers need none, since nothing below
 * them learns. Costs one forward and one backward of each node a step and a second evaluation of each activation.
 */
public final class EkdaaLearner extends GraphLearner {
    private final EkdaaSettings settings;
    private final Map<Parameter, Tensor> errorKernels = new LinkedHashMap<>();
    private final Map<Parameter, Tensor> standIns = new LinkedHashMap<>();
    private Routine beforeSweep = Routine.NOTHING;
    private Routine afterSweep = Routine.NOTHING;

    /** A learner for all trainable parameters of the graph, with an error kernel for each weight tensor that errors cross. */
    public EkdaaLearner(EkdaaSettings settings, LearnerContext context) {
        super(context);
        this.settings = settings;
        train(context.graph().trainableParameters());
        context.graph().crossedWeights().forEach(this::addErrorKernel);
    }

    /** Rules that look at single activations need every one of them to be a node. */
    @Override
    protected Graph network() {
        return relative() || settings.mode() == EkdaaSettings.Mode.RELEASED
                ? network(settings, context.graph())
                : context.quickGraph();
    }

    @Override
    protected Graph predictionNetwork() {
        return network(settings, super.predictionNetwork());
    }

    /** A network as the learner runs it forward. */
    static Graph network(EkdaaSettings settings, Graph graph) {
        return settings.linearConvolutions() ? LinearConvolutions.of(graph) : graph;
    }

    private boolean relative() {
        return settings.displacement() == EkdaaSettings.Displacement.RELATIVE;
    }

    private void addErrorKernel(Parameter parameter) {
        Tensor weights = context.parameters().get(parameter);
        Tensor kernel = Tensor.zeros(weights.precision(), weights.shape());
        String name = "feedback/" + parameter.key();
        if (settings.errorKernels() == EkdaaSettings.ErrorKernels.TRANSPOSED) {
            kernel.copyFrom(weights);
        } else {
            kernel.write(InitialValues.draw(parameter.spec(), RandomStream.of(context.seed(), name)));
        }
        Tensor update = Tensor.zeros(weights.precision(), weights.shape());
        Tensor standIn = Tensor.zeros(weights.precision(), weights.shape());
        trainOwn(name, kernel, update);
        errorKernels.put(parameter, kernel);
        standIns.put(parameter, standIn);
        beforeSweep = beforeSweep.then(
                settings.mode() == EkdaaSettings.Mode.RELEASED
                        ? ReleasedRule.transposeSpatially(kernel, standIn)
                        : Elementwise.scale(kernel, relative() ? 1 : settings.beta(), standIn));
        afterSweep = afterSweep.then(Elementwise.scale(update(parameter), settings.gamma(), update));
    }

    @Override
    public Map<String, Tensor> feedback() {
        Map<String, Tensor> feedback = new LinkedHashMap<>();
        errorKernels.forEach((parameter, kernel) -> feedback.put(parameter.key(), kernel));
        return feedback;
    }

    @Override
    protected Credit bind(Pass pass, LabelledImages batch, Errors errors) {
        ErrorSweep.Rule rule = settings.mode() == EkdaaSettings.Mode.RELEASED
                ? new ReleasedRule(settings, new DisplacementRule(), errors, context.arena())
                : new DisplacementRule();
        return beforeSweep.then(ErrorSweep.bind(pass, errors, rule)).then(afterSweep)::run;
    }

    /** Error kernels for weights, targets for activations. */
    private final class DisplacementRule implements ErrorSweep.Rule {
        @Override
        public Tensor update(Parameter parameter) {
            return EkdaaLearner.this.update(parameter);
        }

        @Override
        public Tensor feedback(Parameter parameter) {
            Tensor standIn = standIns.get(parameter);
            return standIn != null ? standIn : context.parameters().get(parameter);
        }

        @Override
        public Routine backward(Node node, Pass pass, Kernel.Wiring wiring) {
            Routine error = pass.kernel(node).displaced(wiring); // e = z - phi(h - D)
            boolean sized = relative() && node.op().pointwise().isPresent() && wiring.inputError() != null;
            return sized
                    ? sized(wiring.error(), pass.activation(node.inputs().get(0)))
                            .then(error)
                    : error;
        }

        /** Gives a displacement its size, where that is not a matter of the error kernels. */
        private Routine sized(Tensor displacement, Tensor preActivation) {
            Norm moved = new Norm(preActivation);
            Norm move = new Norm(displacement);
            return () -> move.rescale(settings.beta() * moved.value());
        }
    }
}
