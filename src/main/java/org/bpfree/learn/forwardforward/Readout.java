package org.bpfree.learn.forwardforward;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Node;
import org.bpfree.graph.Parameter;
import org.bpfree.graph.Pass;
import org.bpfree.learn.LearnerContext;
import org.bpfree.learn.Trained;
import org.bpfree.tensor.Elementwise;
import org.bpfree.tensor.MatrixProduct;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;

/**
 * The softmax head: class scores from what the layers above read of several hidden layers, {@code sum over l of z(l) H(l)'}. That of the last hidden
 * layer is the output layer of the network, with its bias; the others belong to the learner, have no bias and start at zero. Errors of the scores
 * reach {@code H} alone.
 */
final class Readout {
    private final LearnerContext context;
    private final Map<Stage, Trained> heads = new LinkedHashMap<>();

    /**
     * A head that knows nothing yet.
     *
     * @param stages the hidden layers that it reads beside the last
     */
    Readout(List<Stage> stages, ForwardForwardSettings settings, LearnerContext context) {
        this.context = context;
        int classes = context.graph().classes();
        for (Stage stage : stages) {
            Shape shape = Shape.of(classes, Math.toIntExact(stage.top().shape().size()));
            heads.put(
                    stage,
                    new Trained(
                            "head/" + stage.activity().name() + "/weights",
                            Tensor.zeros(context.arena().precision(), shape),
                            Tensor.zeros(context.arena().precision(), shape),
                            Trained.Kind.HEAD,
                            settings.headOptimizer(),
                            1));
        }
    }

    /** The tensors that belong to the learner. */
    List<Trained> trained() {
        return new ArrayList<>(heads.values());
    }

    /** The head on one pass. */
    final class Bound {
        private final Pass pass;
        private final Tensor scores;
        private final List<Routine> adding = new ArrayList<>();

        /** The head of a pass, with scratch in a scope. */
        Bound(Pass pass) {
            this.pass = pass;
            scores = scratch("head/scores");
            Tensor part = scratch("head/part");
            heads.forEach((stage, head) ->
                    adding.add(MatrixProduct.withSecondTransposed(rows(stage.top()), head.value(), part)
                            .then(Elementwise.add(scores, part, scores))));
        }

        private Tensor scratch(String name) {
            return context.arena()
                    .batch(name, pass.batch(), context.graph().output().shape());
        }

        private Tensor rows(Node node) {
            Tensor value = pass.value(node);
            return value.reshape(Shape.of(pass.batch(), value.size() / pass.batch()));
        }

        /** Computes the scores from a pass that has run. */
        void score() {
            scores.copyFrom(pass.output());
            for (int i = 0; i < adding.size(); i++) {
                adding.get(i).run();
            }
        }

        /** The scores, {@code [batch, classes]}. */
        Tensor scores() {
            return scores;
        }

        /**
         * Binds the updates from the error of the scores.
         *
         * @param update where the updates of the output layer's parameters go
         */
        Routine teach(Tensor error, Function<Parameter, Tensor> update) {
            Node output = context.graph().output();
            Routine all = pass.kernel(output)
                    .backward(new Kernel.Wiring(
                            output.parameters().stream()
                                    .map(context.parameters()::get)
                                    .toList(),
                            error,
                            new Tensor[1],
                            output.parameters().stream().map(update).toArray(Tensor[]::new)));
            for (Map.Entry<Stage, Trained> head : heads.entrySet()) {
                all = all.then(MatrixProduct.withFirstTransposed(
                        error, rows(head.getKey().top()), head.getValue().update()));
            }
            return all;
        }
    }
}
