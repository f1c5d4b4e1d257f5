package org.bpfree.learn.feedback;

import java.util.List;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Node;
import org.bpfree.graph.Parameter;
import org.bpfree.learn.Promise;
import org.bpfree.learn.Promise.Finding;
import org.bpfree.learn.Promises;
import org.bpfree.learn.StepView;
import org.bpfree.learn.Vectors;
import org.bpfree.tensor.Precision;

/** Announces direct Kolen-Pollack learning. */
public final class DkpProvider extends FeedbackProvider<DkpSettings> {
    /** For {@link java.util.ServiceLoader}. */
    public DkpProvider() {
        super(
                DkpSettings.class,
                "As dfa, with projections that learn what correlates with the error, as weights do.",
                "Webster, Choi, Ahn: Learning the Connections in Direct Feedback Alignment, 2021",
                DirectLearner::learned);
    }

    /** The projection to what the output layer reads gets the update of that layer's weights, unless the error is changed on the way to them. */
    @Override
    public List<Promise> promises(DkpSettings settings, Graph graph, Precision precision) {
        Node output = graph.output();
        boolean same = settings.clipErrors() == 0
                && output == graph.lastWeighted()
                && output.op().isDense()
                && output.shape().rank() == 1
                && graph.crossedNodes().contains(output);
        return same ? List.of(new OutputProjection(output, Promises.rounding(precision))) : List.of();
    }

    private record OutputProjection(Node output, double rounding) implements Promise {
        @Override
        public String name() {
            return "the projection to the output layer's input learns as its weights do";
        }

        @Override
        public List<Finding> measure(StepView step) {
            String projection = DirectLearner.projectionName(output);
            String weights = output.parameters().stream()
                    .filter(Parameter::carriesErrors)
                    .findFirst()
                    .orElseThrow()
                    .key();
            double[] ofWeights = step.layers().stream()
                    .filter(layer -> layer.key().equals(weights))
                    .findFirst()
                    .orElseThrow()
                    .update();
            return step.own().stream()
                    .filter(own -> own.name().equals(projection))
                    .map(own -> new Finding(
                            projection, Vectors.relativeDifference(own.update(), ofWeights), rounding, true))
                    .toList();
        }
    }
}
