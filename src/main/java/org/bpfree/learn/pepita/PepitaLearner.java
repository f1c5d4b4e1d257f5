package org.bpfree.learn.pepita;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bpfree.graph.Graph;
import org.bpfree.graph.InitialValues;
import org.bpfree.graph.Initializer;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Loss;
import org.bpfree.graph.Node;
import org.bpfree.graph.ParameterSpec;
import org.bpfree.graph.Pass;
import org.bpfree.learn.BoundLearner;
import org.bpfree.learn.Errors;
import org.bpfree.learn.LabelledImages;
import org.bpfree.learn.LearnerContext;
import org.bpfree.random.RandomStream;
import org.bpfree.tensor.Elementwise;
import org.bpfree.tensor.MatrixProduct;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;

/**
 * PEPITA (Dellaferrera and Kreiman, arXiv 2201.11665, and the code github.com/GiorgiaD/PEPITA): no error travels back. The error {@code e} of a
 * first pass, projected to the images by a fixed matrix {@code F}, modulates them, and a second pass runs on {@code x' = x + F e}:
 *
 * <pre>
 *   dW(1) = (s(1) - s'(1))' x'
 *   dW(l) = (s(l) - s'(l))' s'(l-1)       hidden layers
 *   dW(L) = e'' s'(L-1)                   e': the error of the second pass
 * </pre>
 *
 * <p>{@code s(l)} is what a layer's activation, and dropout behind it, make of it, before any pool. The kernels of the second pass form the
 * updates from the difference in the place of an error; derivatives of activations are never taken. The sum over the positions of a map is
 * divided by their number, a choice among those of the released code. Biases sum the same differences, a choice of this program: released
 * networks have none.
 *
 * <p>Costs a step of backpropagation: two forward passes and the products of the updates.
 */
final class PepitaLearner extends BoundLearner {
    private static final String PROJECTION = "feedback/images";

    private final PepitaSettings settings;
    private final Tensor projection;

    /** A learner for all trainable parameters. */
    PepitaLearner(PepitaSettings settings, LearnerContext context) {
        super(context);
        this.settings = settings;
        train(context.graph().trainableParameters());
        projection = draw(context);
    }

    /** {@code F}, {@code [pixels, classes]}: uniform within the root of 6 through the number of pixels, times the scale. */
    private Tensor draw(LearnerContext context) {
        Graph graph = context.graph();
        int pixels = Math.toIntExact(graph.input().shape().size());
        Shape shape = Shape.of(pixels, graph.classes());
        ParameterSpec spec = ParameterSpec.weights(shape, Initializer.HE_UNIFORM, pixels, graph.classes());
        double[] values = InitialValues.draw(spec, RandomStream.of(context.seed(), PROJECTION));
        for (int i = 0; i < values.length; i++) {
            values[i] *= settings.projectionScale();
        }
        return Tensor.of(context.arena().precision(), shape, values);
    }

    @Override
    public Map<String, Tensor> state() {
        return Map.of(PROJECTION, projection);
    }

    @Override
    protected Step bind(LabelledImages batch) {
        return new TwoPasses(batch);
    }

    /** The node whose output a layer with weights is compared by: the last activation or dropout right behind it, or itself. */
    static Node compared(Graph graph, Node layer) {
        Node last = layer;
        while (last != graph.output()) {
            Node next = graph.consumers(last).get(0);
            if (next.op().pointwise().isEmpty() && !next.op().silencesAtRandom()) {
                break;
            }
            last = next;
        }
        return last;
    }

    private final class TwoPasses implements Step {
        private final LabelledImages batch;
        private final Pass first;
        private final Pass second;
        private final Errors errors; // of the first pass
        private final Errors modulatedErrors;
        private final Routine modulate;
        private final Routine learn;

        TwoPasses(LabelledImages batch) {
            this.batch = batch;
            Tensor modulated = context.arena()
                    .batch("modulated", batch.size(), context.graph().input().shape());
            first = pass(context.graph(), batch.images(), Kernel.Mode.TRAIN, context.arena());
            second = pass(
                    context.graph(),
                    modulated,
                    Kernel.Mode.TRAIN,
                    context.arena().scope("modulated"));
            errors = new Errors(first, context.arena());
            modulatedErrors = new Errors(second, context.arena().scope("modulated"));
            modulate = modulation(modulated);
            learn = updates();
        }

        /** Writes {@code x + F e}. */
        private Routine modulation(Tensor modulated) {
            Tensor signal = errors.output();
            Routine prepare = Routine.NOTHING;
            if (settings.errorSign()) {
                signal = context.arena()
                        .batch(
                                "feedback/sign",
                                batch.size(),
                                context.graph().output().shape());
                prepare = Elementwise.sign(errors.output(), 1, signal);
            }
            Shape rows = Shape.of(batch.size(), projection.shape().extent(0));
            return prepare.then(MatrixProduct.withSecondTransposed(signal, projection, modulated.reshape(rows)))
                    .then(Elementwise.add(batch.images(), modulated, modulated));
        }

        private Routine updates() {
            List<Routine> routines = new ArrayList<>();
            for (Node node : context.graph().nodes()) {
                if (node.parameters().stream().anyMatch(parameter -> update(parameter) != null)) {
                    routines.add(node == context.graph().output() ? outputLayer(node) : hiddenLayer(node));
                }
            }
            return () -> routines.forEach(Routine::run);
        }

        private Routine outputLayer(Node node) {
            boolean modulated = settings.outputError() == PepitaSettings.OutputError.MODULATED;
            return byKernel(node, modulated ? modulatedErrors.output() : errors.output());
        }

        private Routine hiddenLayer(Node node) {
            Node compared = compared(context.graph(), node);
            Tensor difference = errors.make(node);
            Routine routine = Elementwise.subtract(first.activation(compared), second.activation(compared), difference);
            if (node.op().convolution().isPresent()) {
                long positions = (long) node.shape().extent(0) * node.shape().extent(1);
                double factor = settings.convolutionScale().factor(positions);
                routine = routine.then(Elementwise.scale(difference, factor, difference));
            }
            return routine.then(byKernel(node, difference));
        }

        /** What a layer of the second pass makes of an error of its output: its updates alone. */
        private Routine byKernel(Node node, Tensor error) {
            Tensor[] gradients =
                    node.parameters().stream().map(PepitaLearner.this::update).toArray(Tensor[]::new);
            List<Tensor> weights =
                    node.parameters().stream().map(context.parameters()::get).toList();
            return second.kernel(node).backward(new Kernel.Wiring(weights, error, new Tensor[1], gradients));
        }

        @Override
        public Loss.Result learn() {
            first.forward();
            Loss.Result result = context.loss().evaluate(first.output(), batch.labels(), errors.output());
            modulate.run();
            second.forward();
            context.loss().evaluate(second.output(), batch.labels(), modulatedErrors.output());
            learn.run();
            return result;
        }

        @Override
        public Map<String, Tensor> activations() {
            Map<String, Tensor> activations = new LinkedHashMap<>();
            for (Node node : context.graph().nodes()) {
                activations.put(node.name(), first.activation(node));
            }
            return activations;
        }

        @Override
        public Map<String, Tensor> errors() {
            return errors.byName();
        }
    }
}
