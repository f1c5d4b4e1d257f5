package org.bpfree.learn.ekdaa;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Node;
import org.bpfree.graph.Op;
import org.bpfree.graph.ParameterSpec.Role;
import org.bpfree.graph.op.ActivationOp;
import org.bpfree.graph.op.BatchNormOp;
import org.bpfree.graph.op.ConvOp;
import org.bpfree.graph.op.PoolOp;
import org.bpfree.learn.Learner;
import org.bpfree.learn.LearnerContext;
import org.bpfree.learn.LearnerProvider;
import org.bpfree.learn.LearnerSettings;
import org.bpfree.learn.Promise;
import org.bpfree.learn.Promises;
import org.bpfree.tensor.ActivationFunction;
import org.bpfree.tensor.Pooling;
import org.bpfree.tensor.Precision;

/** Announces EKDAA. */
public final class EkdaaProvider implements LearnerProvider {
    private static final double RIGHT_ANGLE = 90;

    @Override
    public Class<? extends LearnerSettings> settings() {
        return EkdaaSettings.class;
    }

    @Override
    public String summary() {
        return "Learned error kernels carry targets down; of activation functions no derivative is taken, of pools, normalizations and"
                + " attention it is.";
    }

    @Override
    public String source() {
        return "Zee, Ororbia, Mali, Nwogu: A Robust Backpropagation-Free Framework for Images, arXiv 2206.01820";
    }

    @Override
    public void check(LearnerSettings settings, Graph graph, Consumer<Misfit> problems) {
        EkdaaSettings ekdaa = (EkdaaSettings) settings;
        if (ekdaa.mode() == EkdaaSettings.Mode.RELEASED) {
            if (ekdaa.displacement() == EkdaaSettings.Displacement.RELATIVE) {
                problems.accept(new Misfit(
                        "", "displacement", "mode 'released' knows absolute displacements only. Use mode: clean."));
            }
            graph.nodes().forEach(node -> checkReleased(node, problems));
        }
    }

    private static void checkReleased(Node node, Consumer<Misfit> problems) {
        if (node.op() instanceof BatchNormOp) {
            problems.accept(new Misfit(node.name(), "", "mode 'released' has no batch-norm. Use mode: clean."));
        } else if (node.parameters().stream().anyMatch(p -> p.spec().role() == Role.BIAS)) {
            problems.accept(new Misfit(
                    node.name(), "", "mode 'released' has no biases. Set bias: false on this layer, or mode: clean."));
        }
        if (node.op() instanceof PoolOp pool) {
            Op above = node.inputs().get(0).op();
            if (!(above instanceof ActivationOp) && !(above instanceof ConvOp)) {
                problems.accept(new Misfit(
                        node.name(),
                        "",
                        "mode 'released' needs an activation or a convolution right above a pool, not '" + above.kind()
                                + "'. Use mode: clean."));
            }
            boolean enlargeable = pool.reduction() == Pooling.Reduction.MAX
                    && pool.window().size() == 2
                    && pool.window().stride() == 2
                    && node.inputs().get(0).shape().extent(0)
                            == 2 * node.shape().extent(0)
                    && node.inputs().get(0).shape().extent(1)
                            == 2 * node.shape().extent(1);
            if (!enlargeable) {
                problems.accept(new Misfit(
                        node.name(),
                        "",
                        "mode 'released' enlarges targets twofold, so it needs max-pools of size 2 and stride 2 on maps of even"
                                + " size, but this one turns "
                                + node.inputs().get(0).shape() + " into " + node.shape()
                                + ". Use mode: clean."));
            }
        }
    }

    @Override
    public List<Promise> promises(LearnerSettings settings, Graph graph, Precision precision) {
        EkdaaSettings ekdaa = (EkdaaSettings) settings;
        List<Promise> promises = new ArrayList<>();
        promises.add(Promises.outputLayerExact(Promises.rounding(precision)));
        if (ekdaa.gamma() == 0) {
            promises.add(Promises.feedbackConstant());
        }
        boolean derivatives = graph.nodes().stream()
                .noneMatch(node -> node.op() instanceof ActivationOp activation
                        && activation.function() == ActivationFunction.SIGNUM);
        boolean aligned = ekdaa.errorKernels() == EkdaaSettings.ErrorKernels.TRANSPOSED;
        if (derivatives && aligned && ekdaa.mode() == EkdaaSettings.Mode.CLEAN) {
            promises.add(Promises.angleBelow(RIGHT_ANGLE));
        }
        return promises;
    }

    @Override
    public Learner create(LearnerSettings settings, LearnerContext context) {
        return new EkdaaLearner((EkdaaSettings) settings, context);
    }
}
