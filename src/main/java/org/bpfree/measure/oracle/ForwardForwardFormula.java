package org.bpfree.measure.oracle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.bpfree.graph.Node;
import org.bpfree.graph.Parameter;
import org.bpfree.learn.LearnerSettings;
import org.bpfree.learn.forwardforward.ForwardForwardSettings;
import org.bpfree.learn.forwardforward.ForwardForwardSettings.Goodness;
import org.bpfree.learn.forwardforward.ForwardForwardSettings.Label;
import org.bpfree.learn.forwardforward.ForwardForwardSettings.Prediction;
import org.bpfree.learn.forwardforward.ForwardForwardSettings.Source;
import org.bpfree.measure.oracle.NaiveOp.Flow;
import org.bpfree.tensor.Shape;

/**
 * Forward-Forward (arXiv 2212.13345): each hidden layer learns from {@code -(1 - p) s} of samples with their label and {@code p s} of samples with a
 * wrong one, {@code p = sigmoid((g - theta) / temperature)}, the output layer and the heads from the loss of samples without a label.
 */
final class ForwardForwardFormula implements LearnerFormula {
    private final ForwardForwardSettings settings;
    private final Setting setting;
    private final List<Node> weighted = new ArrayList<>(); // the output layer last
    private final Set<Node> read = new HashSet<>();
    private final Map<Node, double[]> activities = new HashMap<>(); // the means of peer normalization, by rectifier
    private final int classes;
    private double lossSum;

    private ForwardForwardFormula(ForwardForwardSettings settings, Setting setting) {
        this.settings = settings;
        this.setting = setting;
        classes = setting.graph().classes();
        for (Node node : setting.graph().nodes()) {
            if (node.parameters().stream().anyMatch(Parameter::carriesErrors)) {
                weighted.add(node);
                read.addAll(node.inputs());
            }
        }
    }

    static LearnerFormula of(LearnerSettings settings, Setting setting) {
        return settings instanceof ForwardForwardSettings forward ? new ForwardForwardFormula(forward, setting) : null;
    }

    @Override
    public double lossSum() {
        return lossSum;
    }

    private Node rectifier(int layer) {
        return setting.graph().consumers(weighted.get(layer)).get(0);
    }

    /** The first hidden layer that predictions read. */
    private int first() {
        return settings.firstLayer() || weighted.size() == 2 ? 0 : 1;
    }

    private NaivePass run(PublishedStep step, double[] images, NaivePass.Kind kind) {
        NaivePass pass =
                new NaivePass(setting.graph(), step, step.batch(), read, setting.arithmetic(), setting.noise(), kind);
        System.arraycopy(images, 0, pass.output(setting.graph().input()), 0, images.length);
        for (Node node : setting.graph().nodes()) {
            if (node != setting.graph().input()) {
                pass.forward(node);
            }
            if (read.contains(node)) {
                normalize(pass.output(node), pass.value(node), step.batch());
                pass.arithmetic.round(pass.value(node));
            }
        }
        return pass;
    }

    private static void normalize(double[] from, double[] to, int samples) {
        int size = from.length / samples;
        for (int n = 0; n < samples; n++) {
            double length = Math.exp(-50) + Math.sqrt(squares(from, n * size, size) / size);
            for (int i = n * size; i < (n + 1) * size; i++) {
                to[i] = from[i] / length;
            }
        }
    }

    private static double squares(double[] x, int from, int count) {
        double sum = 0;
        for (int i = from; i < from + count; i++) {
            sum += x[i] * x[i];
        }
        return sum;
    }

    /** The images with labels; with null without. */
    private double[] show(PublishedStep step, int[] labels) {
        double[] images = step.images().clone();
        int size = images.length / step.batch();
        Shape image = setting.graph().imageShape();
        for (int n = 0; n < step.batch(); n++) {
            for (int k = 0; k < size; k++) {
                if (settings.negatives() == Source.HYBRID) {
                    break; // no image shows a label
                }
                if (settings.label() == Label.PIXELS && k < classes) {
                    double shown = labels == null ? 1.0 / classes : labels[n] == k ? 1 : 0;
                    images[n * size + k] = settings.labelStrength() * shown;
                } else if (settings.label() == Label.WAVE && labels != null) {
                    images[n * size + k] += settings.labelStrength() * wave(labels[n], k / image.extent(2), image);
                }
            }
        }
        return images;
    }

    /** The waves in the order of the larger frequency, then of the smaller, the one along columns first. */
    private static double wave(int label, int pixel, Shape image) {
        List<int[]> frequencies = new ArrayList<>();
        for (int larger = 1; frequencies.size() <= label; larger++) {
            for (int smaller = 0; smaller < larger; smaller++) {
                frequencies.add(new int[] {smaller, larger});
                frequencies.add(new int[] {larger, smaller});
            }
            frequencies.add(new int[] {larger, larger});
        }
        double down = (double) (pixel / image.extent(1)) / image.extent(0);
        double across = (double) (pixel % image.extent(1)) / image.extent(1);
        int[] frequency = frequencies.get(label);
        return Math.cos(2 * Math.PI * (frequency[0] * down + frequency[1] * across));
    }

    private double[] headScores(PublishedStep step, NaivePass pass) {
        double[] scores = pass.output(setting.graph().output()).clone();
        for (int layer = first(); layer < weighted.size() - 2; layer++) {
            double[] head = step.own().get("head/" + rectifier(layer).name() + "/weights");
            double[] z = pass.value(weighted.get(layer + 1).inputs().get(0));
            int size = head.length / classes;
            for (int i = 0; i < scores.length; i++) {
                for (int j = 0; j < size; j++) {
                    scores[i] += z[i / classes * size + j] * head[i % classes * size + j];
                }
            }
        }
        pass.arithmetic.round(scores);
        return scores;
    }

    private double[] goodness(NaivePass pass, int layer) {
        double[] s = pass.output(rectifier(layer));
        int size = s.length / pass.samples;
        double[] goodness = new double[pass.samples];
        for (int n = 0; n < pass.samples; n++) {
            goodness[n] = squares(s, n * size, size) / (settings.goodness() == Goodness.MEAN ? size : 1);
        }
        pass.arithmetic.round(goodness);
        return goodness;
    }

    @Override
    public double[] scores(PublishedStep step) {
        if (settings.prediction() == Prediction.SOFTMAX) {
            return headScores(step, run(step, show(step, null), NaivePass.Kind.PREDICTION));
        }
        double[] scores = new double[step.batch() * classes];
        for (int c = 0; c < classes; c++) {
            int[] labels = new int[step.batch()];
            Arrays.fill(labels, c);
            NaivePass pass = run(step, show(step, labels), NaivePass.Kind.PREDICTION);
            for (int layer = first(); layer < weighted.size() - 1; layer++) {
                double[] goodness = goodness(pass, layer);
                for (int n = 0; n < step.batch(); n++) {
                    scores[n * classes + c] += goodness[n];
                }
            }
        }
        return scores;
    }

    @Override
    public Map<String, double[]> updates(PublishedStep step) {
        Map<String, double[]> updates = new LinkedHashMap<>();
        NaivePass neutral = run(step, show(step, null), NaivePass.Kind.PUBLISHED);
        double[] scores = headScores(step, neutral);
        lossSum = NaiveLoss.sum(setting.loss(), scores, step.labels());
        double[] error = NaiveLoss.derivative(setting.loss(), scores, step.labels());
        neutral.arithmetic.round(error);
        addGradients(neutral, weighted.size() - 1, error, updates);
        for (int layer = first(); layer < weighted.size() - 2; layer++) {
            double[] z = neutral.value(weighted.get(layer + 1).inputs().get(0));
            int size = z.length / step.batch();
            double[] update = new double[classes * size];
            for (int i = 0; i < error.length; i++) {
                Loops.addScaled(error[i], z, i / classes * size, update, i % classes * size, size);
            }
            updates.put("head/" + rectifier(layer).name() + "/weights", update);
        }
        NaivePass positive = run(step, show(step, step.labels()), NaivePass.Kind.UNPUBLISHED);
        double[] contrary = settings.negatives() == Source.HYBRID ? hybrids(step) : show(step, wrong(step, scores));
        NaivePass negative = run(step, contrary, NaivePass.Kind.UNPUBLISHED);
        for (int layer = 0; layer < weighted.size() - 1; layer++) {
            double[] ofPositive = error(positive, layer, true);
            addPeers(positive, layer, ofPositive);
            positive.arithmetic.round(ofPositive);
            addGradients(positive, layer, ofPositive, updates);
            addGradients(negative, layer, error(negative, layer, false), updates);
        }
        updates.values().forEach(neutral.arithmetic::round);
        return updates;
    }

    private void addGradients(NaivePass pass, int layer, double[] error, Map<String, double[]> updates) {
        Node node = weighted.get(layer);
        double[][] weights = node.parameters().stream().map(pass::parameter).toArray(double[][]::new);
        double[][] gradients = node.parameters().stream()
                .map(parameter ->
                        updates.computeIfAbsent(parameter.key(), key -> new double[pass.parameter(parameter).length]))
                .toArray(double[][]::new);
        pass.op(node).backward(pass.run(node), new Flow(weights, error, new double[1][], gradients));
    }

    private double[] error(NaivePass pass, int layer, boolean isPositive) {
        double[] s = pass.output(rectifier(layer));
        double[] goodness = goodness(pass, layer);
        int size = s.length / pass.samples;
        boolean mean = settings.goodness() == Goodness.MEAN;
        double[] error = new double[s.length];
        for (int i = 0; i < s.length; i++) {
            double excess = goodness[i / size] - (mean ? 2 : size);
            double p = 1 / (1 + Math.exp(-excess / settings.temperature()));
            error[i] = (isPositive ? -(1 - p) : p) * s[i] * (mean ? 2.0 / size : 1);
        }
        pass.arithmetic.round(error);
        return error;
    }

    private void addPeers(NaivePass pass, int layer, double[] error) {
        double[] s = pass.output(rectifier(layer));
        int size = s.length / pass.samples;
        double[] m = activities.computeIfAbsent(rectifier(layer), absent -> {
            double[] half = new double[size];
            Arrays.fill(half, 0.5);
            return half;
        });
        double mean = 0;
        for (int i = 0; i < size; i++) {
            double present = 0;
            for (int n = 0; n < pass.samples; n++) {
                present += s[n * size + i] / pass.samples;
            }
            m[i] = 0.9 * m[i] + 0.1 * present;
            mean += m[i] / size;
        }
        for (int i = 0; i < error.length; i++) {
            double share = settings.goodness() == Goodness.MEAN ? 2.0 / size : 1;
            error[i] -= share * settings.peer() * (mean - m[i % size]);
        }
    }

    private int[] wrong(PublishedStep step, double[] scores) {
        RandomGenerator random = setting.noise().stream("forward-forward/negatives");
        int[] labels = step.labels();
        int[] wrong = labels.clone();
        switch (settings.negatives()) {
            case HARD -> {
                for (int n = 0; n < wrong.length; n++) {
                    wrong[n] = hard(scores, n * classes, labels[n], random.nextDouble());
                }
            }
            case UNIFORM -> {
                for (int n = 0; n < wrong.length; n++) {
                    int others = random.nextInt(classes - 1);
                    wrong[n] = others + (others >= labels[n] ? 1 : 0);
                }
            }
            case PERMUTED -> {
                for (int last = wrong.length - 1; last > 0; last--) {
                    int taken = random.nextInt(last + 1);
                    int moved = wrong[taken];
                    wrong[taken] = wrong[last];
                    wrong[last] = moved;
                }
            }
            default -> throw new IllegalStateException(settings.negatives() + " has no labels");
        }
        return wrong;
    }

    /** Each image where a mask of random bits, blurred ten times, is above 1/2, and another of the batch elsewhere. */
    private double[] hybrids(PublishedStep step) {
        RandomGenerator random = setting.noise().stream("forward-forward/negatives");
        Shape image = setting.graph().imageShape();
        int channels = image.extent(2);
        int size = Math.toIntExact(image.size());
        int further = step.batch() == 1 ? 0 : random.nextInt(step.batch() - 1) + 1;
        double[] hybrids = step.images().clone();
        for (int n = 0; n < step.batch(); n++) {
            double[][] mask = new double[image.extent(0)][image.extent(1)];
            for (int pixel = 0; pixel < size / channels; pixel++) {
                mask[pixel / image.extent(1)][pixel % image.extent(1)] = random.nextBoolean() ? 1 : 0;
            }
            for (int blur = 0; blur < 10; blur++) {
                mask = blurred(mask);
            }
            for (int k = 0; k < size; k++) {
                int pixel = k / channels;
                if (mask[pixel / image.extent(1)][pixel % image.extent(1)] <= 0.5) {
                    hybrids[n * size + k] = step.images()[(n + further) % step.batch() * size + k];
                }
            }
        }
        return hybrids;
    }

    /** The mask times 1 2 1, 2 4 2, 1 2 1, by 16; beyond the border it is as at the border. */
    private static double[][] blurred(double[][] mask) {
        double[][] blurred = new double[mask.length][mask[0].length];
        for (int row = 0; row < mask.length; row++) {
            for (int column = 0; column < mask[0].length; column++) {
                for (int k = 0; k < 9; k++) {
                    int y = Math.max(0, Math.min(mask.length - 1, row + k / 3 - 1));
                    int x = Math.max(0, Math.min(mask[0].length - 1, column + k % 3 - 1));
                    int weight = (k / 3 == 1 ? 2 : 1) * (k % 3 == 1 ? 2 : 1);
                    blurred[row][column] += mask[y][x] * weight / 16;
                }
            }
        }
        return blurred;
    }

    /** The class at which the sum of the probabilities of the classes up to it, without the label's, exceeds a share. */
    private int hard(double[] scores, int from, int label, double share) {
        double all = 0;
        for (int k = 0; k < classes; k++) {
            all += k == label ? 0 : Math.exp(scores[from + k] - scores[from + (label + 1) % classes]);
        }
        double sum = 0;
        int drawn = label;
        for (int k = 0; k < classes && sum <= share * all; k++) {
            sum += k == label ? 0 : Math.exp(scores[from + k] - scores[from + (label + 1) % classes]);
            drawn = k == label ? drawn : k;
        }
        return drawn;
    }
}
