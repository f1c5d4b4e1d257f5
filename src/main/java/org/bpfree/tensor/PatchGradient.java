package org.bpfree.tensor;

/**
 * Weight gradient of a convolution whose input error nobody reads, such as the first layer's: patches of the input as rows, times
 * the errors. The fused adjoint would spend most of its time on the unread input error.
 *
 * <p>Works on a few images at a time, so that their patches stay in the cache. {@link Precision#FLOAT32} only.
 */
final class PatchGradient implements Routine {
    private static final int PATCH_BYTES = 1 << 21;

    private final Tensor input;
    private final Window window;
    private final int outputHeight;
    private final int outputWidth;
    private final int imagesAtOnce;
    private final float[] image;
    private final float[] rows;
    private final Tensor patches;
    private final Tensor gradient;
    private final Tensor[] errors;
    private final Routine[] products;
    private final int[] counts;

    /**
     * Binds the computation.
     *
     * @param input {@code [batch, height, width, in]}
     * @param error {@code [batch, height', width', out]}
     * @param gradient {@code [out, size, size, in]}
     */
    PatchGradient(Tensor input, Tensor error, Tensor gradient, Window window) {
        this.input = input;
        this.window = window;
        this.gradient = gradient;
        int batch = input.shape().extent(0);
        outputHeight = error.shape().extent(1);
        outputWidth = error.shape().extent(2);
        int positions = outputHeight * outputWidth;
        int columns = Math.toIntExact(gradient.shape().inner().size());
        imagesAtOnce = Math.max(1, Math.min(batch, PATCH_BYTES / (Float.BYTES * positions * columns)));
        image = new float[Math.toIntExact(input.shape().inner().size())];
        rows = new float[positions * columns];
        patches = Tensor.zeros(Precision.FLOAT32, Shape.of(imagesAtOnce * positions, columns));
        int pieces = (batch + imagesAtOnce - 1) / imagesAtOnce;
        errors = new Tensor[pieces];
        products = new Routine[pieces];
        counts = new int[pieces];
        Tensor flatGradient = gradient.reshape(Shape.of(gradient.shape().extent(0), columns));
        for (int piece = 0; piece < pieces; piece++) {
            counts[piece] = Math.min(imagesAtOnce, batch - piece * imagesAtOnce);
            errors[piece] = error.slice(piece * imagesAtOnce, counts[piece])
                    .reshape(Shape.of(counts[piece] * positions, error.shape().extent(3)));
            Tensor used = patches.first(counts[piece] * positions);
            products[piece] = piece == 0
                    ? MatrixProduct.withFirstTransposed(errors[piece], used, flatGradient)
                    : MatrixProduct.addWithFirstTransposed(errors[piece], used, flatGradient);
        }
    }

    @Override
    public void run() {
        for (int piece = 0; piece < products.length; piece++) {
            for (int i = 0; i < counts[piece]; i++) {
                input.read((piece * imagesAtOnce + i) * image.length, image, 0, image.length);
                gather();
                patches.write(i * rows.length, rows, 0, rows.length);
            }
            products[piece].run();
        }
    }

    /** Fills {@code rows} with the patches {@code [height', width', size, size, in]} of {@code image}, zero outside the image. */
    private void gather() {
        int height = input.shape().extent(1);
        int width = input.shape().extent(2);
        int channels = input.shape().extent(3);
        int size = window.size();
        int segment = size * channels;
        int top = window.paddingBefore(height);
        int left = window.paddingBefore(width);
        int to = 0;
        for (int y = 0; y < outputHeight; y++) {
            for (int x = 0; x < outputWidth; x++) {
                int firstColumn = x * window.stride() - left;
                boolean inside = firstColumn >= 0 && firstColumn + size <= width;
                for (int row = y * window.stride() - top, end = row + size; row < end; row++, to += segment) {
                    boolean rowInside = row >= 0 && row < height;
                    int from = (row * width + firstColumn) * channels;
                    if (rowInside && inside) {
                        // A loop, since the segments are too short for a bulk copy to pay.
                        for (int i = 0; i < segment; i++) {
                            rows[to + i] = image[from + i];
                        }
                    } else {
                        int begin = Math.max(0, -firstColumn) * channels;
                        int stop = Math.min(size, width - firstColumn) * channels;
                        for (int i = 0; i < segment; i++) {
                            rows[to + i] = rowInside && i >= begin && i < stop ? image[from + i] : 0;
                        }
                    }
                }
            }
        }
    }
}
