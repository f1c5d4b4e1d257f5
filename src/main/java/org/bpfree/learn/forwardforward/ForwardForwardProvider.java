package org.bpfree.learn.forwardforward;

import java.util.List;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Node;
import org.bpfree.graph.Parameter;
import org.bpfree.learn.Findings;
import org.bpfree.learn.TypedProvider;
import org.bpfree.learn.forwardforward.ForwardForwardSettings.Label;
import org.bpfree.learn.forwardforward.ForwardForwardSettings.Prediction;
import org.bpfree.learn.forwardforward.ForwardForwardSettings.Source;
import org.bpfree.tensor.Shape;

/** Announces Forward-Forward. */
public final class ForwardForwardProvider extends TypedProvider<ForwardForwardSettings> {
    /** For {@link java.util.ServiceLoader}. */
    public ForwardForwardProvider() {
        super(
                ForwardForwardSettings.class,
                "Each layer is active for images that show their label and quiet for images that show a wrong one; nothing is sent down.",
                "Hinton: The Forward-Forward Algorithm: Some Preliminary Investigations, arXiv 2212.13345, 2022",
                ForwardForwardLearner::new);
    }

    @Override
    public boolean readsLabelsThroughLoss(ForwardForwardSettings settings) {
        return false; // images show them
    }

    @Override
    public void check(ForwardForwardSettings settings, Setup setup, Findings findings) {
        Graph graph = setup.graph();
        graph.nodes().stream().filter(node -> node != graph.input()).forEach(node -> check(node, graph, findings));
        if (!Stage.weighs(graph.output())) {
            findings.misfit(
                    graph.output(),
                    "forward-forward needs an output layer with weights, which reads the last hidden layer. Let the network end in a dense layer.");
        } else if (graph.nodes().stream().filter(Stage::weighs).count() < 2) {
            findings.misfit(
                    graph.output(),
                    "it is the only layer with weights, but forward-forward trains hidden layers by their activity. Add a layer and a rectifier below it.");
        }
        checkLabels(settings, graph, findings);
    }

    private static void check(Node node, Graph graph, Findings findings) {
        if (node.inputs().size() != 1 || graph.consumers(node).size() > 1) {
            findings.misfit(
                    node,
                    "forward-forward works on chains, in which each layer reads the one below it, since what a layer reads is normalized. Use a network without shortcuts.");
        } else if (Stage.weighs(node)) {
            checkWeights(node, graph, findings);
        } else if (node.op().pointwise().isPresent()) {
            if (!node.op().isRectifier() || !Stage.weighs(node.inputs().get(0))) {
                findings.misfit(
                        node,
                        "the goodness of a layer is the activity of a rectifier right behind its weights, but this is "
                                + node.op().kind() + " behind "
                                + node.inputs().get(0).name() + ". Set function: relu, one behind each hidden layer.");
            }
        } else if (node.op().normalizesOverBatch()) {
            findings.misfit(
                    node, "statistics of a batch would mix positive and negative samples. Leave the layer out.");
        } else if (node.op().silencesAtRandom()) {
            findings.misfit(node, "what is dropped at random would tell positive from negative samples. Remove it.");
        } else if (node.op().pool().isEmpty()
                && !node.op().isView()
                && !node.op().isFixedLinear()) {
            findings.misfit(
                    node,
                    "between hidden layers forward-forward takes pools and flatten, not "
                            + node.op().kind() + ". Leave the layer out.");
        }
    }

    private static void checkWeights(Node node, Graph graph, Findings findings) {
        List<Node> readers = graph.consumers(node);
        if (node != graph.output() && !readers.isEmpty() && !readers.get(0).op().isRectifier()) {
            findings.misfit(
                    node,
                    "the goodness of a hidden layer is the activity of a rectifier right behind its weights. Put {type: activation, function: relu} behind it.");
        }
        for (Parameter parameter : node.parameters()) {
            if (graph.nodes().stream()
                            .filter(other -> other.parameters().contains(parameter))
                            .count()
                    > 1) {
                findings.misfit(
                        node,
                        "it shares " + parameter.key()
                                + " with another layer, but each layer learns by itself. Leave share out.");
            }
        }
    }

    private static void checkLabels(ForwardForwardSettings settings, Graph graph, Findings findings) {
        if (settings.negatives() == Source.HYBRID) {
            if (settings.prediction() == Prediction.GOODNESS) {
                findings.misfit(
                        "prediction",
                        "goodness compares images that show labels, but with negatives: hybrid none does. Set softmax.");
            }
            return;
        }
        Shape image = graph.imageShape();
        int classes = graph.classes();
        if (settings.label() == Label.PIXELS) {
            if (image.size() <= classes) {
                findings.misfit(
                        "label",
                        "pixels takes the first " + classes + " numbers of an image, one a class, but an image has "
                                + image.size() + ". Use larger images.");
            }
            if (graph.nodes().stream().anyMatch(node -> node.op().convolution().isPresent())) {
                findings.warning("learner.label is pixels, which a convolution sees in one corner of the image only."
                        + " Set learner.label: wave for convolutions.");
            }
        }
        if (settings.label() == Label.WAVE && WaveLabels.distinct(image) < classes) {
            findings.misfit(
                    "label",
                    "images of " + image + " have " + WaveLabels.distinct(image)
                            + " waves that can be told apart, but there are " + classes
                            + " classes. Use larger images, or pixels.");
        }
    }
}
