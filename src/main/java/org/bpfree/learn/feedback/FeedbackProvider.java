package org.bpfree.learn.feedback;

import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Initializer;
import org.bpfree.graph.Node;
import org.bpfree.graph.Parameter;
import org.bpfree.learn.Learner;
import org.bpfree.learn.LearnerContext;
import org.bpfree.learn.LearnerSettings;
import org.bpfree.learn.TypedProvider;
import org.bpfree.learn.backprop.BackpropProvider;
import org.bpfree.settings.TypeName;

/** Announces a learner of the family. */
abstract class FeedbackProvider<S extends FeedbackSettings> extends TypedProvider<S> {
    FeedbackProvider(Class<S> settings, String summary, String source, BiFunction<S, LearnerContext, Learner> factory) {
        super(settings, summary, source, factory);
    }

    @Override
    public final void check(LearnerSettings chosen, Graph graph, Consumer<Misfit> problems) {
        BackpropProvider.requireDerivatives(
                graph, settings().getAnnotation(TypeName.class).value(), problems);
        Initializer law = ((FeedbackSettings) chosen).initializer().orElse(null);
        if (law == Initializer.ZEROS) {
            problems.accept(new Misfit("", "initializer", "zeros lets no error through. Use another law."));
        }
        for (Node node : graph.crossedNodes()) {
            checkNode(node, law, problems);
        }
    }

    private static void checkNode(Node node, Initializer law, Consumer<Misfit> problems) {
        for (Parameter parameter : node.parameters()) {
            if (law == null && parameter.carriesErrors() && parameter.spec().initializer() == Initializer.ZEROS) {
                problems.accept(
                        new Misfit(
                                node.name(),
                                "",
                                "its weights start at zero, and so would the feedback, which takes their law. Set learner.initializer."));
            }
        }
        if (node.inputs().size() != 1) {
            problems.accept(new Misfit(
                    node.name(), "", "has weights and " + node.inputs().size() + " inputs; this learner expects one."));
        }
    }
}
