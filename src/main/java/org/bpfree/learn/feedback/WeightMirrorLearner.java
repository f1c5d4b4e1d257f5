package org.bpfree.learn.feedback;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bpfree.graph.Parameter;
import org.bpfree.learn.LabelledImages;
import org.bpfree.learn.LearnerContext;
import org.bpfree.random.RandomStream;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;

/**
 * Weight mirror (Akrout, Wilson, Humphreys, Lillicrap and Tweed, <i>Deep Learning without Weight Transport</i>, arXiv 1904.05391,
 * 2019): {@code B} is correlated out of noise {@code xi} that is sent through {@code W}, see {@link NoiseCorrelation}; errors travel through
 * {@code B}.
 *
 * <p>Schedule: before the first batch {@code warmup} mirroring steps whose estimates are averaged ({@code mu = 1/t} at step {@code
 * t}), then one step with {@code mu = rate} before the forward pass of every batch. The angle between {@code B} and {@code W} is then
 * about {@code arctan sqrt(fan-in / (warmup samples))}, and later {@code arctan sqrt(fan-in mu / (2 samples))} plus what the weights
 * move within {@code 1/mu} batches.
 *
 * <p>The released code (github.com/makrout/Deep-Learning-without-Weight-Transport, fcnn/FCNN_WM.py) has fully connected layers and
 * sends uniform noise through bias and sigmoid, adds correlations without leak, and means to bound the growth by a normalization that
 * its loop does not store. Here layers are mirrored without their non-linearity, the leak bounds {@code B} and makes it converge to
 * {@code W} itself, and the kernel of a convolution is mirrored as the matrix that it applies to each patch.
 *
 * <p>A step costs {@code 2 samples} multiply-adds a weight beside those of backpropagation ({@code 3 batch positions}).
 */
public final class WeightMirrorLearner extends StandInLearner {
    private final WeightMirrorSettings settings;
    private final List<Parameter> mirrored;
    private final List<NoiseCorrelation> mirrors = new ArrayList<>();
    private final Tensor warm; // 1 after the warm-up, also in a resumed run

    /** A learner with a mirror for all weights that errors cross. */
    public WeightMirrorLearner(WeightMirrorSettings settings, LearnerContext context) {
        super(settings, context);
        this.settings = settings;
        warm = keep("mirror/warm", Tensor.zeros(context.arena().precision(), Shape.of(1)));
        mirrored = context.graph().crossedWeights();
        for (Parameter parameter : mirrored) {
            Tensor feedback = keep(name(parameter), draw(name(parameter), parameter.spec()));
            standIn(parameter, feedback);
            mirrors.add(new NoiseCorrelation(
                    context.parameters().get(parameter),
                    feedback,
                    settings.scale(),
                    settings.samples(),
                    context.arena()));
        }
    }

    @Override
    protected void prepare(LabelledImages batch) {
        super.prepare(batch);
        if (warm.at(0) == 0) {
            warmUp();
            warm.set(0, 1);
        }
        for (int i = 0; i < mirrors.size(); i++) {
            mirrors.get(i)
                    .step(
                            settings.rate(),
                            context.noise().stream("mirror/" + mirrored.get(i).key()));
        }
    }

    private void warmUp() {
        for (int i = 0; i < mirrors.size(); i++) {
            RandomGenerator random = RandomStream.of(
                    context.seed(), "feedback/warmup/" + mirrored.get(i).key());
            for (int t = 1; t <= settings.warmup(); t++) {
                mirrors.get(i).step(1.0 / t, random);
            }
        }
    }
}
