package org.bpfree.learn.ekdaa;

import org.bpfree.graph.Graph;
import org.bpfree.graph.Node;
import org.bpfree.graph.Op;
import org.bpfree.graph.Parameter;
import org.bpfree.graph.ParameterSpec.Role;
import org.bpfree.learn.Findings;
import org.bpfree.learn.Learner;
import org.bpfree.learn.LearnerContext;
import org.bpfree.learn.LearnerProvider;
import org.bpfree.tensor.Pooling;

/** Announces EKDAA. */
public final class EkdaaProvider implements LearnerProvider<EkdaaSettings> {

    @Override
    public Class<EkdaaSettings> settings() {
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
    public void check(EkdaaSettings ekdaa, Setup setup, Findings findings) {
        if (ekdaa.mode() == EkdaaSettings.Mode.RELEASED) {
            if (ekdaa.displacement() == EkdaaSettings.Displacement.RELATIVE) {
                findings.misfit("displacement", "mode 'released' knows absolute displacements only. Use mode: clean.");
            }
            if (ekdaa.linearConvolutions() && ekdaa.targetOfPools() == EkdaaSettings.Reading.ACTIVATION) {
                findings.misfit(
                        "poolTarget",
                        "with forward: pre-activation pools read pre-activations, and their targets can be none of activations."
                                + " Leave poolTarget out, or set forward: activation.");
            }
            setup.graph().nodes().forEach(node -> checkReleased(node, findings));
        } else if (ekdaa.forward().isPresent() || ekdaa.poolTarget().isPresent()) {
            findings.misfit(
                    ekdaa.forward().isPresent() ? "forward" : "poolTarget",
                    "mode 'clean' reads activations everywhere, and its pools hand down displacements instead of targets."
                            + " Leave it out, or set mode: released.");
        }
    }

    @Override
    public Graph network(EkdaaSettings settings, Graph graph) {
        return EkdaaLearner.network(settings, graph);
    }

    private static void checkReleased(Node node, Findings findings) {
        if (node.op().normalizesOverBatch()) {
            findings.misfit(node, "mode 'released' has no " + node.op().kind() + ". Use mode: clean.");
        } else if (node.parameters().stream().anyMatch(p -> p.spec().role() == Role.BIAS)) {
            findings.misfit(node, "mode 'released' has no biases. Set bias: false on this layer, or mode: clean.");
        }
        if (node.parameters().stream().anyMatch(Parameter::carriesErrors)
                && !node.op().isDense()
                && node.op().convolution().isEmpty()) {
            findings.misfit(
                    node,
                    "mode 'released' has rules for the weights of dense layers and convolutions, and none for those of type "
                            + node.op().kind() + ". Use mode: clean.");
        }
        node.op().pool().ifPresent(pool -> checkReleasedPool(node, pool, findings));
    }

    private static void checkReleasedPool(Node node, Op.Pool pool, Findings findings) {
        Op above = node.inputs().get(0).op();
        if (above.pointwise().isEmpty() && above.convolution().isEmpty()) {
            findings.misfit(
                    node,
                    "mode 'released' needs an activation or a convolution right above a pool, not '" + above.kind()
                            + "'. Use mode: clean.");
        }
        boolean enlargeable = pool.reduction() == Pooling.Reduction.MAX
                && pool.window().size() == 2
                && pool.window().stride() == 2
                && node.inputs().get(0).shape().extent(0) == 2 * node.shape().extent(0)
                && node.inputs().get(0).shape().extent(1) == 2 * node.shape().extent(1);
        if (!enlargeable) {
            findings.misfit(
                    node,
                    "mode 'released' enlarges targets twofold, so it needs max-pools of size 2 and stride 2 on maps of even"
                            + " size, but this one turns "
                            + node.inputs().get(0).shape() + " into " + node.shape()
                            + ". Use mode: clean.");
        }
    }

    @Override
    public Learner create(EkdaaSettings settings, LearnerContext context) {
        return new EkdaaLearner(settings, context);
    }
}
