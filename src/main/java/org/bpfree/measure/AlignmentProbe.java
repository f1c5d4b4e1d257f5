package org.bpfree.measure;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.BiConsumer;
import org.bpfree.learn.LabelledImages;
import org.bpfree.learn.StepView;
import org.bpfree.learn.Vectors;
import org.bpfree.train.TrainingStep;

/**
 * Measures, every so many steps, how far the learner is from backpropagation on the same batch and weights: for each layer the angle and
 * the ratio of norms of (update, gradient) and of (effective feedback, weights), and the share of equal signs of the latter. Angles are in
 * degrees; what has no angle is NaN.
 */
public final class AlignmentProbe implements TrainingStep.Observer {
    /** What the names of its figures begin with. */
    public static final String PREFIX = "alignment/";

    private static final String WEIGHTS = "/weights/updateAngle";

    private final StepRecorder recorder;
    private final int every;
    private final BiConsumer<Long, Map<String, Double>> sink;

    /**
     * A probe.
     *
     * @param every steps between measurements, at least 1
     * @param sink gets the step (counted from 1) and the figures by name, such as {@code alignment/conv1/weights/updateAngle}
     */
    public AlignmentProbe(StepRecorder recorder, int every, BiConsumer<Long, Map<String, Double>> sink) {
        this.recorder = recorder;
        this.every = every;
        this.sink = sink;
    }

    /**
     * The mean angle between update and gradient over the weights of all layers that learn, in degrees; layers count alike.
     *
     * @param figures of one measurement, by name
     * @return nothing when no weights have an angle
     */
    public static OptionalDouble meanUpdateAngle(Map<String, Double> figures) {
        return figures.entrySet().stream()
                .filter(figure -> figure.getKey().startsWith(PREFIX))
                .filter(figure -> figure.getKey().endsWith(WEIGHTS))
                .mapToDouble(Map.Entry::getValue)
                .filter(Double::isFinite)
                .average();
    }

    @Override
    public void updatesReady(LabelledImages batch, long step) {
        if (step % every != 0) {
            return;
        }
        Map<String, Double> figures = new LinkedHashMap<>();
        for (StepView.Layer layer : recorder.record(batch, step).layers()) {
            String stem = PREFIX + layer.key() + "/";
            if (layer.update() != null) {
                figures.put(stem + "updateAngle", Vectors.angle(layer.update(), layer.gradient()));
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
