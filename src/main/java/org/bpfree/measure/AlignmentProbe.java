package org.bpfree.measure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.bpfree.learn.LabelledImages;
import org.bpfree.learn.StepView;
import org.bpfree.learn.Vectors;
import org.bpfree.train.TrainingStep;

/**
 * Measures, every so many steps, how far the learner is from backpropagation on the same batch and weights: for each layer the angle and
 * the ratio of norms of (update, gradient) and of (effective feedback, weights), and the share of equal signs of the latter. Angles are in
 * degrees. NaN is an angle that is not defined (a layer without update, an update or gradient that is zero or not finite) or not meaningful (a
 * gradient below the floor, whose direction is noise); the norm of backpropagation's gradient relative to the largest of a layer stands beside
 * every angle and tells the two apart.
 */
public final class AlignmentProbe implements TrainingStep.Observer {
    /** What the names of its figures begin with. */
    public static final String PREFIX = "alignment/";

    /** The end of the name of the relative norm of a gradient. */
    static final String GRADIENT_NORM = "relativeGradientNorm";

    private final StepRecorder recorder;
    private final int every;
    private final double gradientFloor;
    private final BiConsumer<Long, Map<String, Double>> sink;

    /**
     * A probe.
     *
     * @param every steps between measurements, at least 1
     * @param gradientFloor norm of a gradient, relative to the largest of a layer, below which its angle is not meaningful; from 0
     * @param sink gets the step (counted from 1) and the figures by name, such as {@code alignment/conv1/weights/updateAngle}
     */
    public AlignmentProbe(
            StepRecorder recorder, int every, double gradientFloor, BiConsumer<Long, Map<String, Double>> sink) {
        this.recorder = recorder;
        this.every = every;
        this.gradientFloor = gradientFloor;
        this.sink = sink;
    }

    @Override
    public void updatesReady(LabelledImages batch, long step) {
        if (step % every != 0) {
            return;
        }
        Map<String, Double> figures = new LinkedHashMap<>();
        List<StepView.Layer> layers = recorder.record(batch, step).layers();
        double largest = layers.stream()
                .mapToDouble(layer -> Vectors.norm(layer.gradient()))
                .max()
                .orElse(Double.NaN);
        for (StepView.Layer layer : layers) {
            String stem = PREFIX + layer.key() + "/";
            double relative = Vectors.norm(layer.gradient()) / largest;
            boolean defined = layer.update() != null && relative >= gradientFloor;
            figures.put(stem + "updateAngle", defined ? Vectors.angle(layer.update(), layer.gradient()) : Double.NaN);
            figures.put(stem + GRADIENT_NORM, relative);
            if (layer.update() != null) {
                figures.put(stem + "updateNormRatio", Vectors.norm(layer.update()) / Vectors.norm(layer.gradient()));
            }
            if (layer.feedback() != null) {
                figures.put(stem + "feedbackAngle", Vectors.angle(layer.feedback(), layer.value()));
                figures.put(stem + "feedbackNormRatio", Vectors.norm(layer.feedback()) / Vectors.norm(layer.value()));
                figures.put(stem + "signAgreement", Vectors.signAgreement(layer.feedback(), layer.value()));
            }
        }
        sink.accept(step + 1, figures);
    }
}
