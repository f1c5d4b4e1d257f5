package org.bpfree.learn.local;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Node;
import org.bpfree.graph.Pass;
import org.bpfree.learn.LabelledImages;
import org.bpfree.learn.LearnerContext;
import org.bpfree.tensor.Elementwise;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Tensor;

/**
 * Mono-Forward (Gong, Li and Abdulla, arXiv 2501.09238): blocks taught by projections {@code M} of their pooled output {@code s} to the classes,
 * {@code G = s M'}, without bias. Predicts by the output, or by the sum of all {@code G} and the output.
 */
final class MonoForwardLearner extends BlockLearner {
    private final MonoForwardSettings settings;
    private final Map<String, ClassifierHead> projections;

    private MonoForwardLearner(
            MonoForwardSettings settings, LearnerContext context, Map<String, ClassifierHead> projections) {
        super(
                context,
                ends(context.graph()),
                end -> List.of(projections.computeIfAbsent(end.name(), absent -> projection(end, settings, context))));
        this.settings = settings;
        this.projections = projections;
    }

    static MonoForwardLearner of(MonoForwardSettings settings, LearnerContext context) {
        return new MonoForwardLearner(settings, context, new TreeMap<>());
    }

    /** Where blocks end: behind the pools. */
    static List<Node> ends(Graph graph) {
        return Blocks.ends(graph, Granularity.BLOCK).stream()
                .map(activation -> Blocks.pooled(graph, activation))
                .toList();
    }

    private static ClassifierHead projection(Node end, MonoForwardSettings settings, LearnerContext context) {
        ClassifierHead.Form form =
                new ClassifierHead.Form(1, Integer.MAX_VALUE, false, settings.initializer(), settings.headOptimizer());
        return new ClassifierHead(end, form, context);
    }

    @Override
    protected Graph predictionNetwork() {
        return settings.prediction() == MonoForwardSettings.Prediction.LAST
                ? super.predictionNetwork()
                : context.graph(); // which has the nodes that projections read
    }

    @Override
    protected Prediction bindPrediction(LabelledImages batch) {
        if (settings.prediction() == MonoForwardSettings.Prediction.LAST) {
            return super.bindPrediction(batch);
        }
        Pass pass = pass(predictionNetwork(), batch.images(), Kernel.Mode.PREDICT, context.arena());
        Tensor sum = context.arena()
                .batch("prediction", batch.size(), context.graph().output().shape());
        Tensor scores = context.arena()
                .batch("prediction/part", batch.size(), context.graph().output().shape());
        List<Routine> parts = new ArrayList<>();
        parts.add(Elementwise.copy(pass.output(), sum));
        for (Node end : ends()) {
            parts.add(
                    projections.get(end.name()).score(pass.value(end), scores).then(Elementwise.add(sum, scores, sum)));
        }
        return () -> {
            pass.forward();
            parts.forEach(Routine::run);
            return sum;
        };
    }
}
