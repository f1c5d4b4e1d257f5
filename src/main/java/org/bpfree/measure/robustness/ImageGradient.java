package org.bpfree.measure.robustness;

import java.util.HashMap;
import java.util.Map;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Parameter;
import org.bpfree.graph.Pass;
import org.bpfree.learn.ErrorSweep;
import org.bpfree.learn.Errors;
import org.bpfree.learn.LabelledImages;
import org.bpfree.learn.LearnerContext;
import org.bpfree.tensor.Arena;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Tensor;

/**
 * The exact derivative of the loss by the images, of a network as it predicts (no dropout, remembered statistics). Whatever learner
 * trained the network, this is the chain rule through its weights.
 */
public final class ImageGradient {
    private final LearnerContext context;
    private final Arena arena;
    private final Map<LabelledImages, Bound> bound = new HashMap<>();

    /** Gradients of the network and loss a learner was given; scratch is its own. */
    public ImageGradient(LearnerContext context) {
        this.context = context;
        arena = new Arena(context.arena().precision());
    }

    private record Bound(Pass pass, Errors errors, Tensor imageError, Routine sweep) {}

    /**
     * The gradient for every image of a batch; overwritten by the next call for a batch of this size.
     *
     * @return {@code [batch, height, width, channels]}, each image's loss by its own numbers
     */
    public Tensor of(LabelledImages batch) {
        Bound step = bound.computeIfAbsent(batch, this::bind);
        step.pass.forward();
        context.loss().evaluate(step.pass.output(), batch.labels(), step.errors.output());
        step.sweep.run();
        return step.imageError;
    }

    /** The class scores of the network's forward pass, {@code [batch, classes]}. */
    public Tensor scores(LabelledImages batch) {
        Bound step = bound.computeIfAbsent(batch, this::bind);
        step.pass.forward();
        return step.pass.output();
    }

    private Bound bind(LabelledImages batch) {
        Pass pass = new Pass(
                context.graph(), context.parameters(), batch.images(), Kernel.Mode.PREDICT, arena, context.noise());
        Errors errors = new Errors(pass, arena);
        Routine sweep = ErrorSweep.bind(pass, errors, new ErrorSweep.Rule() {
            @Override
            public Tensor update(Parameter parameter) {
                return null;
            }

            @Override
            public Tensor feedback(Parameter parameter) {
                return context.parameters().get(parameter);
            }

            @Override
            public boolean reachesImages() {
                return true;
            }
        });
        Tensor imageError = errors.of(context.graph().input()).orElseThrow();
        return new Bound(pass, errors, imageError, sweep);
    }
}
