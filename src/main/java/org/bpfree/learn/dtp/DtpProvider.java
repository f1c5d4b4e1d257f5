package org.bpfree.learn.dtp;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Node;
import org.bpfree.graph.Parameter;
import org.bpfree.learn.Findings;
import org.bpfree.learn.Promise;
import org.bpfree.learn.Promises;
import org.bpfree.learn.StepView;
import org.bpfree.learn.TypedProvider;
import org.bpfree.learn.Vectors;
import org.bpfree.learn.backprop.BackpropProvider;
import org.bpfree.learn.dtp.DtpSettings.Feedback;
import org.bpfree.learn.dtp.DtpSettings.FeedbackLoss;
import org.bpfree.learn.dtp.DtpSettings.InverseForm;
import org.bpfree.tensor.Precision;

/** Announces difference target propagation. */
public final class DtpProvider extends TypedProvider<DtpSettings> {
    /** Steps of backpropagation a batch above which the cost is worth a warning. */
    private static final double DEAR = 20;

    /** For {@link java.util.ServiceLoader}. */
    public DtpProvider() {
        super(
                DtpSettings.class,
                "Layers learn from targets that come down through inverses, which learn from noise.",
                "Lee, Zhang, Fischer, Bengio: Difference Target Propagation, arXiv 1412.7525, 2015; Ernoult et al.: Towards Scaling Difference Target Propagation by Learning Backprop Targets, arXiv 2201.13415, 2022",
                DtpLearner::new);
    }

    @Override
    public void check(DtpSettings settings, Setup setup, Findings findings) {
        Graph graph = setup.graph();
        int before = findings.misfits().size();
        BackpropProvider.requireDerivatives(graph, "dtp", findings);
        Set<Parameter> seen = new HashSet<>();
        for (Node node : graph.nodes()) {
            checkNode(graph, node, seen, findings);
        }
        if (settings.inverse() == InverseForm.DERIVATIVE && settings.feedbackLoss() == FeedbackLoss.RECONSTRUCTION) {
            findings.misfit(
                    "feedbackLoss",
                    "reconstruction needs an inverse of numbers, but inverse: derivative is one of differences alone."
                            + " Use feedbackLoss: local-difference, or inverse: mirror.");
        }
        if (findings.misfits().size() == before) {
            checkLists(settings, graph, findings);
        }
    }

    private static void checkNode(Graph graph, Node node, Set<Parameter> seen, Findings findings) {
        if (node.inputs().size() > 1 || graph.consumers(node).size() > 1) {
            findings.misfit(
                    node,
                    "has " + node.inputs().size() + " inputs and "
                            + graph.consumers(node).size()
                            + " readers, but targets come down a chain. Use a network without branches.");
        } else if (node.parameters().isEmpty()) {
            boolean undone = node.op().isView()
                    || node.op().pointwise().isPresent()
                    || node.op().pool().isPresent()
                    || node.op().isFixedLinear();
            if (node != graph.input() && (!undone || node.op().silencesAtRandom())) {
                findings.misfit(node, "a target " + refused(node));
            }
        } else if (!(node.op().isDense() && node.shape().rank() == 1)
                && node.op().convolution().isEmpty()) {
            findings.misfit(node, "a target " + refused(node));
        } else if (!seen.addAll(node.parameters())) {
            findings.misfit(
                    node,
                    "shares its weights with another layer, but each stage has an inverse of its own."
                            + " Give it weights of its own.");
        }
    }

    private static String refused(Node node) {
        return "cannot come down through '" + node.op().kind()
                + "', which has no inverse here; dense layers, convolutions, activations, pools and flatten have one."
                + " Remove it.";
    }

    private static void checkLists(DtpSettings settings, Graph graph, Findings findings) {
        List<Stage> stages = Stage.invertedOf(graph);
        checkList("feedbackUpdates", settings.feedbackUpdates(), stages, findings);
        checkList("noise", settings.noise(), stages, findings);
        checkList("feedbackRates", settings.feedbackRates(), stages, findings);
        if (!findings.misfits().isEmpty() || settings.feedback() == Feedback.TRANSPOSE) {
            return;
        }
        // A noisy forward, a way down and two products, of three in a step of backpropagation; one product less for a
        // reconstruction.
        double passes = settings.feedbackLoss() == FeedbackLoss.RECONSTRUCTION ? 3 : 4;
        double steps = 0;
        for (int place = 0; place < stages.size(); place++) {
            Node layer = stages.get(place).layer();
            steps += passes * settings.updatesOf(place) * layer.op().multiplyAdds(layer.inputShapes());
        }
        steps /= graph.multiplyAddsOfStep();
        if (steps > DEAR) {
            findings.warning(Math.round(steps)
                    + " steps of backpropagation a batch is what the updates of learner.feedbackUpdates cost.");
        }
    }

    private static void checkList(String setting, List<?> numbers, List<Stage> stages, Findings findings) {
        if (numbers.size() != 1 && numbers.size() != stages.size()) {
            findings.misfit(
                    setting,
                    "has " + numbers.size() + " numbers, but needs one for all, or one each for "
                            + String.join(
                                    ", ",
                                    stages.stream()
                                            .map(stage -> stage.layer().name())
                                            .toList())
                            + ".");
        }
    }

    @Override
    public List<Promise> promises(DtpSettings settings, Graph graph, Precision precision) {
        double rounding = Math.max(Promises.rounding(precision), 1e-15 / settings.beta());
        boolean all = settings.feedback() == Feedback.TRANSPOSE && settings.inverse() == InverseForm.DERIVATIVE;
        List<String> output = new ArrayList<>();
        graph.lastWeighted().parameters().forEach(parameter -> output.add(parameter.key()));
        return List.of(Promises.perLayer(
                (all ? "update" : "output layer's update") + " is beta times backpropagation's",
                layer -> layer.update() != null && (all || output.contains(layer.key())),
                layer -> Vectors.relativeDifference(layer.update(), times(settings.beta(), layer)),
                rounding,
                true));
    }

    private static double[] times(double beta, StepView.Layer layer) {
        double[] expected = layer.gradient().clone();
        for (int i = 0; i < expected.length; i++) {
            expected[i] *= beta;
        }
        return expected;
    }
}
