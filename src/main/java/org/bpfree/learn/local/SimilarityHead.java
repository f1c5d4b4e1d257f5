package org.bpfree.learn.local;

import java.util.List;
import java.util.Optional;
import org.bpfree.graph.InitialValues;
import org.bpfree.graph.Initializer;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Node;
import org.bpfree.graph.Op;
import org.bpfree.graph.ParameterSpec;
import org.bpfree.graph.op.ConvOp;
import org.bpfree.graph.op.DenseOp;
import org.bpfree.learn.LabelledImages;
import org.bpfree.learn.LearnerContext;
import org.bpfree.learn.Trained;
import org.bpfree.optimizer.OptimizerSettings;
import org.bpfree.random.RandomStream;
import org.bpfree.tensor.ChannelDeviation;
import org.bpfree.tensor.MatrixProduct;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;
import org.bpfree.tensor.UnitRows;
import org.bpfree.tensor.Window;

/**
 * The similarity loss of a block's output {@code h}: the images of a batch shall be as similar to each other as their labels are,
 *
 * <pre>
 *   loss = (1 / B) sum over pairs of (R(T h) - R(onehot))^2,   R(z) = clamp(u u', -1, 1)
 * </pre>
 *
 * with {@code u} the rows of {@code z}, centred and of length 1, and {@code T} a dense layer of the block's width or a 3x3 convolution of its
 * channels. Maps of more than three channels are reduced to the standard deviation of each channel first. Nøkland and Eidnes (arXiv
 * 1901.06656) take the mean over all pairs, of which this is {@code B} times as much: a sum over images, as other losses are.
 */
final class SimilarityHead implements Head {
    private static final double TINY = 1e-8;
    private static final int FEW_CHANNELS = 3;
    private static final int KERNEL = 3;

    private final Node end;
    private final LearnerContext context;
    private final double weight;
    private final Op op;
    private final Trained weights;
    private final boolean deviates;
    private double lossSum;

    /** A head on the output of a node. */
    SimilarityHead(Node end, double weight, Optional<OptimizerSettings> optimizer, LearnerContext context) {
        this.end = end;
        this.context = context;
        this.weight = weight;
        Shape shape = end.shape();
        boolean map = shape.rank() == 3;
        op = map
                ? new ConvOp(shape.extent(2), new Window(KERNEL, 1, true), false, Initializer.FAN_IN_UNIFORM)
                : new DenseOp(shape.extent(-1), false, Initializer.FAN_IN_UNIFORM);
        deviates = map && shape.extent(2) > FEW_CHANNELS && shape.extent(0) > 1;
        ParameterSpec spec = op.parameters(List.of(shape)).get(0);
        String name = "head/" + end.name() + "/similarity";
        Tensor value = Tensor.of(
                context.arena().precision(),
                spec.shape(),
                InitialValues.draw(spec, RandomStream.of(context.seed(), name)));
        weights = new Trained(
                name, value, Tensor.zeros(value.precision(), value.shape()), Trained.Kind.HEAD, optimizer, 1);
    }

    @Override
    public List<Trained> trained() {
        return List.of(weights);
    }

    @Override
    public double lossSum() {
        return lossSum;
    }

    private Tensor scratch(String name, int batch, Shape shape) {
        return context.arena().batch("similarity/" + end.name() + "/" + name, batch, shape);
    }

    @Override
    public Routine teach(Tensor output, LabelledImages batch, Tensor error) {
        int images = batch.size();
        Tensor z = scratch("z", images, end.shape());
        Tensor zError = scratch("zError", images, end.shape());
        Kernel kernel = op.bind(new Kernel.Binding(
                "similarity/" + end.name(),
                List.of(output),
                List.of(weights.value()),
                z,
                context.arena(),
                Kernel.Mode.TRAIN,
                context.noise()));
        Routine back = kernel.backward(new Kernel.Wiring(
                List.of(weights.value()), zError, new Tensor[] {error}, new Tensor[] {weights.update()}));
        Routine forward = kernel::forward;
        if (!deviates) {
            Shape rows = Shape.of(images, Math.toIntExact(end.shape().size()));
            return forward.then(compare(z.reshape(rows), batch, zError.reshape(rows)))
                    .then(back);
        }
        Shape channels = Shape.of(end.shape().extent(2));
        Tensor deviations = scratch("deviations", images, channels);
        Tensor deviationsError = scratch("deviationsError", images, channels);
        return forward.then(ChannelDeviation.forward(z, deviations))
                .then(compare(deviations, batch, deviationsError))
                .then(ChannelDeviation.backward(z, deviations, deviationsError, zError))
                .then(back);
    }

    /** The loss of rows {@code [batch, features]} and their error. */
    private Routine compare(Tensor rows, LabelledImages batch, Tensor rowsError) {
        int images = batch.size();
        Shape row = rows.shape().inner();
        Tensor units = scratch("units", images, row);
        Tensor unitsError = scratch("unitsError", images, row);
        Tensor lengths = scratch("lengths", images, Shape.of(1));
        // A view of pairs in memory of a fixed size would depend on the batch, so each size has its own.
        Tensor pairs =
                context.arena().fixed("similarity/" + end.name() + "/pairs of " + images, Shape.of(images, images));
        return UnitRows.forward(rows, units, lengths)
                .then(MatrixProduct.withSecondTransposed(units, units, pairs))
                .then(slope(pairs, batch.labels()))
                .then(MatrixProduct.of(pairs, units, unitsError))
                .then(UnitRows.backward(units, lengths, unitsError, rowsError));
    }

    /** Turns similarities into the derivative of the loss by them, both orders of a pair together. */
    private Routine slope(Tensor pairs, int[] labels) {
        int images = pairs.shape().extent(0);
        double classes = context.graph().classes();
        double length = TINY + Math.sqrt((classes - 1) / classes);
        double same = Math.min(1, (classes - 1) / classes / (length * length));
        double different = Math.max(-1, -1 / classes / (length * length));
        double[] row = new double[images];
        return () -> {
            double sum = 0;
            for (int i = 0; i < images; i++) {
                pairs.read(i * images, row, 0, images);
                for (int j = 0; j < images; j++) {
                    double similarity = Math.max(-1, Math.min(1, row[j]));
                    double difference = similarity - (labels[i] == labels[j] ? same : different);
                    sum += difference * difference;
                    row[j] = similarity == row[j] ? 4 * weight * difference / images : 0;
                }
                pairs.write(i * images, row, 0, images);
            }
            lossSum = weight * sum / images;
        };
    }
}
