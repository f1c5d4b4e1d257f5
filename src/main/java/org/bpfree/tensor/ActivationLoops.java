package org.bpfree.tensor;

/** The loops of {@link Activation}, in both precisions: each reads and writes arrays at one index, and most become vector instructions. */
final class ActivationLoops {
    private static final float AFTER_ONE = Math.nextUp(1f);

    private ActivationLoops() {}

    static void tanh(float[] x, int n) {
        for (int i = 0; i < n; i++) {
            x[i] = Tanh.of(x[i]);
        }
    }

    static void tanh(double[] x, int n) {
        for (int i = 0; i < n; i++) {
            x[i] = Math.tanh(x[i]);
        }
    }

    static void sigmoid(double[] x, int n) {
        for (int i = 0; i < n; i++) {
            x[i] = 1 / (1 + Math.exp(-x[i]));
        }
    }

    static void tanhError(float[] y, float[] error, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = error[i] * ((1 - y[i]) * (1 + y[i]));
        }
    }

    static void rectifier(float[] x, int n) {
        for (int i = 0; i < n; i++) {
            x[i] = Math.max(x[i], 0);
        }
    }

    static void rectifierDifference(float[] h, float[] displacement, int n) {
        for (int i = 0; i < n; i++) {
            h[i] = Math.max(h[i], 0) - Math.max(h[i] - displacement[i], 0);
        }
    }

    static void rectifierError(float[] y, float[] error, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = error[i] * Chunked.isPositive(y[i]);
        }
    }

    static void leak(float[] x, int n) {
        for (int i = 0; i < n; i++) {
            x[i] = x[i] < 0 ? (float) Activation.LEAK * x[i] : x[i];
        }
    }

    static void leak(double[] x, int n) {
        for (int i = 0; i < n; i++) {
            x[i] *= Activation.leakySlope(x[i]);
        }
    }

    static void leakError(float[] x, float[] error, int n) {
        for (int i = 0; i < n; i++) {
            x[i] = x[i] < 0 ? (float) Activation.LEAK * error[i] : error[i];
        }
    }

    static void leakError(double[] x, double[] error, int n) {
        for (int i = 0; i < n; i++) {
            x[i] = error[i] * Activation.leakySlope(x[i]);
        }
    }

    static void sigmoid(float[] x, int n) {
        for (int i = 0; i < n; i++) {
            x[i] = 0.5f + 0.5f * Tanh.of(0.5f * x[i]);
        }
    }

    static void sigmoidError(float[] y, float[] error, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = error[i] * (y[i] * (1 - y[i]));
        }
    }

    static void sign(float[] x, int n) {
        for (int i = 0; i < n; i++) {
            x[i] = Math.signum(x[i]);
        }
    }

    static void sign(double[] x, int n) {
        for (int i = 0; i < n; i++) {
            x[i] = Math.signum(x[i]);
        }
    }

    static void rectifier(double[] x, int n) {
        for (int i = 0; i < n; i++) {
            x[i] = Math.max(x[i], 0);
        }
    }

    static void rectifierError(double[] y, double[] error, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = error[i] * Math.signum(y[i]); // what is rectified has no negative sign
        }
    }

    static void tanhError(double[] y, double[] error, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = error[i] * ((1 - y[i]) * (1 + y[i]));
        }
    }

    static void sigmoidError(double[] y, double[] error, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = error[i] * (y[i] * (1 - y[i]));
        }
    }

    static void hardTanh(float[] x, int n) {
        for (int i = 0; i < n; i++) {
            x[i] = Math.max(-1, Math.min(1, x[i]));
        }
    }

    static void hardTanh(double[] x, int n) {
        for (int i = 0; i < n; i++) {
            x[i] = Math.max(-1, Math.min(1, x[i]));
        }
    }

    /** The error passes where {@code |x| <= 1}: where {@code |x|} is less than the number after 1, and differences near 0 are exact. */
    static void hardTanhError(float[] x, float[] error, int n) {
        for (int i = 0; i < n; i++) {
            x[i] = error[i] * Chunked.isPositive(Math.max(AFTER_ONE - Math.abs(x[i]), 0));
        }
    }

    static void hardTanhError(double[] x, double[] error, int n) {
        for (int i = 0; i < n; i++) {
            x[i] = Math.abs(x[i]) <= 1 ? error[i] : error[i] * 0;
        }
    }

    static void clip(float[] x, int n) {
        for (int i = 0; i < n; i++) {
            x[i] = Math.max(0, Math.min(1, x[i]));
        }
    }

    /** The error passes from 0 to 1, both included. */
    static void clipError(float[] x, float[] error, int n) {
        for (int i = 0; i < n; i++) {
            x[i] = x[i] >= 0 && x[i] <= 1 ? error[i] : error[i] * 0;
        }
    }

    static void halfClip(float[] x, int n) {
        for (int i = 0; i < n; i++) {
            x[i] = Math.max(0, Math.min(1, 0.5f * x[i]));
        }
    }

    static void halfClipError(float[] x, float[] error, int n) {
        for (int i = 0; i < n; i++) {
            x[i] = x[i] >= 0 && x[i] <= 2 ? 0.5f * error[i] : error[i] * 0;
        }
    }

    static void elu(float[] x, int n) {
        for (int i = 0; i < n; i++) {
            x[i] = x[i] >= 0 ? x[i] : (float) Math.expm1(x[i]);
        }
    }

    /** The slope below zero is the output plus 1. */
    static void eluError(float[] y, float[] error, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = y[i] >= 0 ? error[i] : error[i] * (y[i] + 1);
        }
    }

    static void clip(double[] x, int n) {
        for (int i = 0; i < n; i++) {
            x[i] = Math.max(0, Math.min(1, x[i]));
        }
    }

    /** The error passes from 0 to 1, both included. */
    static void clipError(double[] x, double[] error, int n) {
        for (int i = 0; i < n; i++) {
            x[i] = x[i] >= 0 && x[i] <= 1 ? error[i] : error[i] * 0;
        }
    }

    static void halfClip(double[] x, int n) {
        for (int i = 0; i < n; i++) {
            x[i] = Math.max(0, Math.min(1, 0.5 * x[i]));
        }
    }

    static void halfClipError(double[] x, double[] error, int n) {
        for (int i = 0; i < n; i++) {
            x[i] = x[i] >= 0 && x[i] <= 2 ? 0.5 * error[i] : error[i] * 0;
        }
    }

    static void elu(double[] x, int n) {
        for (int i = 0; i < n; i++) {
            x[i] = x[i] >= 0 ? x[i] : Math.expm1(x[i]);
        }
    }

    /** The slope below zero is the output plus 1. */
    static void eluError(double[] y, double[] error, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = y[i] >= 0 ? error[i] : error[i] * (y[i] + 1);
        }
    }
}
