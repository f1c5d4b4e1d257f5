package org.bpfree.learn.pepita;

import java.util.List;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Node;
import org.bpfree.graph.Parameter;
import org.bpfree.learn.Findings;
import org.bpfree.learn.Promise;
import org.bpfree.learn.Promises;
import org.bpfree.learn.TypedProvider;
import org.bpfree.learn.Vectors;
import org.bpfree.tensor.Precision;

/** Announces PEPITA. */
public final class PepitaProvider extends TypedProvider<PepitaSettings> {
    /** For {@link java.util.ServiceLoader}. */
    public PepitaProvider() {
        super(
                PepitaSettings.class,
                "Runs the network again on images that the error modulates, and learns from what changes.",
                "Dellaferrera, Kreiman: Error-driven Input Modulation: Solving the Credit Assignment Problem without a Backward Pass, arXiv 2201.11665, 2022",
                PepitaLearner::new);
    }

    @Override
    public void check(PepitaSettings settings, Setup setup, Findings findings) {
        for (Node node : setup.graph().nodes()) {
            if (setup.graph().consumers(node).size() > 1) {
                findings.misfit(
                        node,
                        "is read by " + setup.graph().consumers(node).size()
                                + " layers, but pepita compares the layers of a chain. Let one layer read it.");
            }
            boolean weighted = node.parameters().stream().anyMatch(Parameter::trainable);
            if (weighted && !node.op().isDense() && node.op().convolution().isEmpty()) {
                findings.misfit(
                        node,
                        "is a layer of type " + node.op().kind()
                                + ", and pepita knows updates of dense layers and convolutions only. Remove it.");
            } else if (node.op().normalizesOverBatch()) {
                findings.misfit(node, "mixes the images of a batch, which differ in the second pass. Remove it.");
            }
        }
        Node output = setup.graph().output();
        if (!output.op().isDense()) {
            findings.misfit(output, "gives the scores, and is no dense layer. End the network in one.");
        }
        if (settings.projectionScale() == 0) {
            findings.warning("learner.projectionScale is 0: hidden layers stay as they are.");
        }
    }

    /** Without a modulation both passes are the same: nothing changes in a hidden layer, and the output layer learns from its own error. */
    @Override
    public List<Promise> promises(PepitaSettings settings, Graph graph, Precision precision) {
        if (settings.projectionScale() > 0) {
            return List.of();
        }
        String output = graph.output().name() + "/";
        return List.of(
                Promises.outputLayerExact(Promises.rounding(precision)),
                Promises.perLayer(
                        "hidden layers do not learn",
                        layer -> layer.update() != null && !layer.key().startsWith(output),
                        layer -> Vectors.norm(layer.update()),
                        0,
                        true));
    }
}
