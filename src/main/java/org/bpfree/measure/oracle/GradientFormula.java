package org.bpfree.measure.oracle;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Node;
import org.bpfree.graph.Parameter;
import org.bpfree.graph.op.ActivationOp;
import org.bpfree.graph.op.DropoutOp;
import org.bpfree.graph.op.PoolOp;
import org.bpfree.learn.LearnerSettings;
import org.bpfree.learn.backprop.BackpropSettings;
import org.bpfree.learn.predictive.ZilSettings;
import org.bpfree.learn.shallow.ShallowSettings;
import org.bpfree.measure.oracle.NaiveOp.Flow;
import org.bpfree.tensor.ActivationFunction;
import org.bpfree.tensor.Pooling;

/**
 * The gradient of the loss by the chain rule: backpropagation, the control that trains a part of the network by it, and Z-IL, whose theorem
 * (arXiv 2103.04689) is that its update is the gradient.
 */
final class GradientFormula extends SweepFormula {
    private final LearnerSettings settings;

    private GradientFormula(LearnerSettings settings, Setting setting) {
        super(setting);
        this.settings = settings;
    }

    static LearnerFormula of(LearnerSettings settings, Setting setting) {
        boolean gradient = settings instanceof BackpropSettings
                || settings instanceof ShallowSettings
                || settings instanceof ZilSettings zil && isGradient(zil, setting.graph());
        return gradient ? new GradientFormula(settings, setting) : null;
    }

    /** Fa-Z-IL learns from errors that have just arrived, which it cannot tell from none where rectifiers, max-pools and dropout make them zero. */
    private static boolean isGradient(ZilSettings settings, Graph graph) {
        return settings.firing() != ZilSettings.Firing.DETECTED
                || graph.nodes().stream()
                        .map(Node::op)
                        .noneMatch(op -> op instanceof DropoutOp
                                || op instanceof PoolOp pool && pool.reduction() == Pooling.Reduction.MAX
                                || op instanceof ActivationOp activation
                                        && List.of(
                                                        ActivationFunction.RELU,
                                                        ActivationFunction.HARD_TANH,
                                                        ActivationFunction.CLIP,
                                                        ActivationFunction.HALF_CLIP)
                                                .contains(activation.function()));
    }

    /** With all nodes in motion, what Z-IL publishes is what states predict in the last round. */
    @Override
    NaivePass.Kind kind() {
        boolean moving = settings instanceof ZilSettings zil && zil.schedule() == ZilSettings.Schedule.FULL;
        return moving ? NaivePass.Kind.UNPUBLISHED : NaivePass.Kind.PUBLISHED;
    }

    @Override
    public Optional<ToDoubleFunction<PublishedStep>> objective() {
        return Optional.of(step -> {
            NaivePass pass = setting.forward(step, NaivePass.Kind.UNPUBLISHED);
            return NaiveLoss.sum(setting.loss(), pass.output(setting.graph().output()), step.labels());
        });
    }

    /** States that are kept as {@code x = mu - e} give their errors back with the digits of {@code mu}. */
    @Override
    NaiveSweep.Rule rule(PublishedStep step, NaivePass network, double[] outputError) {
        boolean subtracted = settings instanceof ZilSettings zil && zil.form() == ZilSettings.Form.STATE;
        return new NaiveSweep.Rule() {
            @Override
            public void backward(NaivePass pass, Node node, Flow flow) {
                double size = subtracted && node != pass.graph.output() ? Arithmetic.largest(pass.output(node)) : 0;
                for (int i = 0; i < flow.error().length; i++) {
                    flow.error()[i] = pass.arithmetic.round(flow.error()[i], size);
                }
                NaiveSweep.Rule.super.backward(pass, node, flow);
            }
        };
    }

    /** The control trains the last layer with weights, or all that does not lie on maps. */
    @Override
    void addOwn(PublishedStep step, NaivePass pass, double[] outputError, Map<String, double[]> updates) {
        if (settings instanceof ShallowSettings shallow) {
            Set<String> learning = setting.graph().nodes().stream()
                    .filter(node -> shallow.frozen() == ShallowSettings.Frozen.HIDDEN
                            ? node == setting.graph().lastWeighted()
                            : node.shape().rank() == 1)
                    .flatMap(node -> node.parameters().stream())
                    .map(Parameter::key)
                    .collect(Collectors.toSet());
            updates.keySet().retainAll(learning);
        }
    }
}
