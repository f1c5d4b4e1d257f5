package org.bpfree.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Standardizes each group of channels (last axis) of each sample over its channels and all positions, then scales and shifts each channel
 * (Wu and He, <i>Group Normalization</i>, arXiv 1803.08494, section 3.1). Sums are formed in double precision. Samples are shared between
 * threads; gradients depend on the number of threads in their last digits.
 */
public final class GroupNormalization {
    /** Elements of which a thread should have as many at least. */
    private static final int LEAST_SHARE = 1 << 15;

    private final Tensor input;
    private final Tensor scale;
    private final Tensor shift;
    private final Tensor output;
    private final int groups;
    private final double epsilon;
    private final int channels;
    private final double[] mean; // of each group of each sample
    private final double[] inverse; // of the deviation
    private final double[] factor; // of each channel
    private final double[] offset;

    /**
     * Binds to {@code input} and {@code output} of equal shape, {@code [batch, ..., channels]}, and {@code [channels]} of scale and shift.
     *
     * @param groups equal parts of the channels
     */
    public GroupNormalization(Tensor input, Tensor scale, Tensor shift, Tensor output, int groups, double epsilon) {
        this.input = input;
        this.scale = scale;
        this.shift = shift;
        this.output = output;
        this.groups = groups;
        this.epsilon = epsilon;
        channels = scale.size();
        mean = new double[input.shape().extent(0) * groups];
        inverse = new double[mean.length];
        factor = new double[channels];
        offset = new double[channels];
    }

    /** {@code output = scale * (x - mean(x)) / sqrt(variance(x) + epsilon) + shift} for each group {@code x} of each sample. */
    public Routine forward() {
        return readFactors(scale)
                .then(() -> shift.read(0, offset, 0, channels))
                .then(Parallel.loop(input.shape().extent(0), leastShare(), (from, to) -> {
                    Sample sample = new Sample();
                    Tensor in = input.slice(from, to - from);
                    Tensor out = output.slice(from, to - from);
                    return () -> {
                        for (int n = 0; n < to - from; n++) {
                            sample.forward(in, n, from + n, out);
                        }
                    };
                }));
    }

    private Routine readFactors(Tensor from) {
        return () -> from.read(0, factor, 0, channels);
    }

    private int leastShare() {
        return (int) (LEAST_SHARE / input.shape().inner().size() + 1);
    }

    /**
     * The adjoint of the last {@link #forward}.
     *
     * @param feedbackScale what stands in for the scale in the path of the error
     * @param inputError written, or null
     * @param scaleGradient written, or null
     * @param shiftGradient written, or null
     */
    public Routine backward(
            Tensor error, Tensor feedbackScale, Tensor inputError, Tensor scaleGradient, Tensor shiftGradient) {
        List<Sample> samples = new ArrayList<>();
        Routine each = Parallel.loop(input.shape().extent(0), leastShare(), (from, to) -> {
            Sample sample = new Sample();
            samples.add(sample);
            Tensor in = input.slice(from, to - from);
            Tensor errors = error.slice(from, to - from);
            Tensor below = inputError == null ? null : inputError.slice(from, to - from);
            return () -> {
                sample.clearTotals();
                for (int n = 0; n < to - from; n++) {
                    sample.backward(in, errors, n, from + n, below);
                }
            };
        });
        double[] total = new double[channels];
        return readFactors(feedbackScale).then(each).then(() -> {
            if (scaleGradient != null) {
                Arrays.fill(total, 0);
                for (int i = 0; i < samples.size(); i++) {
                    add(samples.get(i).scaleTotal, total);
                }
                scaleGradient.write(0, total, 0, channels);
            }
            if (shiftGradient != null) {
                Arrays.fill(total, 0);
                for (int i = 0; i < samples.size(); i++) {
                    add(samples.get(i).shiftTotal, total);
                }
                shiftGradient.write(0, total, 0, channels);
            }
        });
    }

    private static void add(double[] from, double[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] += from[i];
        }
    }

    /** The passes over one sample, with the scratch of a thread. What belongs to channels is repeated as often as fits a block. */
    private final class Sample {
        private static final int BLOCK = 1024;

        private final int size = Math.toIntExact(input.shape().inner().size());
        private final int block = Math.min(size, Math.max(1, BLOCK / channels) * channels);
        private final double members = size / (double) groups;
        private final double[][] x = new double[(size + block - 1) / block][block];
        private final double[][] e = new double[x.length][block];
        private final double[] a = new double[block];
        private final double[] b = new double[block];
        private final double[] c = new double[block];
        private final double[] ofChannels = new double[channels];
        private final double[] productsOfChannels = new double[channels];
        private final double[] scaleTotal = new double[channels];
        private final double[] shiftTotal = new double[channels];

        private int group(int channel) {
            return channel / (channels / groups);
        }

        void clearTotals() {
            Arrays.fill(scaleTotal, 0);
            Arrays.fill(shiftTotal, 0);
        }

        private int count(int chunk) {
            return Math.min(block, size - chunk * block);
        }

        private void read(Tensor tensor, int n, double[][] chunks) {
            for (int i = 0; i < chunks.length; i++) {
                tensor.read(n * size + i * block, chunks[i], 0, count(i));
            }
        }

        private void write(double[][] chunks, Tensor tensor, int n) {
            for (int i = 0; i < chunks.length; i++) {
                tensor.write(n * size + i * block, chunks[i], 0, count(i));
            }
        }

        /** The sums of the channels from those of a block. */
        private void fold(double[] sums, double[] channelSums) {
            Arrays.fill(channelSums, 0);
            for (int i = 0; i < block; i++) {
                channelSums[i % channels] += sums[i];
            }
        }

        void forward(Tensor in, int n, int sample, Tensor out) {
            read(in, n, x);
            Arrays.fill(a, 0);
            for (int i = 0; i < x.length; i++) {
                addTo(a, x[i], count(i));
            }
            fold(a, ofChannels);
            int first = sample * groups;
            Arrays.fill(mean, first, first + groups, 0);
            for (int channel = 0; channel < channels; channel++) {
                mean[first + group(channel)] += ofChannels[channel] / members;
            }
            for (int i = 0; i < block; i++) {
                b[i] = mean[first + group(i % channels)];
            }
            Arrays.fill(a, 0);
            for (int i = 0; i < x.length; i++) {
                center(x[i], b, a, count(i));
            }
            fold(a, ofChannels);
            Arrays.fill(inverse, first, first + groups, 0);
            for (int channel = 0; channel < channels; channel++) {
                inverse[first + group(channel)] += ofChannels[channel] / members;
            }
            for (int g = first; g < first + groups; g++) {
                inverse[g] = 1 / Math.sqrt(inverse[g] + epsilon);
            }
            for (int i = 0; i < block; i++) {
                int channel = i % channels;
                a[i] = factor[channel] * inverse[first + group(channel)];
                b[i] = offset[channel];
            }
            for (int i = 0; i < x.length; i++) {
                scaleAndShift(x[i], a, b, count(i));
            }
            write(x, out, n);
        }

        void backward(Tensor in, Tensor errors, int n, int sample, Tensor below) {
            read(in, n, x);
            read(errors, n, e);
            int first = sample * groups;
            for (int i = 0; i < block; i++) {
                int g = first + group(i % channels);
                a[i] = inverse[g];
                b[i] = -mean[g] * inverse[g];
            }
            for (int i = 0; i < x.length; i++) {
                scaleAndShift(x[i], a, b, count(i));
            }
            Arrays.fill(b, 0);
            Arrays.fill(c, 0);
            for (int i = 0; i < x.length; i++) {
                addTo(b, e[i], count(i));
                addProducts(c, e[i], x[i], count(i));
            }
            fold(b, ofChannels);
            fold(c, productsOfChannels);
            add(ofChannels, shiftTotal);
            add(productsOfChannels, scaleTotal);
            if (below != null) {
                spread(first);
                write(e, below, n);
            }
        }

        /** With {@code g} the error times the scale: {@code (g - mean(g) - x mean(g x)) / deviation}, {@code x} standardized. */
        private void spread(int first) {
            for (int g = 0; g < groups; g++) {
                double sum = 0;
                double product = 0;
                int width = channels / groups;
                for (int channel = g * width; channel < (g + 1) * width; channel++) {
                    sum += factor[channel] * ofChannels[channel] / members;
                    product += factor[channel] * productsOfChannels[channel] / members;
                }
                for (int i = 0; i < block; i++) {
                    int channel = i % channels;
                    if (group(channel) == g) {
                        a[i] = factor[channel] * inverse[first + g];
                        b[i] = -sum * inverse[first + g];
                        c[i] = -product * inverse[first + g];
                    }
                }
            }
            for (int i = 0; i < x.length; i++) {
                combine(e[i], x[i], a, b, c, count(i));
            }
        }
    }

    private static void addTo(double[] sums, double[] x, int count) {
        for (int i = 0; i < count; i++) {
            sums[i] += x[i];
        }
    }

    private static void addProducts(double[] sums, double[] e, double[] x, int count) {
        for (int i = 0; i < count; i++) {
            sums[i] += e[i] * x[i];
        }
    }

    /** Takes the means off and adds up the squares of what is left. */
    private static void center(double[] x, double[] means, double[] squares, int count) {
        for (int i = 0; i < count; i++) {
            double distance = x[i] - means[i];
            x[i] = distance;
            squares[i] += distance * distance;
        }
    }

    private static void scaleAndShift(double[] x, double[] factor, double[] offset, int count) {
        for (int i = 0; i < count; i++) {
            x[i] = x[i] * factor[i] + offset[i];
        }
    }

    private static void combine(double[] e, double[] x, double[] a, double[] b, double[] c, int count) {
        for (int i = 0; i < count; i++) {
            e[i] = e[i] * a[i] + b[i] + x[i] * c[i];
        }
    }
}
