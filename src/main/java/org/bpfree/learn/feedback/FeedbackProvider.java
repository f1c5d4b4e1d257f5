package org.bpfree.learn.feedback;

import java.util.function.BiFunction;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Initializer;
import org.bpfree.graph.Node;
import org.bpfree.graph.Parameter;
import org.bpfree.learn.Findings;
import org.bpfree.learn.Learner;
import org.bpfree.learn.LearnerContext;
import org.bpfree.learn.TypedProvider;
import org.bpfree.learn.backprop.BackpropProvider;
import org.bpfree.settings.TypeName;

/** Announces a learner of the family. */
abstract class FeedbackProvider<S extends FeedbackSettings> extends TypedProvider<S> {
    FeedbackProvider(Class<S> settings, String summary, String source, BiFunction<S, LearnerContext, Learner> factory) {
        super(settings, summary, source, factory);
    }

    @Override
    public final void check(S settings, Setup setup, Findings findings) {
        Graph graph = setup.graph();
        BackpropProvider.requireDerivatives(
                graph, settings().getAnnotation(TypeName.class).value(), findings);
        Initializer law = settings.initializer().orElse(null);
        if (law == Initializer.ZEROS) {
            findings.misfit("initializer", "zeros lets no error through. Use another law.");
        }
        for (Node node : graph.crossedNodes()) {
            checkNode(node, law, findings);
        }
    }

    private static void checkNode(Node node, Initializer law, Findings findings) {
        for (Parameter parameter : node.parameters()) {
            if (law == null && parameter.carriesErrors() && parameter.spec().initializer() == Initializer.ZEROS) {
                findings.misfit(
                        node,
                        "its weights start at zero, and so would the feedback, which takes their law. Set learner.initializer.");
            }
        }
        if (node.inputs().size() != 1) {
            findings.misfit(node, "has weights and " + node.inputs().size() + " inputs; this learner expects one.");
        }
    }
}
