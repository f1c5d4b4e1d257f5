package org.bpfree.tensor;

/** Enlarges maps {@code [batch, height, width, channels]} twofold by bilinear interpolation with half-pixel centres. */
public final class BilinearUpsampling {
    private BilinearUpsampling() {}

    /**
     * Along each axis {@code out[2i] = 3/4 a[i] + 1/4 a[i-1]} and {@code out[2i+1] = 3/4 a[i] + 1/4 a[i+1]}, clamped at the edges.
     *
     * @param output {@code [batch, 2 height, 2 width, channels]}
     */
    public static Routine twofold(Tensor input, Tensor output) {
        int batch = input.shape().extent(0);
        int height = input.shape().extent(1);
        int width = input.shape().extent(2);
        int channels = input.shape().extent(3);
        double[] small = new double[height * width * channels];
        double[] large = new double[4 * small.length];
        return () -> {
            for (int n = 0; n < batch; n++) {
                input.read(n * small.length, small, 0, small.length);
                for (int y = 0; y < 2 * height; y++) {
                    int near = y / 2;
                    int far = clamp(near + (y % 2 == 0 ? -1 : 1), height);
                    for (int x = 0; x < 2 * width; x++) {
                        int left = x / 2;
                        int right = clamp(left + (x % 2 == 0 ? -1 : 1), width);
                        for (int c = 0; c < channels; c++) {
                            double nearRow = 0.75 * small[(near * width + left) * channels + c]
                                    + 0.25 * small[(near * width + right) * channels + c];
                            double farRow = 0.75 * small[(far * width + left) * channels + c]
                                    + 0.25 * small[(far * width + right) * channels + c];
                            large[(y * 2 * width + x) * channels + c] = 0.75 * nearRow + 0.25 * farRow;
                        }
                    }
                }
                output.write(n * large.length, large, 0, large.length);
            }
        };
    }

    private static int clamp(int index, int extent) {
        return Math.max(0, Math.min(extent - 1, index));
    }
}
