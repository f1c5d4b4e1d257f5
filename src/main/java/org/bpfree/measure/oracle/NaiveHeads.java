package org.bpfree.measure.oracle;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bpfree.graph.Initializer;
import org.bpfree.graph.Node;
import org.bpfree.graph.Op;
import org.bpfree.graph.op.ConvOp;
import org.bpfree.graph.op.DenseOp;
import org.bpfree.measure.oracle.NaiveOp.Flow;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Window;

/** The losses of a block's own on the output of a node, from the published tensors of its heads. */
final class NaiveHeads {
    private static final double TINY = 1e-8;

    private final LearnerFormula.Setting setting;
    private final PublishedStep step;
    private final NaivePass pass;
    private final Node end;
    private final int classes;

    NaiveHeads(LearnerFormula.Setting setting, PublishedStep step, NaivePass pass, Node end) {
        this.setting = setting;
        this.step = step;
        this.pass = pass;
        this.end = end;
        classes = setting.graph().classes();
    }

    private double[] own(String name) {
        return step.own().get("head/" + end.name() + "/" + name);
    }

    /** {@code h V' + v}. */
    double[] scores(double[] h) {
        double[] weights = own("weights");
        double[] bias = own("bias");
        int size = weights.length / classes;
        double[] scores = new double[step.batch() * classes];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = bias == null ? 0 : bias[i % classes];
            for (int j = 0; j < size; j++) {
                scores[i] += h[i / classes * size + j] * weights[i % classes * size + j];
            }
        }
        pass.arithmetic.round(scores);
        return scores;
    }

    /**
     * A classifier's updates.
     *
     * @param weight of its loss
     * @param inputs numbers that it reads of an image at most
     * @param error added to: what the classifier sends to each number of the output
     */
    Map<String, double[]> classify(double weight, int inputs, double[] error) {
        int[] place = places(inputs);
        double[] weights = own("weights");
        int size = weights.length / classes;
        int perImage = Math.toIntExact(end.shape().size());
        double[] members = new double[size];
        for (int k = 0; k < perImage; k++) {
            members[place[k]]++;
        }
        double[] output = pass.output(end);
        double[] h = new double[step.batch() * size];
        for (int k = 0; k < output.length; k++) {
            h[k / perImage * size + place[k % perImage]] += output[k] / members[place[k % perImage]];
        }
        double[] e = NaiveLoss.derivative(setting.loss(), scores(h), step.labels());
        double[] update = new double[weights.length];
        double[] ofBias = new double[classes];
        double[] below = new double[h.length];
        for (int i = 0; i < e.length; i++) {
            ofBias[i % classes] += weight * e[i];
            for (int j = 0; j < size; j++) {
                update[i % classes * size + j] += weight * e[i] * h[i / classes * size + j];
                below[i / classes * size + j] += weight * e[i] * weights[i % classes * size + j];
            }
        }
        for (int k = 0; k < output.length; k++) {
            int to = place[k % perImage];
            error[k] += below[k / perImage * size + to] / members[to];
        }
        Map<String, double[]> updates = new HashMap<>(Map.of("head/" + end.name() + "/weights", update));
        if (own("bias") != null) {
            updates.put("head/" + end.name() + "/bias", ofBias);
        }
        return updates;
    }

    /** Which of the numbers that a classifier reads each number of an image is part of. */
    private int[] places(int inputs) {
        Shape shape = end.shape();
        int[] places = new int[Math.toIntExact(shape.size())];
        int high = 1;
        int wide = 1;
        boolean higher = true;
        while (shape.rank() == 3
                && ceil(shape.extent(0), high) * ceil(shape.extent(1), wide) * shape.extent(2) > inputs
                && (high < shape.extent(0) || wide < shape.extent(1))) {
            high *= higher ? 2 : 1;
            wide *= higher ? 1 : 2;
            higher = !higher;
        }
        for (int k = 0; k < places.length; k++) {
            places[k] = k;
            if (shape.rank() == 3) {
                int channels = shape.extent(2);
                int row = k / channels / shape.extent(1) / high;
                int column = k / channels % shape.extent(1) / wide;
                places[k] = (row * ceil(shape.extent(1), wide) + column) * channels + k % channels;
            }
        }
        return places;
    }

    private static int ceil(int extent, int part) {
        return (extent + part - 1) / part;
    }

    /**
     * The similarity loss's update.
     *
     * @param weight of the loss
     * @param error added to, as of {@link #classify}
     */
    Map<String, double[]> compare(double weight, double[] error) {
        double[] weights = own("similarity");
        NodeRun run = transform(weights);
        NaiveOp op = NaiveOp.of(run.node.op()).orElseThrow();
        op.forward(run);
        pass.arithmetic.round(run.output);
        double[] zError = similarityError(run.output, weight);
        pass.arithmetic.round(zError);
        double[] update = new double[weights.length];
        op.backward(run, new Flow(new double[][] {weights}, zError, new double[][] {error}, new double[][] {update}));
        return Map.of("head/" + end.name() + "/similarity", update);
    }

    private NodeRun transform(double[] weights) {
        Shape shape = end.shape();
        Op op = shape.rank() == 3
                ? new ConvOp(shape.extent(2), new Window(3, 1, true), false, Initializer.ZEROS)
                : new DenseOp(shape.extent(-1), false, Initializer.ZEROS);
        return new NodeRun(
                new Node(0, "similarity", op, List.of(end), shape, List.of()),
                step.batch(),
                new double[][] {pass.output(end)},
                new double[][] {weights},
                step,
                pass.arithmetic,
                null,
                NaivePass.Kind.UNPUBLISHED);
    }

    /** The derivative of {@code (weight / B) sum (R(z) - R(onehot))^2} by {@code z}. */
    private double[] similarityError(double[] z, double weight) {
        Shape shape = end.shape();
        boolean deviates = shape.rank() == 3 && shape.extent(2) > 3 && shape.extent(0) > 1;
        int images = step.batch();
        int channels = shape.extent(-1);
        int size = z.length / images;
        int features = deviates ? channels : size;
        double[][] rows = new double[images][features];
        double[][] targets = new double[images][classes];
        double[] means = new double[images * channels];
        int positions = size / channels;
        for (int k = 0; k < z.length; k++) {
            means[k / size * channels + k % channels] += z[k] / positions;
        }
        for (int k = 0; k < z.length; k++) {
            double difference = z[k] - means[k / size * channels + k % channels];
            if (deviates) {
                rows[k / size][k % channels] += difference * difference / (positions - 1);
            } else {
                rows[k / size][k % size] = z[k];
            }
        }
        for (int n = 0; n < images; n++) {
            for (int f = 0; f < features && deviates; f++) {
                rows[n][f] = Math.sqrt(rows[n][f]);
            }
            targets[n][step.labels()[n]] = 1;
        }
        double[][] rowsError = rowsError(rows, targets, weight);
        double[] error = new double[z.length];
        for (int k = 0; k < z.length; k++) {
            int c = k % channels;
            int n = k / size;
            double deviation = deviates ? rows[n][c] : 0;
            double difference = z[k] - means[n * channels + c];
            error[k] = !deviates
                    ? rowsError[n][k % size]
                    : deviation == 0 ? 0 : rowsError[n][c] * difference / ((positions - 1) * deviation);
        }
        return error;
    }

    private double[][] rowsError(double[][] rows, double[][] targets, double weight) {
        int images = rows.length;
        double[][] errors = new double[images][rows[0].length];
        for (int n = 0; n < images; n++) {
            pass.arithmetic.round(rows[n]);
            double[] u = unit(rows[n]);
            double[] slope = new double[u.length]; // by the unit row
            for (int m = 0; m < images; m++) {
                double[] v = unit(rows[m]);
                double similarity = pass.arithmetic.round(dot(u, v), 1);
                double wanted = Math.max(-1, Math.min(1, dot(unit(targets[n]), unit(targets[m]))));
                if (Math.abs(similarity) <= 1) {
                    Loops.addScaled(4 * weight * (similarity - wanted) / images, v, 0, slope, 0, u.length);
                }
            }
            double length = Math.sqrt(dot(centred(rows[n]), centred(rows[n])));
            double along = length == 0 ? 0 : dot(u, slope) * (TINY + length) / length;
            for (int i = 0; i < u.length; i++) {
                errors[n][i] = length == 0 ? 0 : (slope[i] - along * u[i]) / (TINY + length);
            }
            errors[n] = centred(errors[n]);
        }
        return errors;
    }

    private static double[] unit(double[] row) {
        double[] unit = centred(row);
        double length = Math.sqrt(dot(unit, unit));
        for (int i = 0; i < unit.length; i++) {
            unit[i] /= TINY + length;
        }
        return unit;
    }

    private static double[] centred(double[] row) {
        double mean = 0;
        for (double each : row) {
            mean += each / row.length;
        }
        double[] centred = new double[row.length];
        for (int i = 0; i < row.length; i++) {
            centred[i] = row[i] - mean;
        }
        return centred;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
