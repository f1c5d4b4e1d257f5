package org.bpfree.learn.shallow;

import java.util.List;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Parameter;
import org.bpfree.learn.Learner;
import org.bpfree.learn.LearnerContext;
import org.bpfree.learn.LearnerProvider;
import org.bpfree.learn.backprop.BackpropLearner;

/** Announces the control. */
public final class ShallowProvider implements LearnerProvider<ShallowSettings> {
    @Override
    public Class<ShallowSettings> settings() {
        return ShallowSettings.class;
    }

    @Override
    public String summary() {
        return "Control: lower layers stay as they were drawn.";
    }

    @Override
    public String source() {
        return "A control experiment, not a published method";
    }

    @Override
    public Learner create(ShallowSettings settings, LearnerContext context) {
        return new BackpropLearner(context, learning(settings.frozen(), context.graph()));
    }

    private static List<Parameter> learning(ShallowSettings.Frozen frozen, Graph graph) {
        return graph.nodes().stream()
                .filter(node -> frozen == ShallowSettings.Frozen.HIDDEN
                        ? node == graph.lastWeighted()
                        : node.shape().rank() == 1)
                .flatMap(node -> node.parameters().stream())
                .filter(Parameter::trainable)
                .distinct()
                .toList();
    }
}
