package org.bpfree.learn.local;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpfree.graph.InitialValues;
import org.bpfree.graph.Initializer;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Node;
import org.bpfree.graph.ParameterSpec;
import org.bpfree.graph.op.DenseOp;
import org.bpfree.learn.LabelledImages;
import org.bpfree.learn.LearnerContext;
import org.bpfree.learn.Trained;
import org.bpfree.optimizer.OptimizerSettings;
import org.bpfree.random.RandomStream;
import org.bpfree.tensor.Elementwise;
import org.bpfree.tensor.RectangleMean;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;

/**
 * A linear classifier on the output {@code h} of a block, {@code G = h V' + v}, taught by the loss of the experiment: {@code e} its derivative by
 * {@code G}, {@code dV = e' h}, {@code dv = sum e}, error of the block {@code e V}. Maps with many numbers are averaged over rectangles first.
 */
final class ClassifierHead implements Head {
    private final Node end;
    private final LearnerContext context;
    private final double weight;
    private final Optional<RectangleMean> means;
    private final Shape read; // of an image
    private final DenseOp op;
    private final List<Trained> trained = new ArrayList<>();
    private double lossSum;

    /**
     * What a classifier is like.
     *
     * @param weight of its loss
     * @param inputs numbers that it reads of an image at most
     * @param bias whether it has one, which starts at zero
     * @param initializer law of its weights
     * @param optimizer of its tensors, empty for the experiment's
     */
    record Form(
            double weight, int inputs, boolean bias, Initializer initializer, Optional<OptimizerSettings> optimizer) {}

    /** A classifier on the output of a node. */
    ClassifierHead(Node end, Form form, LearnerContext context) {
        this.end = end;
        this.context = context;
        weight = form.weight();
        means = means(end.shape(), form.inputs());
        Shape reduced = means.map(mean -> mean.of(end.shape())).orElse(end.shape());
        read = Shape.of(Math.toIntExact(reduced.size()));
        op = new DenseOp(context.graph().classes(), form.bias(), form.initializer());
        for (ParameterSpec spec : op.parameters(List.of(read))) {
            String name = "head/" + end.name() + "/" + spec.name();
            Tensor value = Tensor.of(
                    context.arena().precision(),
                    spec.shape(),
                    InitialValues.draw(spec, RandomStream.of(context.seed(), name)));
            Tensor update = Tensor.zeros(value.precision(), value.shape());
            trained.add(new Trained(name, value, update, Trained.Kind.HEAD, form.optimizer(), 1));
        }
    }

    /** The smallest rectangles, of powers of two, higher before they are wider, over which means leave no more numbers than are read. */
    static Optional<RectangleMean> means(Shape output, int inputs) {
        if (output.rank() != 3) {
            return Optional.empty();
        }
        RectangleMean means = new RectangleMean(1, 1);
        while (means.of(output).size() > inputs
                && (means.height() < output.extent(0) || means.width() < output.extent(1))) {
            means = means.height() == means.width()
                    ? new RectangleMean(2 * means.height(), means.width())
                    : new RectangleMean(means.height(), 2 * means.width());
        }
        return means.height() == 1 ? Optional.empty() : Optional.of(means);
    }

    @Override
    public List<Trained> trained() {
        return trained;
    }

    @Override
    public double lossSum() {
        return lossSum;
    }

    private Tensor scratch(String name, int batch, Shape shape) {
        return context.arena().batch("head/" + end.name() + "/" + name, batch, shape);
    }

    private Tensor rows(Tensor output) {
        int batch = output.shape().extent(0);
        return means.map(mean -> scratch("means", batch, mean.of(end.shape())))
                .orElse(output)
                .reshape(read.batched(batch));
    }

    private Kernel kernel(Tensor output, Tensor scores) {
        List<Tensor> values = trained.stream().map(Trained::value).toList();
        return op.bind(new Kernel.Binding(
                "head/" + end.name(),
                List.of(rows(output)),
                values,
                scores,
                context.arena(),
                Kernel.Mode.TRAIN,
                context.noise()));
    }

    /** The means that the classifier reads; nothing to do where it reads the output itself. */
    private Routine reduce(Tensor output) {
        int batch = output.shape().extent(0);
        return means.map(mean -> mean.forward(output, scratch("means", batch, mean.of(end.shape()))))
                .orElse(Routine.NOTHING);
    }

    /** Binds the scores {@code [batch, classes]} of an output. */
    Routine score(Tensor output, Tensor scores) {
        return reduce(output).then(kernel(output, scores)::forward);
    }

    @Override
    public Routine teach(Tensor output, LabelledImages batch, Tensor error) {
        int images = batch.size();
        Shape classes = Shape.of(context.graph().classes());
        Tensor scores = scratch("scores", images, classes);
        Tensor e = scratch("error", images, classes);
        Kernel kernel = kernel(output, scores);
        Tensor below = means.map(mean -> scratch("meansError", images, mean.of(end.shape())))
                .orElse(error);
        Routine back = kernel.backward(new Kernel.Wiring(
                trained.stream().map(Trained::value).toList(),
                e,
                new Tensor[] {below.reshape(read.batched(images))},
                trained.stream().map(Trained::update).toArray(Tensor[]::new)));
        Routine spread = means.map(mean -> mean.backward(below, error)).orElse(Routine.NOTHING);
        Routine weigh = weight == 1 ? Routine.NOTHING : Elementwise.scale(e, weight, e);
        Routine loss = () -> lossSum =
                weight * context.loss().evaluate(scores, batch.labels(), e).lossSum();
        return reduce(output)
                .then(kernel::forward)
                .then(loss)
                .then(weigh)
                .then(back)
                .then(spread);
    }
}
