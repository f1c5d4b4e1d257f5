package org.bpfree.learn.feedback;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Node;
import org.bpfree.graph.Parameter;
import org.bpfree.graph.ParameterSpec;
import org.bpfree.graph.Pass;
import org.bpfree.learn.LabelledImages;
import org.bpfree.learn.LearnerContext;
import org.bpfree.learn.Trained;
import org.bpfree.tensor.Convolution;
import org.bpfree.tensor.Elementwise;
import org.bpfree.tensor.MatrixProduct;
import org.bpfree.tensor.PositionBroadcast;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;

/**
 * Learners that project a signal {@code S} ({@code [batch, classes]}) straight to every layer, without passing the layers above:
 *
 * <ul>
 *   <li>DFA: {@code S = e}, the error of the output (Nokland, <i>Direct Feedback Alignment Provides Learning in Deep Neural
 *       Networks</i>, arXiv 1609.01596, 2016);
 *   <li>sDFA: {@code S = sign(e)} (the control of the next paper);
 *   <li>DRTP: {@code S = onehot(label)}, which needs no error and no pass through the layers above (Frenkel, Lefebvre and Bol,
 *       <i>Learning Without Feedback: Fixed Random Learning Signals Allow for Feedforward Training of Deep Neural Networks</i>, arXiv
 *       1909.01311, 2021). The sign is +, as that of an error: descent subtracts;
 *   <li>DKP: {@code S = e} through projections that learn, {@code dD = e' h} with {@code h} the input of the layer, as the weights of an output
 *       layer on {@code h} would (Webster, Choi and Ahn, <i>Learning the Connections in Direct Feedback Alignment</i>, 2021, and the code
 *       github.com/webstah/dkp-gist).
 * </ul>
 *
 * <p>The error of the <em>input</em> of a layer with weights is {@code S D} with {@code D} of shape {@code [classes, input size]},
 * reshaped to the map of the input. From there pools, normalization, activations and joins pass it on by their own backward until the
 * next layer with weights, so {@code delta(l) = (S D) * phi'(z(l))}. A node that several layers with weights read gets the sum of
 * their projections. The last layer learns from {@code e}. With {@code projection: convolution} the input of a convolution gets what
 * BioTorch (arXiv 2108.13446) gives it: {@code S}, broadcast to the map of the output, through the transposed convolution with kernels
 * {@code [classes, size, size, channels]}.
 *
 * <p>Laws: {@code fan-in-uniform}, the default of dfa and sdfa, is {@code U(-1/sqrt(d), 1/sqrt(d))} for an input of {@code d} numbers,
 * as in github.com/anokland/dfa-torch; {@code he-uniform}, the default of drtp, is {@code U(-sqrt(6/d), sqrt(6/d))}, as in
 * github.com/ChFrenkel/DirectRandomTargetProjection. BioTorch draws {@code glorot-uniform} kernels and runs away on its own
 * LeNets: on 8000 images of Fashion-MNIST (ReLU, momentum 0.9, rate 1e-3) the mean loss of three epochs was 5.7, 77, 809 with
 * {@code initializer: glorot-uniform, projection: convolution}, and 2.13, 1.10, 0.81 with the defaults of dfa at rate 1e-2. Signs of
 * errors never get smaller, so sdfa needs a smaller rate or scale: at 1e-3 it ran away on the same network. Released codes project
 * errors that are divided by the batch size or not; here none is, and the optimizer divides once for all layers.
 *
 * <p>Costs less than a step of backpropagation: a matrix product with {@code D} replaces the error path; where projections learn, a second
 * one of the same size.
 */
public final class DirectLearner extends FeedbackLearner {
    private enum Signal {
        ERROR,
        ERROR_SIGN,
        LABEL
    }

    private final Signal signal;
    private final DirectSettings settings;
    private final Map<Node, Tensor> projections = new LinkedHashMap<>();
    private final Map<Node, Tensor> updates = new HashMap<>(); // of projections that learn

    private DirectLearner(Signal signal, DirectSettings settings, LearnerContext context) {
        super(settings, context);
        this.signal = signal;
        this.settings = settings;
        for (Node node : context.graph().crossedNodes()) {
            String name = projectionName(node);
            projections.put(node, draw(name, projectionSpec(node)));
        }
    }

    /** The learner with projections that stay as they were drawn. */
    private DirectLearner constant() {
        projections.forEach((node, projection) -> keep(projectionName(node), projection));
        return this;
    }

    /** Direct feedback alignment. */
    public static DirectLearner ofError(DfaSettings settings, LearnerContext context) {
        return new DirectLearner(Signal.ERROR, settings, context).constant();
    }

    /** Direct feedback alignment with the sign of the error. */
    public static DirectLearner ofErrorSign(SdfaSettings settings, LearnerContext context) {
        return new DirectLearner(Signal.ERROR_SIGN, settings, context).constant();
    }

    /** Direct random target projection. */
    public static DirectLearner ofLabel(DrtpSettings settings, LearnerContext context) {
        return new DirectLearner(Signal.LABEL, settings, context).constant();
    }

    /** Direct Kolen-Pollack learning: direct feedback alignment with projections that learn. */
    public static DirectLearner learned(DkpSettings settings, LearnerContext context) {
        DirectLearner learner = new DirectLearner(Signal.ERROR, settings, context);
        learner.projections.forEach((node, projection) -> {
            Tensor update = Tensor.zeros(projection.precision(), projection.shape());
            learner.updates.put(node, update);
            learner.train(new Trained(
                    projectionName(node), projection, update, Trained.Kind.FEEDBACK, settings.feedbackOptimizer(), 1));
        });
        return learner;
    }

    /** The name of the projection {@code D} to the input of a node. */
    static String projectionName(Node node) {
        return "feedback/" + node.name() + "/weights";
    }

    private boolean throughKernels(Node node) {
        return settings.projection() == DirectSettings.Projection.CONVOLUTION
                && node.op().convolution().isPresent();
    }

    private ParameterSpec projectionSpec(Node node) {
        int classes = context.graph().classes();
        ParameterSpec weights = node.parameters().stream()
                .filter(Parameter::carriesErrors)
                .findFirst()
                .orElseThrow()
                .spec();
        if (throughKernels(node)) {
            Shape kernel = weights.shape().inner();
            int positions = kernel.extent(0) * kernel.extent(1);
            return ParameterSpec.weights(
                    kernel.batched(classes), weights.initializer(), kernel.size(), (long) classes * positions);
        }
        long size = node.inputs().get(0).shape().size();
        return ParameterSpec.weights(Shape.of(classes, Math.toIntExact(size)), weights.initializer(), size, classes);
    }

    private Tensor signal(int batch) {
        return context.arena()
                .batch("feedback/signal", batch, Shape.of(context.graph().classes()));
    }

    @Override
    Routine beforeSweep(LabelledImages batch, Tensor outputError) {
        Tensor s = signal(batch.size());
        return switch (signal) {
            case ERROR -> Elementwise.copy(outputError, s);
            case ERROR_SIGN -> Elementwise.sign(outputError, 1, s);
            case LABEL -> () -> writeOneHot(batch.labels(), s);
        };
    }

    private static void writeOneHot(int[] labels, Tensor s) {
        int classes = s.shape().extent(1);
        s.fill(0);
        for (int image = 0; image < s.shape().extent(0); image++) {
            s.set(image * classes + labels[image], 1);
        }
    }

    @Override
    Routine backward(Node node, Pass pass, Kernel.Wiring wiring) {
        Tensor projection = projections.get(node);
        if (projection == null || wiring.inputError() == null) {
            return pass.kernel(node).backward(wiring);
        }
        Kernel.Wiring updatesOnly =
                new Kernel.Wiring(wiring.feedback(), wiring.error(), new Tensor[] {null}, wiring.gradients());
        return pass.kernel(node)
                .backward(updatesOnly)
                .then(project(node, pass, projection, wiring.inputError()))
                .then(learn(node, pass));
    }

    private Routine learn(Node node, Pass pass) {
        Tensor update = updates.get(node);
        if (update == null) {
            return Routine.NOTHING;
        }
        Shape rows = Shape.of(pass.batch(), update.shape().extent(1));
        return MatrixProduct.withFirstTransposed(
                signal(pass.batch()), pass.activation(node.inputs().get(0)).reshape(rows), update);
    }

    private Routine project(Node node, Pass pass, Tensor projection, Tensor inputError) {
        Tensor s = signal(pass.batch());
        if (!throughKernels(node)) {
            Shape rows = Shape.of(pass.batch(), projection.shape().extent(1));
            return MatrixProduct.of(s, projection, inputError.reshape(rows));
        }
        Tensor spread = context.arena()
                .batch(
                        "feedback/spread/" + node.name(),
                        pass.batch(),
                        node.shape().withLast(s.shape().extent(1)));
        return PositionBroadcast.overPositions(s, spread)
                .then(Convolution.inputError(
                        pass.activation(node.inputs().get(0)),
                        projection,
                        spread,
                        inputError,
                        node.op().convolution().orElseThrow()));
    }
}
