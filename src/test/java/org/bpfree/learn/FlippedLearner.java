package org.bpfree.learn;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.bpfree.graph.Loss;
import org.bpfree.learn.backprop.BackpropProvider;
import org.bpfree.learn.backprop.BackpropSettings;
import org.bpfree.tensor.Tensor;

/** Backpropagation that climbs where it should descend: the updates of some tensors have the wrong sign. */
final class FlippedLearner implements Learner {
    private final Learner sound;
    private final Predicate<String> flipped;

    private FlippedLearner(Learner sound, Predicate<String> flipped) {
        this.sound = sound;
        this.flipped = flipped;
    }

    /**
     * Announces such a learner.
     *
     * @param flipped the names of the tensors whose updates have the wrong sign
     */
    static LearnerProvider<?> provider(Predicate<String> flipped) {
        return new TypedProvider<BackpropSettings>(
                BackpropSettings.class,
                "Climbs where it should descend.",
                "a fault made on purpose",
                (settings, context) ->
                        new FlippedLearner(new BackpropProvider().create(settings, context), flipped)) {};
    }

    @Override
    public Loss.Result learn(LabelledImages batch) {
        Loss.Result result = sound.learn(batch);
        for (Trained trained : sound.trained()) {
            if (flipped.test(trained.name())) {
                double[] update = trained.update().toDoubles();
                for (int i = 0; i < update.length; i++) {
                    update[i] = -update[i];
                }
                trained.update().write(update);
            }
        }
        return result;
    }

    @Override
    public Tensor predict(LabelledImages batch) {
        return sound.predict(batch);
    }

    @Override
    public Map<String, Tensor> activations(LabelledImages batch) {
        return sound.activations(batch);
    }

    @Override
    public List<Trained> trained() {
        return sound.trained();
    }

    @Override
    public long scratchBytes() {
        return sound.scratchBytes();
    }
}
