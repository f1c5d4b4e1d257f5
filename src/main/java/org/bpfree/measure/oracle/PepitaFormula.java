package org.bpfree.measure.oracle;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bpfree.graph.Node;
import org.bpfree.graph.Parameter;
import org.bpfree.graph.op.ActivationOp;
import org.bpfree.graph.op.ConvOp;
import org.bpfree.graph.op.DropoutOp;
import org.bpfree.learn.LearnerSettings;
import org.bpfree.learn.pepita.PepitaSettings;
import org.bpfree.measure.oracle.NaiveOp.Flow;

/**
 * PEPITA (arXiv 2201.11665) by its two passes: on {@code x}, and on {@code x + F e} with the error {@code e} of the first and the published
 * projection {@code F}. A hidden layer learns from {@code s - s'} and what it reads in the second pass, the output layer from an error.
 */
final class PepitaFormula implements LearnerFormula {
    private final PepitaSettings settings;
    private final Setting setting;
    private double lossSum;

    private PepitaFormula(PepitaSettings settings, Setting setting) {
        this.settings = settings;
        this.setting = setting;
    }

    static LearnerFormula of(LearnerSettings settings, Setting setting) {
        return settings instanceof PepitaSettings pepita ? new PepitaFormula(pepita, setting) : null;
    }

    @Override
    public double[] scores(PublishedStep step) {
        return setting.forward(step, NaivePass.Kind.PREDICTION)
                .output(setting.graph().output());
    }

    @Override
    public double lossSum() {
        return lossSum;
    }

    @Override
    public Map<String, double[]> updates(PublishedStep step) {
        Node output = setting.graph().output();
        NaivePass first = setting.forward(step, NaivePass.Kind.PUBLISHED);
        lossSum = NaiveLoss.sum(setting.loss(), first.output(output), step.labels());
        double[] error = NaiveLoss.derivative(setting.loss(), first.output(output), step.labels());
        first.arithmetic.round(error);
        NaivePass second = setting.forward(step.on(modulated(step, first, error)), NaivePass.Kind.UNPUBLISHED);
        double[] modulatedError = NaiveLoss.derivative(setting.loss(), second.output(output), step.labels());
        second.arithmetic.round(modulatedError);
        Map<String, double[]> updates = new LinkedHashMap<>();
        for (Node node : setting.graph().nodes()) {
            if (node.parameters().stream().noneMatch(Parameter::trainable)) {
                continue;
            }
            if (node != output) {
                learn(second, node, change(first, second, node), updates);
            } else {
                boolean modulated = settings.outputError() == PepitaSettings.OutputError.MODULATED;
                learn(second, node, modulated ? modulatedError : error, updates);
            }
        }
        return updates;
    }

    private double[] modulated(PublishedStep step, NaivePass first, double[] error) {
        double[] projection = step.state().get("feedback/images");
        double[] published = first.run(setting.graph().output())
                .publishedError(setting.graph().output());
        int classes = setting.graph().classes();
        int pixels = projection.length / classes;
        double scale = Arithmetic.largest(error);
        double[] images = step.images().clone();
        for (int i = 0; i < error.length; i++) {
            double signal = settings.errorSign()
                    ? sign(first, error[i], scale, published == null ? Double.NaN : published[i])
                    : error[i];
            for (int p = 0; p < pixels; p++) {
                images[i / classes * pixels + p] += signal * projection[p * classes + i % classes];
            }
        }
        first.arithmetic.round(images);
        return images;
    }

    private static double sign(NaivePass pass, double value, double scale, double published) {
        boolean positive = pass.arithmetic.above(value, scale, published);
        boolean negative = pass.arithmetic.above(-value, scale, -published);
        return positive ? 1 : negative ? -1 : 0;
    }

    /** {@code s - s'} behind the activation of a layer and dropout, times the scale of a map. */
    private double[] change(NaivePass first, NaivePass second, Node layer) {
        Node behind = layer;
        while (behind != setting.graph().output()) {
            Node reader = setting.graph().consumers(behind).get(0);
            if (!(reader.op() instanceof ActivationOp) && !(reader.op() instanceof DropoutOp)) {
                break;
            }
            behind = reader;
        }
        double positions = layer.op() instanceof ConvOp
                ? layer.shape().extent(0) * layer.shape().extent(1)
                : 1;
        double divisor =
                settings.convolutionScale() == PepitaSettings.ConvolutionScale.SQRT ? Math.sqrt(positions) : positions;
        double[] change = new double[first.output(behind).length];
        for (int i = 0; i < change.length; i++) {
            change[i] = (first.output(behind)[i] - second.output(behind)[i]) / divisor;
        }
        return change;
    }

    private void learn(NaivePass pass, Node node, double[] error, Map<String, double[]> updates) {
        double[][] weights = node.parameters().stream().map(pass::parameter).toArray(double[][]::new);
        double[][] gradients = new double[weights.length][];
        for (int i = 0; i < gradients.length; i++) {
            gradients[i] = new double[weights[i].length];
            updates.put(node.parameters().get(i).key(), gradients[i]);
        }
        pass.op(node)
                .backward(
                        pass.run(node),
                        new Flow(weights, error, new double[node.inputs().size()][], gradients));
        for (double[] gradient : gradients) {
            pass.arithmetic.round(gradient);
        }
    }
}
