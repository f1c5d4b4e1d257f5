package org.bpfree.tensor;

import java.util.Arrays;

/** Mean of each channel of each image over all positions, and its adjoint. */
public final class ChannelMean {
    private ChannelMean() {}

    /** {@code output[n, c] = mean over positions of input[n, y, x, c]}. */
    public static Routine forward(Tensor input, Tensor output) {
        int batch = output.shape().extent(0);
        int channels = output.shape().extent(1);
        double[] image = new double[input.size() / batch];
        double[] means = new double[channels];
        double positions = image.length / (double) channels;
        return () -> {
            for (int n = 0; n < batch; n++) {
                input.read(n * image.length, image, 0, image.length);
                Arrays.fill(means, 0);
                for (int i = 0; i < image.length; i += channels) {
                    for (int c = 0; c < channels; c++) {
                        means[c] += image[i + c];
                    }
                }
                for (int c = 0; c < channels; c++) {
                    means[c] /= positions;
                }
                output.write(n * channels, means, 0, channels);
            }
        };
    }

    /** {@code inputError[n, y, x, c] = error[n, c] / positions}. */
    public static Routine backward(Tensor error, Tensor inputError) {
        int batch = error.shape().extent(0);
        int channels = error.shape().extent(1);
        double[] image = new double[inputError.size() / batch];
        double[] shares = new double[channels];
        double positions = image.length / (double) channels;
        return () -> {
            for (int n = 0; n < batch; n++) {
                error.read(n * channels, shares, 0, channels);
                for (int c = 0; c < channels; c++) {
                    shares[c] /= positions;
                }
                for (int i = 0; i < image.length; i += channels) {
                    System.arraycopy(shares, 0, image, i, channels);
                }
                inputError.write(n * image.length, image, 0, image.length);
            }
        };
    }
}
