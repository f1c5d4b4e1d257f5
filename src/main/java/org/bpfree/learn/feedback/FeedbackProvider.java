package org.bpfree.learn.feedback;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Initializer;
import org.bpfree.graph.Node;
import org.bpfree.graph.Parameter;
import org.bpfree.learn.Learner;
import org.bpfree.learn.LearnerContext;
import org.bpfree.learn.LearnerSettings;
import org.bpfree.learn.Promise;
import org.bpfree.learn.Promises;
import org.bpfree.learn.TypedProvider;
import org.bpfree.learn.backprop.BackpropProvider;
import org.bpfree.settings.TypeName;
import org.bpfree.tensor.Precision;

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

    @Override
    public final List<Promise> promises(LearnerSettings chosen, Graph graph, Precision precision) {
        S own = typed(chosen);
        List<Promise> promises = new ArrayList<>();
        if (own.clipErrors() == 0) {
            promises.add(Promises.outputLayerExact(Promises.rounding(precision)));
        }
        promises.addAll(furtherPromises(own, graph, precision));
        return promises;
    }

    /** What the theory promises besides the update of the output layer. */
    List<Promise> furtherPromises(S chosen, Graph graph, Precision precision) {
        return List.of();
    }

    /** What sign-concordant feedback promises: the share of signs, and with all signs an angle below 90 degrees. */
    static List<Promise> ofSigns(double concordance, Graph graph) {
        if (concordance == 1) {
            return List.of(Promises.signAgreement(1), Promises.angleBelow(90));
        }
        long fewest = graph.crossedWeights().stream()
                .mapToLong(parameter -> parameter.spec().shape().size())
                .min()
                .orElse(1);
        return List.of(Promises.signAgreement(concordance - 1.0 / fewest)); // the share is rounded to whole weights
    }

    /** What projections promise: they never change, and the error of a layer's input is nothing else. */
    static List<Promise> ofProjection(
            FeedbackSettings chosen, Graph graph, Precision precision, ProjectionPromise.Signal signal) {
        return chosen.clipErrors() == 0
                ? List.of(new ProjectionPromise(graph, signal, Promises.rounding(precision)))
                : List.of(); // clipping is done in the memory of the error
    }
}
