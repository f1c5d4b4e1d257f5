package org.bpfree.learn.feedback;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Parameter;
import org.bpfree.learn.LabelledImages;
import org.bpfree.learn.LearnerContext;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Tensor;

/**
 * Learners whose errors go down layer by layer, through a stand-in {@code B(l)} for the weights {@code W(l)}: {@code delta(l) =
 * B(l+1)^T delta(l+1) * phi'(z(l))}, and for convolutions the transposed convolution with {@code B(l+1)}. A stand-in has the layout
 * of the weights. Weights that no error crosses, those of the first layers, have none.
 */
abstract class StandInLearner extends FeedbackLearner {
    private final Map<Parameter, Tensor> standIns = new LinkedHashMap<>();
    private Routine refresh = Routine.NOTHING;

    StandInLearner(FeedbackSettings settings, LearnerContext context) {
        super(settings, context);
    }

    @Override
    protected final Graph network() {
        return context.quickGraph();
    }

    /** Lets a tensor stand in for weights. */
    final void standIn(Parameter parameter, Tensor feedback) {
        standIns.put(parameter, feedback);
    }

    /** Adds a routine that brings a stand-in up to date with the weights of the forward pass. */
    final void refreshBy(Routine routine) {
        refresh = refresh.then(routine);
    }

    @Override
    public final Map<String, Tensor> feedback() {
        Map<String, Tensor> byKey = new LinkedHashMap<>();
        standIns.forEach((parameter, feedback) -> byKey.put(parameter.key(), feedback));
        return byKey;
    }

    @Override
    final Tensor standIn(Parameter parameter) {
        Tensor feedback = standIns.get(parameter);
        return feedback != null ? feedback : super.standIn(parameter);
    }

    @Override
    final Routine beforeSweep(LabelledImages batch, Tensor outputError) {
        return refresh;
    }
}
