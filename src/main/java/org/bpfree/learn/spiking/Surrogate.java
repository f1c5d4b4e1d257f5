package org.bpfree.learn.spiking;

/**
 * The window around the threshold in which a unit learns, {@code f(u) = e^z / ((1 + e^z)^2 width)} with {@code z = (theta - u) / width}
 * limited to {@code -8..8}: the derivative of a logistic function, {@code 1 / (4 width)} at the threshold.
 *
 * <p>The exponential is the 64th power of a short series, exact to 1e-10 of its value, since loops of such sums become vector
 * instructions and {@link Math#exp} does not.
 */
final class Surrogate {
    private static final double LARGEST = 8;
    private static final double PART = 1.0 / 64;
    private static final double C2 = 1.0 / 2;
    private static final double C3 = C2 / 3;
    private static final double C4 = C3 / 4;
    private static final double C5 = C4 / 5;
    private static final double C6 = C5 / 6;
    private static final double C7 = C6 / 7;

    private final double threshold;
    private final double perWidth;

    Surrogate(NeuronSettings neuron) {
        threshold = neuron.threshold();
        perWidth = 1 / neuron.surrogateWidth();
    }

    /** {@code f[i] = f(u[i])} for {@code n} potentials. */
    void slopes(double[] u, double[] f, int n) {
        for (int i = 0; i < n; i++) {
            // f is the same for z and -z; the negative one cannot overflow.
            double x = Math.max(-LARGEST, -Math.abs((threshold - u[i]) * perWidth)) * PART;
            double e = 1 + x * (1 + x * (C2 + x * (C3 + x * (C4 + x * (C5 + x * (C6 + x * C7))))));
            e *= e;
            e *= e;
            e *= e;
            e *= e;
            e *= e;
            e *= e;
            f[i] = e * perWidth / ((1 + e) * (1 + e));
        }
    }
}
