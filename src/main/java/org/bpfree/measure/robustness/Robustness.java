package org.bpfree.measure.robustness;

import java.util.Optional;
import org.bpfree.data.ImageSet;
import org.bpfree.data.ImageShape;
import org.bpfree.graph.Loss;
import org.bpfree.learn.LabelledImages;
import org.bpfree.learn.Learner;
import org.bpfree.random.RandomStream;
import org.bpfree.tensor.Tensor;

/**
 * Accuracy of a network on disturbed images: attacks made with its own gradient, attacks made with another network's (a black box), and
 * corruptions. Random numbers depend on the seed, the disturbance and the place of the image only.
 */
public final class Robustness {
    private static final double SAME_SCORES = 1e-4;

    private final Victim victim;
    private final ImageSet images;
    private final long seed;

    /**
     * A network under test or one that attacks are made with.
     *
     * @param learner predicts
     * @param gradient of the network it trains
     * @param slot the memory its batches are filled into
     * @param loss of the predictions
     * @param scale of the run
     */
    public record Victim(
            Learner learner, ImageGradient gradient, LabelledImages.Slot slot, Loss loss, PixelScale scale) {
        private LabelledImages fill(double[] fractions, int[] labels, int size) {
            float[] numbers = new float[fractions.length];
            scale.toNumbers(fractions, numbers, fractions.length);
            return slot.fill(numbers, labels, size);
        }
    }

    /**
     * One line of the table.
     *
     * @param disturbance what was done to the images
     * @param gradient whose gradient an attack used: {@code own}, {@code surrogate}, or {@code none}
     * @param strength epsilon of an attack, or severity 1..5 of a corruption; 0 for clean images
     * @param accuracy on these images, 0..1
     * @param loss mean over these images
     */
    public record Line(String disturbance, String gradient, double strength, double accuracy, double loss) {}

    /**
     * A test on some images.
     *
     * @param seed of random numbers
     */
    public Robustness(Victim victim, ImageSet images, long seed) {
        this.victim = victim;
        this.images = images;
        this.seed = seed;
    }

    /** Whether the network predicts by the forward pass that gradients go through; a spiking network does not. */
    public boolean predictsByItsGraph() {
        int size = Math.min(images.size(), victim.slot.capacity());
        LabelledImages batch = victim.fill(fractions(0, size), labels(0, size), size);
        double[] predicted = victim.learner.predict(batch).toDoubles();
        double[] passed = victim.gradient.scores(batch).toDoubles();
        for (int i = 0; i < predicted.length; i++) {
            if (Math.abs(predicted[i] - passed[i]) > SAME_SCORES * (1 + Math.abs(passed[i]))) {
                return false;
            }
        }
        return true;
    }

    /** Accuracy on the images as they are. */
    public Line clean() {
        return measure("clean", "none", 0, victim.slot.capacity(), (fractions, first, labels) -> fractions);
    }

    /**
     * Accuracy under an attack.
     *
     * @param surrogate makes the attack, or nothing when the network itself does
     */
    public Line attack(Attack attack, double epsilon, Optional<Victim> surrogate) {
        Victim maker = surrogate.orElse(victim);
        int capacity = Math.min(victim.slot.capacity(), maker.slot.capacity());
        String gradientOf = surrogate.isPresent() ? "surrogate" : "own";
        return measure(attack.title(), gradientOf, epsilon, capacity, (clean, first, labels) -> {
            int size = labels.length;
            Attack.GradientAt gradient = moved -> gradient(maker, moved, labels, size);
            return attack.apply(clean, epsilon, gradient, RandomStream.of(seed, "robustness/" + attack.title(), first));
        });
    }

    private static Tensor gradient(Victim maker, double[] fractions, int[] labels, int size) {
        return maker.gradient.of(maker.fill(fractions, labels, size));
    }

    /** Accuracy on corrupted images. */
    public Line corrupted(Corruption corruption, int severity) {
        ImageShape shape = images.shape();
        return measure(corruption.title(), "none", severity, victim.slot.capacity(), (fractions, first, labels) -> {
            double[] image = new double[shape.size()];
            for (int i = 0; i < labels.length; i++) {
                System.arraycopy(fractions, i * image.length, image, 0, image.length);
                corruption.apply(
                        image,
                        shape.height(),
                        shape.width(),
                        shape.channels(),
                        severity,
                        RandomStream.of(seed, "robustness/" + corruption.title(), severity, first + i));
                System.arraycopy(image, 0, fractions, i * image.length, image.length);
            }
            return fractions;
        });
    }

    @FunctionalInterface
    private interface Disturbance {
        /** The disturbed images of a batch that begins at image {@code first}. */
        double[] disturb(double[] fractions, int first, int[] labels);
    }

    private Line measure(String disturbance, String gradient, double strength, int capacity, Disturbance change) {
        Loss.Result sum = Loss.Result.NONE;
        for (int first = 0; first < images.size(); first += capacity) {
            int size = Math.min(capacity, images.size() - first);
            int[] labels = labels(first, size);
            double[] disturbed = change.disturb(fractions(first, size), first, labels);
            LabelledImages batch = victim.fill(disturbed, labels, size);
            sum = sum.plus(victim.learner.evaluate(batch, victim.loss, null));
        }
        return new Line(disturbance, gradient, strength, sum.accuracy(), sum.meanLoss());
    }

    private double[] fractions(int first, int size) {
        double[] fractions = new double[size * images.shape().size()];
        PixelScale.toFractions(images.read(first, size), 0, fractions, fractions.length);
        return fractions;
    }

    private int[] labels(int first, int size) {
        int[] labels = new int[size];
        for (int i = 0; i < size; i++) {
            labels[i] = images.label(first + i);
        }
        return labels;
    }
}
