package org.bpfree.learn;

import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;
import org.bpfree.random.RandomStream;
import org.bpfree.tensor.Tensor;

/** Updates beside derivatives of the loss by central differences; for benches in double precision. */
public final class FiniteDifferences {
    private static final double STEP = 1e-5;

    /** Smaller, since a direction moves all elements at once, and a max-pool must not change its winner. */
    private static final double DIRECTION_STEP = 3e-7;

    private FiniteDifferences() {}

    /**
     * Largest difference between update and central difference, element by element, relative to the largest update of the tensor.
     *
     * @param distortion multiplies updates, for negative controls
     */
    public static double worstElement(Bench bench, Learner learner, double distortion) {
        return worstElement(bench, learner, distortion, bench::loss);
    }

    /**
     * The same for a learner that does not run the network as it is.
     *
     * @param loss of the batch with the present values
     */
    public static double worstElement(Bench bench, Learner learner, double distortion, DoubleSupplier loss) {
        Map<String, double[]> updates = Bench.updates(learner, bench.batch);
        double worst = 0;
        for (Trained trained : learner.trained()) {
            double[] update = updates.get(trained.name());
            double largest = 1e-3;
            double difference = 0;
            for (int i = 0; i < update.length; i++) {
                largest = Math.max(largest, Math.abs(update[i]));
                double[] direction = new double[update.length];
                direction[i] = 1;
                double numeric = derivative(loss, trained.value(), direction, STEP);
                difference = Math.max(difference, Math.abs(distortion * update[i] - numeric));
            }
            worst = Math.max(worst, difference / largest);
        }
        return worst;
    }

    /**
     * Largest difference of derivatives along one random direction of signs a tensor, relative to the norm of its update: two losses
     * a tensor, whatever its size.
     *
     * @param distortion multiplies updates, for negative controls
     */
    public static double worstDirection(Bench bench, Learner learner, double distortion) {
        Map<String, double[]> updates = Bench.updates(learner, bench.batch);
        RandomGenerator random = RandomStream.of(7, "test/directions");
        double worst = 0;
        for (Trained trained : learner.trained()) {
            double[] update = updates.get(trained.name());
            double[] direction = new double[update.length];
            double expected = 0;
            for (int i = 0; i < update.length; i++) {
                direction[i] = random.nextBoolean() ? 1 : -1;
                expected += distortion * update[i] * direction[i];
            }
            double difference =
                    Math.abs(expected - derivative(bench::loss, trained.value(), direction, DIRECTION_STEP));
            worst = Math.max(worst, difference / Math.max(1e-3, Vectors.norm(update)));
        }
        return worst;
    }

    private static double derivative(DoubleSupplier loss, Tensor value, double[] direction, double step) {
        double[] original = value.toDoubles();
        double above = lossAt(loss, value, original, direction, step);
        double below = lossAt(loss, value, original, direction, -step);
        value.write(original);
        return (above - below) / (2 * step);
    }

    private static double lossAt(
            DoubleSupplier loss, Tensor value, double[] original, double[] direction, double step) {
        double[] moved = original.clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += step * direction[i];
        }
        value.write(moved);
        return loss.getAsDouble();
    }
}
