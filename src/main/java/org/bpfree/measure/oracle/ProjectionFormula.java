package org.bpfree.measure.oracle;

import java.util.Map;
import org.bpfree.graph.Node;
import org.bpfree.graph.op.ConvOp;
import org.bpfree.learn.LearnerSettings;
import org.bpfree.learn.feedback.DirectSettings;
import org.bpfree.learn.feedback.DkpSettings;
import org.bpfree.learn.feedback.DrtpSettings;
import org.bpfree.learn.feedback.SdfaSettings;
import org.bpfree.measure.oracle.NaiveOp.Flow;

/**
 * Direct feedback: the error of the <em>input</em> of a layer with weights is {@code S D}, whatever lies above, with {@code S} the error of the
 * output (dfa, dkp), its sign (sdfa) or the one-hot label (drtp) and {@code D} the published projection; or, through kernels, the transposed
 * convolution of {@code S} at every pixel.
 */
final class ProjectionFormula extends SweepFormula {
    private final DirectSettings settings;

    private ProjectionFormula(DirectSettings settings, Setting setting) {
        super(setting);
        this.settings = settings;
    }

    static LearnerFormula of(LearnerSettings settings, Setting setting) {
        return settings instanceof DirectSettings direct ? new ProjectionFormula(direct, setting) : null;
    }

    private double[] signal(PublishedStep step, NaivePass pass, double[] outputError) {
        double[] signal = outputError.clone();
        int classes = setting.graph().classes();
        double[] published = pass.run(setting.graph().output())
                .publishedError(setting.graph().output());
        double scale = Arithmetic.largest(outputError);
        for (int i = 0; i < signal.length; i++) {
            if (settings instanceof SdfaSettings) {
                double own = published == null ? Double.NaN : published[i];
                boolean positive = pass.arithmetic.above(outputError[i], scale, own);
                boolean negative = pass.arithmetic.above(-outputError[i], scale, -own);
                signal[i] = positive ? 1 : negative ? -1 : 0;
            } else if (settings instanceof DrtpSettings) {
                signal[i] = step.labels()[i / classes] == i % classes ? 1 : 0;
            }
        }
        return signal;
    }

    @Override
    NaiveSweep.Rule rule(PublishedStep step, NaivePass network, double[] outputError) {
        double[] signal = signal(step, network, outputError);
        return new NaiveSweep.Rule() {
            @Override
            public void backward(NaivePass pass, Node node, Flow whole) {
                Flow flow = FeedbackFormula.clipped(node, whole, settings.clipErrors());
                if (!setting.graph().crossedNodes().contains(node)) {
                    NaiveSweep.Rule.super.backward(pass, node, flow);
                    return;
                }
                double[][] none = new double[flow.inputErrors().length][];
                NaiveSweep.Rule.super.backward(
                        pass, node, new Flow(flow.standIns(), flow.error(), none, flow.gradients()));
                project(step, node, signal, flow.inputErrors()[0]);
            }
        };
    }

    private double[] projection(PublishedStep step, Node node) {
        return (settings instanceof DkpSettings ? step.own() : step.state())
                .get("feedback/" + node.name() + "/weights");
    }

    /** {@code dD = e' h} with {@code h} the input of the layer, where projections learn. */
    @Override
    void addOwn(PublishedStep step, NaivePass pass, double[] outputError, Map<String, double[]> updates) {
        if (!(settings instanceof DkpSettings)) {
            return;
        }
        int classes = setting.graph().classes();
        for (Node node : setting.graph().crossedNodes()) {
            double[] input = pass.run(node).inputs[0];
            int size = input.length / step.batch();
            double[] update = new double[classes * size];
            for (int i = 0; i < outputError.length; i++) {
                Loops.addScaled(outputError[i], input, i / classes * size, update, i % classes * size, size);
            }
            pass.arithmetic.round(update);
            updates.put("feedback/" + node.name() + "/weights", update);
        }
    }

    private void project(PublishedStep step, Node node, double[] signal, double[] inputError) {
        double[] projection = projection(step, node);
        int classes = setting.graph().classes();
        if (settings.projection() == DirectSettings.Projection.CONVOLUTION && node.op() instanceof ConvOp conv) {
            int pixels = node.shape().extent(0) * node.shape().extent(1);
            double[] spread = new double[step.batch() * pixels * classes];
            for (int i = 0; i < spread.length; i++) {
                spread[i] = signal[i / (pixels * classes) * classes + i % classes];
            }
            new NaiveConvolution(conv.window())
                    .inputError(
                            node.inputShapes().get(0),
                            node.shape().withLast(classes),
                            step.batch(),
                            projection,
                            spread,
                            inputError);
            return;
        }
        int size = projection.length / classes;
        for (int i = 0; i < signal.length; i++) {
            Loops.addScaled(signal[i], projection, i % classes * size, inputError, i / classes * size, size);
        }
    }
}
