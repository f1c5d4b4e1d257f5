package org.bpfree.learn.predictive;

import java.util.List;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Node;
import org.bpfree.graph.Parameter;
import org.bpfree.graph.Pass;
import org.bpfree.learn.ErrorSweep;
import org.bpfree.learn.Errors;
import org.bpfree.learn.GraphLearner;
import org.bpfree.learn.LabelledImages;
import org.bpfree.learn.LearnerContext;
import org.bpfree.tensor.Elementwise;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Tensor;

/**
 * Z-IL that visits each node once, in the round in which the prediction error reaches it: the nodes of level {@code t} in round {@code
 * t} (z-il.md, section 4b; Salvatori, Song, Xu, Lukasiewicz and Bogacz, <i>Reverse Differentiation via Predictive Coding</i>, arXiv
 * 2103.04689, 2021, algorithm 3 with {@code gamma = 1}). Before that round a node stands at its forward value and has no error; after it
 * nothing reads it again, so nothing else of the paper's rounds needs computing.
 *
 * <p>With {@code gamma = 1} the state moves by what its consumers pull, {@code e = mu - (mu - D) = D}. In {@code form: error} that is what
 * is kept, and an identity node on an edge that skips levels is a delay of what the edge carries: it waits in the memory of the producer's
 * error. Costs one forward and one backward of each node, as backpropagation does.
 */
final class ZilFrontLearner extends GraphLearner {
    private final ZilSettings settings;
    private final Graph graph;
    private final List<Node> order;

    /** A learner for all trainable parameters. */
    ZilFrontLearner(ZilSettings settings, LearnerContext context) {
        super(context);
        this.settings = settings;
        // A delay is free; identity nodes are needed only where each level does something to the error.
        boolean plain = settings.gamma() == 1 && settings.form() == ZilSettings.Form.ERROR;
        graph = plain ? context.quickGraph() : Levels.of(context.graph()).levelled();
        order = Levels.of(graph).fromOutput();
        train(context.graph().trainableParameters());
    }

    @Override
    protected Graph network() {
        return graph;
    }

    @Override
    protected Credit bind(Pass pass, LabelledImages batch, Errors errors) {
        return ErrorSweep.bind(
                pass,
                errors,
                new ErrorSweep.Rule() {
                    @Override
                    public Tensor update(Parameter parameter) {
                        return ZilFrontLearner.this.update(parameter);
                    }

                    @Override
                    public Tensor feedback(Parameter parameter) {
                        return context.parameters().get(parameter);
                    }

                    @Override
                    public Routine backward(Node node, Pass network, Kernel.Wiring wiring) {
                        Routine backward = network.kernel(node).backward(wiring);
                        return node == graph.output()
                                ? backward
                                : fromPull(node, network, wiring.error()).then(backward);
                    }
                },
                order)::run;
    }

    /** Turns what a node's consumers pull, {@code D}, into its error in place: {@code gamma D}, possibly by way of a state. */
    private Routine fromPull(Node node, Pass pass, Tensor pull) {
        Routine error = settings.gamma() == 1 ? Routine.NOTHING : Elementwise.scale(pull, settings.gamma(), pull);
        if (settings.form() == ZilSettings.Form.ERROR) {
            return error;
        }
        Tensor mu = pass.activation(node);
        Tensor x = context.arena().batch("state/" + node.name(), pass.batch(), node.shape());
        return error.then(Elementwise.subtract(mu, pull, x)).then(Elementwise.subtract(mu, x, pull));
    }
}
