package org.bpfree.learn.ekdaa;

import java.util.function.Consumer;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Node;
import org.bpfree.graph.Op;
import org.bpfree.graph.Parameter;
import org.bpfree.graph.ParameterSpec.Role;
import org.bpfree.learn.Learner;
import org.bpfree.learn.LearnerContext;
import org.bpfree.learn.LearnerProvider;
import org.bpfree.learn.LearnerSettings;
import org.bpfree.tensor.Pooling;

/** Announces EKDAA. */
public final class EkdaaProvider implements LearnerProvider {

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
            if (ekdaa.linearConvolutions() && ekdaa.targetOfPools() == EkdaaSettings.Reading.ACTIVATION) {
                problems.accept(new Misfit(
                        "",
                        "poolTarget",
                        "with forward: pre-activation pools read pre-activations, and their targets can be none of activations."
                                + " Leave poolTarget out, or set forward: activation."));
            }
            graph.nodes().forEach(node -> checkReleased(node, problems));
        } else if (ekdaa.forward().isPresent() || ekdaa.poolTarget().isPresent()) {
            problems.accept(new Misfit(
                    "",
                    ekdaa.forward().isPresent() ? "forward" : "poolTarget",
                    "mode 'clean' reads activations everywhere, and its pools hand down displacements instead of targets."
                            + " Leave it out, or set mode: released."));
        }
    }

    @Override
    public Graph network(LearnerSettings settings, Graph graph) {
        return EkdaaLearner.network((EkdaaSettings) settings, graph);
    }

    private static void checkReleased(Node node, Consumer<Misfit> problems) {
        if (node.op().normalizesOverBatch()) {
            problems.accept(new Misfit(
                    node.name(), "", "mode 'released' has no " + node.op().kind() + ". Use mode: clean."));
        } else if (node.parameters().stream().anyMatch(p -> p.spec().role() == Role.BIAS)) {
            problems.accept(new Misfit(
                    node.name(), "", "mode 'released' has no biases. Set bias: false on this layer, or mode: clean."));
        }
        if (node.parameters().stream().anyMatch(Parameter::carriesErrors)
                && !node.op().isDense()
                && node.op().convolution().isEmpty()) {
            problems.accept(new Misfit(
                    node.name(),
                    "",
                    "mode 'released' has rules for the weights of dense layers and convolutions, and none for those of type "
                            + node.op().kind() + ". Use mode: clean."));
        }
        node.op().pool().ifPresent(pool -> checkReleasedPool(node, pool, problems));
    }

    private static void checkReleasedPool(Node node, Op.Pool pool, Consumer<Misfit> problems) {
        Op above = node.inputs().get(0).op();
        if (above.pointwise().isEmpty() && above.convolution().isEmpty()) {
            problems.accept(new Misfit(
                    node.name(),
                    "",
                    "mode 'released' needs an activation or a convolution right above a pool, not '" + above.kind()
                            + "'. Use mode: clean."));
        }
        boolean enlargeable = pool.reduction() == Pooling.Reduction.MAX
                && pool.window().size() == 2
                && pool.window().stride() == 2
                && node.inputs().get(0).shape().extent(0) == 2 * node.shape().extent(0)
                && node.inputs().get(0).shape().extent(1) == 2 * node.shape().extent(1);
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

    @Override
    public Learner create(LearnerSettings settings, LearnerContext context) {
        return new EkdaaLearner((EkdaaSettings) settings, context);
    }
}
