package org.bpfree.learn.forwardforward;

import java.util.function.Function;
import org.bpfree.graph.Kernel;
import org.bpfree.graph.Parameter;
import org.bpfree.graph.Pass;
import org.bpfree.learn.LearnerContext;
import org.bpfree.tensor.ColumnSum;
import org.bpfree.tensor.Elementwise;
import org.bpfree.tensor.Routine;
import org.bpfree.tensor.SampleRows;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;

/**
 * How one hidden layer learns from positive and negative samples. With the activity {@code s} of the rectifier, the goodness {@code g} of a sample, the
 * threshold {@code theta} and {@code p = sigmoid((g - theta) / temperature)}, the error of {@code s} is
 *
 * <pre>
 *   positive sample:  -(1 - p) c s + peer c (m - mean m)        negative sample:  p c s
 * </pre>
 *
 * <p>with {@code c = 1} for the sum of squares, whose threshold is their number, and {@code c = 2 / units} for their mean, whose threshold is 2. The
 * rectifier needs no derivative, since {@code s} is zero where it is; the part of peer normalization passes it everywhere, which revives units that
 * are always silent. {@code m} follows the mean activity of each unit for positive samples, {@code m <- 0.9 m + 0.1 mean s}.
 */
final class Contrast {
    private static final double KEPT = 0.9;
    private static final double MEAN_THRESHOLD = 2;

    private final ForwardForwardSettings settings;
    private final Stage stage;
    private final LearnerContext context;
    private final Tensor means; // m; null without peer normalization
    private final int units;
    private final double threshold;
    private final double factor;
    private double apart;

    /**
     * The rule of a layer.
     *
     * @param means state of peer normalization, as the activity of a sample; null without it
     */
    Contrast(ForwardForwardSettings settings, Stage stage, LearnerContext context, Tensor means) {
        this.settings = settings;
        this.stage = stage;
        this.context = context;
        this.means = means;
        units = Math.toIntExact(stage.activity().shape().size());
        boolean sum = settings.goodness() == ForwardForwardSettings.Goodness.SUM;
        threshold = sum ? units : MEAN_THRESHOLD;
        factor = sum ? 1 : 2.0 / units;
    }

    /** The hidden layer. */
    Stage stage() {
        return stage;
    }

    /** Binds {@code goodness = g} of every sample of a pass, {@code [samples]}. */
    Routine goodness(Pass pass, Tensor goodness) {
        Routine squares = SampleRows.squares(pass.activation(stage.activity()), goodness);
        return settings.goodness() == ForwardForwardSettings.Goodness.SUM
                ? squares
                : squares.then(Elementwise.scale(goodness, 1.0 / units, goodness));
    }

    /** Mean difference of goodness between positive and negative samples of the last batch. */
    double apart() {
        return apart;
    }

    /**
     * Binds the updates of the layer from a pass that has run.
     *
     * @param pass over the positive samples of a batch and as many negative ones behind them
     * @param update where the updates of the parameters go
     */
    Routine learn(Pass pass, Function<Parameter, Tensor> update) {
        int samples = pass.batch();
        String name = "goodness/" + stage.activity().name() + "/";
        Tensor goodness =
                context.arena().batch(name + "goodness", samples, Shape.of(1)).reshape(Shape.of(samples));
        Tensor error =
                context.arena().batch(name + "error", samples, stage.activity().shape());
        Routine learn = goodness(pass, goodness)
                .then(() -> slopes(goodness))
                .then(SampleRows.scale(pass.activation(stage.activity()), goodness, error));
        if (means != null) {
            learn = learn.then(
                    pull(pass.activation(stage.activity()).first(samples / 2), error.first(samples / 2), name));
        }
        return learn.then(pass.kernel(stage.weights())
                .backward(new Kernel.Wiring(
                        stage.weights().parameters().stream()
                                .map(context.parameters()::get)
                                .toList(),
                        error,
                        new Tensor[1],
                        stage.weights().parameters().stream().map(update).toArray(Tensor[]::new))));
    }

    /** Turns the goodness of each sample into what its activity is multiplied by for its error. */
    private void slopes(Tensor goodness) {
        int positives = goodness.size() / 2;
        double sum = 0;
        for (int n = 0; n < goodness.size(); n++) {
            double g = goodness.at(n);
            double p = 1 / (1 + Math.exp((threshold - g) / settings.temperature()));
            sum += n < positives ? g : -g;
            goodness.set(n, factor * (n < positives ? p - 1 : p));
        }
        apart = sum / positives;
    }

    /** Moves the means by the positive samples and adds the part of peer normalization to their errors. */
    private Routine pull(Tensor positive, Tensor error, String name) {
        int samples = positive.shape().extent(0);
        Shape rows = Shape.of(samples, units);
        Tensor present = context.arena().fixed(name + "present", Shape.of(units));
        double[] m = new double[units];
        Tensor pulls = context.arena().fixed(name + "pulls", Shape.of(units));
        Tensor row = means.reshape(Shape.of(units));
        Routine pull = () -> {
            row.read(0, m, 0, units);
            double mean = 0;
            for (double each : m) {
                mean += each / units;
            }
            for (int i = 0; i < units; i++) {
                m[i] = factor * settings.peer() * (m[i] - mean);
            }
            pulls.write(0, m, 0, units);
        };
        return ColumnSum.of(positive.reshape(rows), present)
                .then(Elementwise.blend(row, KEPT, present, (1 - KEPT) / samples, row))
                .then(pull)
                .then(ColumnSum.addBias(error.reshape(rows), pulls, error.reshape(rows)));
    }
}
