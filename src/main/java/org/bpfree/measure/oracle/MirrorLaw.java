package org.bpfree.measure.oracle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.bpfree.graph.Parameter;
import org.bpfree.learn.Promise.Finding;
import org.bpfree.learn.Vectors;
import org.bpfree.learn.feedback.WeightMirrorSettings;
import org.bpfree.random.RandomStream;

/**
 * The weight mirror by its correlation: {@code B <- (1 - mu) B + mu s/m sum over m of (W xi) xi^T}, with noise {@code xi} of ones and minus ones
 * that is drawn anew from the streams the learner draws from; {@code warmup} steps with {@code mu = 1/t} before the first batch.
 */
final class MirrorLaw extends FeedbackLaw.Named {
    /** Multiply-adds that replaying the warm-up of one tensor may take: some ten seconds. */
    private static final double MOST_WORK = 1e10;

    private final WeightMirrorSettings settings;
    private final FeedbackLaw.Setting setting;
    private final Map<String, double[]> expected = new HashMap<>();

    MirrorLaw(WeightMirrorSettings settings, FeedbackLaw.Setting setting) {
        super(
                "feedback is the correlation of noise with what the weights make of it",
                "sums of products in the precision, relative to the largest element");
        this.settings = settings;
        this.setting = setting;
    }

    @Override
    public List<Finding> judge(PublishedStep step) {
        List<Finding> findings = new ArrayList<>();
        for (Parameter parameter : setting.graph().crossedWeights()) {
            String key = parameter.key();
            double[] weights = step.parameters().get(key);
            double work = 2.0 * settings.warmup() * settings.samples() * weights.length;
            if (settings.warmup() == 0 || work > MOST_WORK) {
                findings.add(Finding.unchecked(
                        key,
                        String.format(
                                Locale.ROOT,
                                "%.1e multiply-adds of warm-up to replay; lower learner.warmup or learner.samples",
                                work)));
                continue;
            }
            int out = parameter.spec().shape().extent(0);
            double[] b = expected.computeIfAbsent(key, k -> warmedUp(k, weights, out));
            mirror(b, weights, out, settings.rate(), setting.noise().stream("mirror/" + key));
            double[] feedback = step.feedback().get(key);
            double measured = feedback == null ? Double.NaN : Vectors.relativeDifference(feedback, b);
            findings.add(new Finding(key, measured, 4 * setting.rounding(), true));
            expected.put(key, feedback == null ? b : feedback.clone());
        }
        return findings;
    }

    private double[] warmedUp(String key, double[] weights, int out) {
        double[] b = new double[weights.length];
        RandomGenerator random = RandomStream.of(setting.seed(), "feedback/warmup/" + key);
        for (int t = 1; t <= settings.warmup(); t++) {
            mirror(b, weights, out, 1.0 / t, random);
        }
        return b;
    }

    private void mirror(double[] b, double[] weights, int out, double mu, RandomGenerator random) {
        int in = weights.length / out;
        double[] noise = new double[in];
        double[] correlation = new double[b.length];
        for (int sample = 0; sample < settings.samples(); sample++) {
            long bits = 0;
            for (int i = 0; i < in; i++) {
                bits = i % Long.SIZE == 0 ? random.nextLong() : bits >>> 1;
                noise[i] = (bits & 1) == 0 ? -1 : 1;
            }
            for (int o = 0; o < out; o++) {
                double response = 0;
                for (int i = 0; i < in; i++) {
                    response += weights[o * in + i] * noise[i];
                }
                Loops.addScaled(response, noise, 0, correlation, o * in, in);
            }
        }
        for (int i = 0; i < b.length; i++) {
            b[i] = (1 - mu) * b[i] + mu * settings.scale() / settings.samples() * correlation[i];
        }
    }
}
