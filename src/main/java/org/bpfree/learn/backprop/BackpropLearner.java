package org.bpfree.learn.backprop;

import java.util.List;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Parameter;
import org.bpfree.graph.Pass;
import org.bpfree.learn.ErrorSweep;
import org.bpfree.learn.Errors;
import org.bpfree.learn.GraphLearner;
import org.bpfree.learn.LabelledImages;
import org.bpfree.learn.LearnerContext;
import org.bpfree.tensor.Tensor;

/**
 * Backpropagation: errors travel back through the weights themselves, and every update is the exact gradient of the loss, summed over
 * the batch. One forward and one backward of each node a step.
 */
public final class BackpropLearner extends GraphLearner {
    /** A learner for all trainable parameters of the graph. */
    public BackpropLearner(LearnerContext context) {
        this(context, context.graph().trainableParameters());
    }

    /** A learner for some of the parameters; the others stay as they are, and no error travels further down than it is needed. */
    public BackpropLearner(LearnerContext context, List<Parameter> parameters) {
        super(context);
        train(parameters);
    }

    @Override
    protected Graph network() {
        return context.quickGraph();
    }

    @Override
    protected Credit bind(Pass pass, LabelledImages batch, Errors errors) {
        return ErrorSweep.bind(pass, errors, new ErrorSweep.Rule() {
            @Override
            public Tensor update(Parameter parameter) {
                return BackpropLearner.this.update(parameter);
            }

            @Override
            public Tensor feedback(Parameter parameter) {
                return context.parameters().get(parameter);
            }
        })::run;
    }
}
