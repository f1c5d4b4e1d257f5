package org.bpfree.tensor;

/**
 * GELU in its tanh approximation, {@code x/2 (1 + tanh(u))} with {@code u = sqrt(2/pi) (x + 0.044715 x^3)} (Hendrycks and Gimpel, arXiv
 * 1606.08415), and its derivative.
 */
final class Gelu {
    private static final double SQRT_2_OVER_PI = Math.sqrt(2 / Math.PI);
    private static final double CUBIC = 0.044715;
    private static final float SLOPE = (float) SQRT_2_OVER_PI;
    private static final float SLOPE_CUBIC = (float) (SQRT_2_OVER_PI * CUBIC);

    /** Beyond it the derivative is 0 or 1 in single precision, though the factors of its second term are not. */
    private static final float BEND = 5.3f;

    private Gelu() {}

    static Routine backward(Tensor input, Tensor error, Tensor inputError) {
        if (input.precision() == Precision.FLOAT64) {
            return Chunked.mapDoubles(input, error, inputError, Gelu::backward);
        }
        return Chunked.mapFloats(input, error, inputError, () -> {
            float[] tanh = new float[Chunked.CHUNK];
            return (x, e, n) -> backward(x, e, tanh, n);
        });
    }

    static void forward(double[] x, int n) {
        for (int i = 0; i < n; i++) {
            x[i] *= share(x[i]);
        }
    }

    private static void backward(double[] x, double[] error, int n) {
        for (int i = 0; i < n; i++) {
            double share = share(x[i]);
            double slope = SQRT_2_OVER_PI * (1 + 3 * CUBIC * x[i] * x[i]);
            // The last factor is finite where the exponential overflows and the first is zero.
            x[i] = error[i] * (share + 2 * share * (1 - share) * (x[i] * slope));
        }
    }

    /** {@code (1 + tanh(u)) / 2}: one exponential, several times faster than the tanh. */
    private static double share(double x) {
        return 1 / (1 + Math.exp(-2 * SQRT_2_OVER_PI * (x + CUBIC * x * x * x)));
    }

    static void forward(float[] x, int n) {
        for (int i = 0; i < n; i++) {
            float v = x[i];
            x[i] = 0.5f * v * (1 + Tanh.of(v * (SLOPE + SLOPE_CUBIC * v * v)));
        }
    }

    /** Two loops, since the compiler makes no vector instructions of one that is this long. */
    private static void backward(float[] x, float[] error, float[] tanh, int n) {
        for (int i = 0; i < n; i++) {
            tanh[i] = Tanh.of(x[i] * (SLOPE + SLOPE_CUBIC * x[i] * x[i]));
        }
        for (int i = 0; i < n; i++) {
            float v = Math.max(-BEND, Math.min(BEND, x[i]));
            float bend = v * (SLOPE + 3 * SLOPE_CUBIC * v * v) * ((1 - tanh[i]) * (1 + tanh[i]));
            x[i] = error[i] * 0.5f * (1 + tanh[i] + bend);
        }
    }
}
