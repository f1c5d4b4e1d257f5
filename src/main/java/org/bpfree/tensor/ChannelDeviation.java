package org.bpfree.tensor;

import java.util.Arrays;

/** Standard deviation of each channel of each image over all positions, with one position less as the divisor, and its adjoint. */
public final class ChannelDeviation {
    private ChannelDeviation() {}

    /** {@code deviations[n, c]} of {@code maps [n, y, x, c]}. */
    public static Routine forward(Tensor maps, Tensor deviations) {
        int batch = deviations.shape().extent(0);
        int channels = deviations.shape().extent(1);
        int size = maps.size() / batch;
        return Parallel.loop(batch, 1, (begin, end) -> {
            Tensor in =
                    maps.slice(begin, end - begin); // tensors convert numbers in a place of their own, for one thread
            Tensor out = deviations.slice(begin, end - begin);
            double[] image = new double[size];
            double[] means = new double[channels];
            double[] deviation = new double[channels];
            return () -> {
                for (int n = 0; n < end - begin; n++) {
                    in.read(n * size, image, 0, size);
                    means(image, means);
                    Arrays.fill(deviation, 0);
                    for (int i = 0; i < size; i += channels) {
                        for (int c = 0; c < channels; c++) {
                            double difference = image[i + c] - means[c];
                            deviation[c] += difference * difference;
                        }
                    }
                    for (int c = 0; c < channels; c++) {
                        deviation[c] = Math.sqrt(deviation[c] / (size / channels - 1));
                    }
                    out.write(n * channels, deviation, 0, channels);
                }
            };
        });
    }

    /** {@code mapError[n, y, x, c]} of {@code error [n, c]}; nothing where a channel does not vary. */
    public static Routine backward(Tensor maps, Tensor deviations, Tensor error, Tensor mapError) {
        int batch = deviations.shape().extent(0);
        int channels = deviations.shape().extent(1);
        int size = maps.size() / batch;
        return Parallel.loop(batch, 1, (begin, end) -> {
            Tensor in = maps.slice(begin, end - begin);
            Tensor spread = deviations.slice(begin, end - begin);
            Tensor arrived = error.slice(begin, end - begin);
            Tensor out = mapError.slice(begin, end - begin);
            double[] image = new double[size];
            double[] means = new double[channels];
            double[] deviation = new double[channels];
            double[] shares = new double[channels];
            return () -> {
                for (int n = 0; n < end - begin; n++) {
                    in.read(n * size, image, 0, size);
                    spread.read(n * channels, deviation, 0, channels);
                    arrived.read(n * channels, shares, 0, channels);
                    means(image, means);
                    for (int c = 0; c < channels; c++) {
                        double divisor = deviation[c] * (size / channels - 1);
                        shares[c] = divisor == 0 ? 0 : shares[c] / divisor;
                    }
                    for (int i = 0; i < size; i += channels) {
                        for (int c = 0; c < channels; c++) {
                            image[i + c] = shares[c] * (image[i + c] - means[c]);
                        }
                    }
                    out.write(n * size, image, 0, size);
                }
            };
        });
    }

    private static void means(double[] image, double[] means) {
        Arrays.fill(means, 0);
        for (int i = 0; i < image.length; i += means.length) {
            for (int c = 0; c < means.length; c++) {
                means[c] += image[i + c];
            }
        }
        for (int c = 0; c < means.length; c++) {
            means[c] /= image.length / (double) means.length;
        }
    }
}
