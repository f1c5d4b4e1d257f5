package org.bpfree.learn.dtp;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Node;
import org.bpfree.graph.Pass;
import org.bpfree.learn.LearnerContext;
import org.bpfree.tensor.Arena;
import org.bpfree.tensor.ColumnSum;
import org.bpfree.tensor.Elementwise;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;

/**
 * One update of the inverse {@code G(y) = B h(y) + c} of a stage {@code F}, at the activations of a forward pass. Noise {@code epsilon} is added to
 * the input {@code s} of the stage, {@code eta} to its output {@code F(s)}:
 *
 * <pre>
 *   reconstruction     |G(F(s+eps)) - (s+eps)|^2
 *   local-difference   -2 &lt;eps, G(F(s+eps)) - G(F(s))&gt; + |G(F(s)+eta) - G(F(s))|^2
 * </pre>
 *
 * <p>Only {@code B} and {@code c} learn; {@code h} and {@code F} are given (github.com/ernoult/scalingDTP). The noisy forward has kernels of its
 * own, so that the maxima of the clean one stay where they are.
 */
final class InverseLesson {
    private final LearnerContext context;
    private final Inverse inverse;
    private final Stage stage;
    private final Pass pass;
    private final double deviation;
    private final Arena arena;
    private final Undoing undoing;
    private final Map<Node, Kernel> noisy = new HashMap<>();
    private final Tensor epsilon;
    private final Tensor noisyInput;
    private final Tensor noisyOutput;
    private final double[] row;
    private Tensor eta; // null where the output gets no noise
    private Routine afterEpsilon;
    private Routine afterEta = Routine.NOTHING;

    /** A lesson at the activations of a pass. */
    InverseLesson(DtpSettings settings, LearnerContext context, Inverse inverse, Pass pass) {
        this.context = context;
        this.inverse = inverse;
        this.pass = pass;
        stage = inverse.stage();
        deviation = settings.noiseOf(inverse.place());
        arena = context.arena().scope("dtp");
        undoing = new Undoing(stage, settings.inverse() == DtpSettings.InverseForm.MIRROR, arena, pass.batch());
        Shape in = stage.input().shape();
        epsilon = scratch("epsilon", in);
        noisyInput = scratch("noisyInput", in);
        afterEpsilon = Elementwise.add(pass.activation(stage.input()), epsilon, noisyInput);
        noisyOutput = forward();
        row = new double[Math.toIntExact(Math.max(in.size(), stage.top().shape().size()))];
        switch (settings.feedbackLoss()) {
            case RECONSTRUCTION -> reconstruct();
            case LOCAL_DIFFERENCE -> transpose();
        }
    }

    /** Writes the update of the inverse from noise. */
    void run(RandomGenerator random) {
        draw(random, epsilon);
        afterEpsilon.run();
        if (eta != null) {
            draw(random, eta);
            afterEta.run();
        }
    }

    private void draw(RandomGenerator random, Tensor noise) {
        int sample = noise.size() / pass.batch();
        for (int from = 0; from < noise.size(); from += sample) {
            for (int i = 0; i < sample; i++) {
                row[i] = deviation * random.nextGaussian();
            }
            noise.write(from, row, 0, sample);
        }
    }

    private Tensor scratch(String name, Shape sample) {
        return arena.batch(name + "/" + stage.layer().name(), pass.batch(), sample);
    }

    private Kernel bind(Node node, Tensor input, Tensor output) {
        List<Tensor> parameters =
                node.parameters().stream().map(context.parameters()::get).toList();
        return node.op()
                .bind(new Kernel.Binding(
                        node.name(), List.of(input), parameters, output, arena, Kernel.Mode.TRAIN, context.noise()));
    }

    /** Binds the noisy forward. Returns its output. */
    private Tensor forward() {
        Tensor present = bindForward(stage.layer(), noisyInput);
        for (Node node : stage.above()) {
            present = bindForward(node, present);
        }
        return present;
    }

    private Tensor bindForward(Node node, Tensor input) {
        if (node.op().isView()) {
            return input.reshape(node.shape().batched(pass.batch()));
        }
        Tensor output = scratch("noisy/" + node.name(), node.shape());
        Kernel kernel = bind(node, input, output);
        noisy.put(node, kernel);
        afterEpsilon = afterEpsilon.then(kernel::forward);
        return output;
    }

    /** {@code r = B h(F(s+eps)) + c - (s+eps)}, {@code dB = 2 r h'}, {@code dc = 2 r}. */
    private void reconstruct() {
        Undoing.Result down = undoing.of("undone", noisyOutput, noisy::get);
        Tensor back = scratch("back", stage.input().shape());
        Tensor rows = back.reshape(back.shape().asMatrix());
        afterEpsilon = afterEpsilon
                .then(down.routine())
                .then(throughWeights(down.tensor(), back))
                .then(ColumnSum.addBias(rows, inverse.bias(), rows))
                .then(Elementwise.subtract(back, noisyInput, back))
                .then(product(back, down.tensor(), inverse.update()))
                .then(Elementwise.scale(inverse.update(), 2, inverse.update()))
                .then(ColumnSum.of(rows, inverse.biasUpdate()))
                .then(Elementwise.scale(inverse.biasUpdate(), 2, inverse.biasUpdate()));
    }

    /** {@code u = h(F(s+eps)) - h(F(s))}, {@code v = h(F(s)+eta) - h(F(s))}, {@code dB = -2 eps u' + 2 (B v) v'}. */
    private void transpose() {
        Tensor clean = pass.activation(stage.top());
        Undoing.Result u = undoing.change("u", noisyOutput, noisy::get, clean, pass::kernel);
        afterEpsilon = afterEpsilon.then(u.routine()).then(product(epsilon, u.tensor(), inverse.update()));
        eta = scratch("eta", stage.top().shape());
        Tensor moved = scratch("moved", stage.top().shape());
        Tensor back = scratch("back", stage.input().shape());
        Tensor other =
                arena.fixed("product/" + stage.layer().name(), inverse.update().shape());
        Undoing.Result v = undoing.change("v", moved, pass::kernel, clean, pass::kernel);
        afterEta = Elementwise.add(clean, eta, moved)
                .then(v.routine())
                .then(throughWeights(v.tensor(), back))
                .then(product(back, v.tensor(), other))
                .then(Elementwise.blend(inverse.update(), -2, other, 2, inverse.update()));
    }

    /** {@code B} on a tensor as the output of the layer. */
    private Routine throughWeights(Tensor change, Tensor below) {
        return pass.kernel(stage.layer()).backward(DtpLearner.through(inverse, change, below));
    }

    /** The gradient of {@code <below, B change>} by {@code B}. */
    private Routine product(Tensor below, Tensor change, Tensor gradient) {
        int parameters = stage.layer().parameters().size();
        Tensor[] gradients = new Tensor[parameters];
        gradients[0] = gradient;
        return bind(stage.layer(), below, scratch("unused", stage.layer().shape()))
                .backward(new Kernel.Wiring(
                        Collections.nCopies(parameters, inverse.weights()), change, new Tensor[1], gradients));
    }
}
