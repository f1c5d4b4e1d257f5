package org.bpfree.measure.robustness;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Disturbances that know nothing of the network, at five severities. Kinds are as in Hendrycks and Dietterich (arXiv 1903.12261);
 * the severities are this project's, so figures are not those of their data sets. Pixels are fractions and stay within 0..1.
 */
public enum Corruption {
    /** Normal noise on every number, with this standard deviation. */
    NOISE("Gaussian noise", 0.04, 0.08, 0.12, 0.18, 0.26) {
        @Override
        void change(double[] image, int height, int width, int channels, double strength, RandomGenerator random) {
            for (int i = 0; i < image.length; i++) {
                image[i] = bounded(image[i] + strength * random.nextGaussian());
            }
        }
    },
    /** A Gaussian blur with this standard deviation in pixels; the border is repeated. */
    BLUR("Gaussian blur", 0.5, 0.75, 1, 1.5, 2) {
        @Override
        void change(double[] image, int height, int width, int channels, double strength, RandomGenerator random) {
            double[] kernel = gaussian(strength);
            double[] between = new double[image.length];
            convolve(image, between, kernel, height, width, channels, false);
            convolve(between, image, kernel, height, width, channels, true);
        }
    },
    /** Distances from the mean of the image, times this. */
    CONTRAST("contrast", 0.75, 0.5, 0.4, 0.3, 0.15) {
        @Override
        void change(double[] image, int height, int width, int channels, double strength, RandomGenerator random) {
            double mean = Arrays.stream(image).average().orElse(0);
            for (int i = 0; i < image.length; i++) {
                image[i] = bounded(mean + strength * (image[i] - mean));
            }
        }
    },
    /** A grey square at a random place, whose side is this share of the shorter side of the image. */
    OCCLUSION("occlusion", 0.2, 0.3, 0.4, 0.5, 0.6) {
        @Override
        void change(double[] image, int height, int width, int channels, double strength, RandomGenerator random) {
            int side = (int) Math.round(strength * Math.min(height, width));
            int top = random.nextInt(height - side + 1);
            int left = random.nextInt(width - side + 1);
            for (int y = top; y < top + side; y++) {
                int from = (y * width + left) * channels;
                Arrays.fill(image, from, from + side * channels, GREY);
            }
        }
    };

    /** Number of severities. */
    public static final int SEVERITIES = 5;

    private static final double GREY = 0.5;
    private static final int KERNEL_DEVIATIONS = 3;

    private final String title;
    private final double[] strengths;

    Corruption(String title, double... strengths) {
        this.title = title;
        this.strengths = strengths;
    }

    /** As it is called in tables. */
    public String title() {
        return title;
    }

    /** How strong a severity is, in the unit of the kind. */
    public double strength(int severity) {
        return strengths[severity - 1];
    }

    /**
     * Corrupts one image in place.
     *
     * @param image fractions {@code [height, width, channels]}
     * @param severity 1..5
     */
    public void apply(double[] image, int height, int width, int channels, int severity, RandomGenerator random) {
        change(image, height, width, channels, strength(severity), random);
    }

    abstract void change(double[] image, int height, int width, int channels, double strength, RandomGenerator random);

    private static double bounded(double fraction) {
        return Math.min(1, Math.max(0, fraction));
    }

    private static double[] gaussian(double deviation) {
        int radius = (int) Math.ceil(KERNEL_DEVIATIONS * deviation);
        double[] kernel = new double[2 * radius + 1];
        for (int i = 0; i < kernel.length; i++) {
            kernel[i] = Math.exp(-0.5 * Math.pow((i - radius) / deviation, 2));
        }
        double sum = Arrays.stream(kernel).sum();
        return Arrays.stream(kernel).map(weight -> weight / sum).toArray();
    }

    private static void convolve(
            double[] in, double[] out, double[] kernel, int height, int width, int channels, boolean down) {
        int radius = kernel.length / 2;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                for (int c = 0; c < channels; c++) {
                    double sum = 0;
                    for (int k = -radius; k <= radius; k++) {
                        int row = down ? Math.min(height - 1, Math.max(0, y + k)) : y;
                        int column = down ? x : Math.min(width - 1, Math.max(0, x + k));
                        sum += kernel[k + radius] * in[(row * width + column) * channels + c];
                    }
                    out[(y * width + x) * channels + c] = sum;
                }
            }
        }
    }
}
