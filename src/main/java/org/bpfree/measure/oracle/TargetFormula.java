package org.bpfree.measure.oracle;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.bpfree.graph.Node;
import org.bpfree.graph.op.ActivationOp;
import org.bpfree.learn.LearnerSettings;
import org.bpfree.learn.gait.GaitPropSettings;
import org.bpfree.learn.gait.IncrementalSettings;
import org.bpfree.learn.gait.TargetPropSettings;
import org.bpfree.measure.oracle.NaiveOp.Flow;

/**
 * GAIT-prop (arXiv 2006.06438, 2102.11598), incremental and plain target propagation. With {@code e = m (y - t)} the error of an activity:
 *
 * <pre>
 *   dW = (e f')^T x                       update
 *   y' = y - h k e                        increment; k = f'^2 for GAIT-prop, else 1
 *   h  = gamma sqrt(D) / |e|              adaptive, for each sample;  h = gamma h(above)  fixed;  h = 1  plain
 *   e below = W^-1 (f^-1(y) - f^-1(y')) / h
 * </pre>
 *
 * <p>In literal form the target itself goes through the inverse and is subtracted from the activity afterwards.
 */
final class TargetFormula extends SweepFormula {
    private static final double LEAK = 0.1;

    private final boolean adjusted;
    private final boolean adaptive;
    private final boolean literal;
    private final double gamma;
    private final double outputShare;
    private final Inverses inverses = new Inverses();

    private TargetFormula(
            Setting setting, boolean adjusted, String increment, String form, String outputTarget, double gamma) {
        super(setting);
        this.adjusted = adjusted;
        adaptive = increment.equals("ADAPTIVE");
        literal = form.equals("LITERAL");
        outputShare = outputTarget.equals("HALF_GRADIENT") ? 0.5 : 1;
        this.gamma = gamma;
    }

    static LearnerFormula of(LearnerSettings settings, Setting setting) {
        if (settings instanceof IncrementalSettings incremental) {
            String increment = incremental.increment().name();
            return new TargetFormula(
                    setting,
                    settings instanceof GaitPropSettings,
                    increment,
                    incremental.form().name(),
                    incremental.outputTarget().name(),
                    size(incremental.gamma(), increment));
        }
        return settings instanceof TargetPropSettings ? new TargetFormula(setting, false, "FIXED", "", "", 1) : null;
    }

    private static double size(double gamma, String increment) {
        double published = increment.equals("FIXED") ? 1e-3 : 1e-7;
        return gamma == 0 ? published : gamma;
    }

    /** How far the activities of a layer move, and what goes through its inverse. */
    private record Move(double[] shares, double[] above, double[] moved) {}

    @Override
    NaiveSweep.Rule rule(PublishedStep step, NaivePass network, double[] outputError) {
        Map<Node, Move> moves = new HashMap<>();
        double[][] above = {new double[step.batch()]};
        Arrays.fill(above[0], outputShare);
        return new NaiveSweep.Rule() {
            @Override
            public void backward(NaivePass pass, Node node, Flow flow) {
                boolean crossed = setting.graph().crossedNodes().contains(node);
                Node layer = node.op() instanceof ActivationOp ? node.inputs().get(0) : node;
                if (setting.graph().crossedNodes().contains(layer) && !moves.containsKey(layer)) {
                    Move move = move(pass, layer, node, flow.error(), above[0]);
                    moves.put(layer, move);
                    above[0] = move.shares;
                }
                double[][] none = new double[flow.inputErrors().length][];
                Flow own = crossed ? new Flow(flow.standIns(), flow.error(), none, flow.gradients()) : flow;
                NaiveSweep.Rule.super.backward(pass, node, own);
                if (crossed) {
                    descend(pass, node, moves.get(node), flow.inputErrors()[0]);
                }
            }
        };
    }

    private Move move(NaivePass pass, Node layer, Node top, double[] e, double[] above) {
        double[] y = pass.output(top);
        boolean leaky = top != layer;
        double[] published = pass.run(top).publishedActivation(top);
        double scale = Arithmetic.largest(y);
        int perSample = y.length / above.length;
        double width = layer.parameters().get(0).spec().shape().extent(0);
        double units = width * perSample / layer.shape().extent(-1);
        double[] bias = layer.parameters().size() > 1
                ? pass.parameter(layer.parameters().get(1))
                : new double[] {0};
        double[] shares = new double[above.length];
        double[] moved = new double[y.length];
        for (int i = 0; i < y.length; i++) {
            int sample = i / perSample;
            if (i % perSample == 0) {
                double norm = 0;
                for (int j = i; j < i + perSample; j++) {
                    norm += e[j] * e[j];
                }
                shares[sample] = norm == 0 ? 0 : adaptive ? gamma * Math.sqrt(units / norm) : gamma * above[sample];
            }
            double own = published == null ? Double.NaN : published[i];
            boolean positive = !leaky || y[i] == 0 || pass.arithmetic.above(y[i], scale, own == 0 ? 1 : own);
            double slope = positive ? 1 : LEAK;
            double step = (adjusted ? slope * slope : 1) * e[i];
            double reached = y[i] - shares[sample] * step;
            double other = leaky && (reached < 0 || y[i] == 0 && reached == 0 && !positive) ? LEAK : 1;
            if (literal) {
                moved[i] = reached / other - bias[i % bias.length];
            } else if (shares[sample] == 0 || other == slope) {
                moved[i] = step / slope;
            } else {
                moved[i] = (y[i] / slope - reached / other) / shares[sample];
            }
        }
        pass.arithmetic.round(moved);
        return new Move(shares, above, moved);
    }

    private void descend(NaivePass pass, Node layer, Move move, double[] below) {
        double[] weights = pass.parameter(layer.parameters().get(0));
        int width = layer.parameters().get(0).spec().shape().extent(0);
        int read = layer.shape().extent(-1);
        Patches patches = new Patches(layer, pass.samples);
        double[] x = pass.value(layer.inputs().get(0));
        double[] inverse = inverses.of(weights, width, pass.step);
        double[] taken = literal ? patches.take(x) : null;
        double[] back = new double[patches.rows() * width];
        for (int row = 0; row < patches.rows(); row++) {
            double[] whole = new double[width];
            for (int u = 0; u < width; u++) {
                if (u < read) {
                    whole[u] = move.moved[row * read + u];
                } else if (literal) {
                    for (int i = 0; i < width; i++) {
                        whole[u] += weights[u * width + i] * taken[row * width + i];
                    }
                }
            }
            Inverses.apply(inverse, weights, whole, pass.arithmetic, back, row * width);
        }
        double[] together = patches.putTogether(back, x.length);
        double[] overlaps = literal ? patches.overlaps(x.length) : null;
        int perSample = x.length / move.shares.length;
        for (int i = 0; i < x.length; i++) {
            if (!literal) {
                below[i] += together[i];
                continue;
            }
            double target = together[i] - (overlaps[i] - 1) * x[i];
            double share = move.shares[i / perSample];
            below[i] += share == 0 ? 0 : (x[i] - target) / share;
        }
    }
}
