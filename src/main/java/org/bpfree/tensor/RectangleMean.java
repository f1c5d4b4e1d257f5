package org.bpfree.tensor;

import java.util.Arrays;

/**
 * Means over rectangles that divide maps, and their adjoint. Those at the lower and right border may be cut off; they are means of what is inside
 * the map.
 *
 * @param height of a rectangle in pixels
 * @param width of a rectangle in pixels
 */
public record RectangleMean(int height, int width) {
    /** The shape {@code [ceil(height / h), ceil(width / w), channels]} of the means of a map {@code [height, width, channels]}. */
    public Shape of(Shape map) {
        return Shape.of((map.extent(0) + height - 1) / height, (map.extent(1) + width - 1) / width, map.extent(2));
    }

    /** {@code means = } the mean of each rectangle and channel of {@code maps [batch, height, width, channels]}. */
    public Routine forward(Tensor maps, Tensor means) {
        Shape map = maps.shape().inner();
        return over(maps, means, (image, reduced) -> {
            Arrays.fill(reduced, 0);
            each(map, (pixel, rectangle, share) -> {
                for (int c = 0; c < map.extent(2); c++) {
                    reduced[rectangle + c] += share * image[pixel + c];
                }
            });
            return false;
        });
    }

    /** {@code mapError = } what the errors of means send to each pixel. */
    public Routine backward(Tensor meansError, Tensor mapError) {
        Shape map = mapError.shape().inner();
        return over(mapError, meansError, (image, reduced) -> {
            each(map, (pixel, rectangle, share) -> {
                for (int c = 0; c < map.extent(2); c++) {
                    image[pixel + c] = share * reduced[rectangle + c];
                }
            });
            return true;
        });
    }

    @FunctionalInterface
    private interface Body {
        /** Works on one image and its means; says whether the image was written. */
        boolean apply(double[] image, double[] reduced);
    }

    private static Routine over(Tensor maps, Tensor means, Body body) {
        int batch = maps.shape().extent(0);
        int pixels = maps.size() / batch;
        int places = means.size() / batch;
        return Parallel.loop(batch, 1, (begin, end) -> {
            Tensor ofShare =
                    maps.slice(begin, end - begin); // tensors convert numbers in a place of their own, for one thread
            Tensor meansOfShare = means.slice(begin, end - begin);
            double[] image = new double[pixels];
            double[] reduced = new double[places];
            return () -> {
                for (int n = 0; n < end - begin; n++) {
                    ofShare.read(n * pixels, image, 0, pixels);
                    meansOfShare.read(n * places, reduced, 0, places);
                    if (body.apply(image, reduced)) {
                        ofShare.write(n * pixels, image, 0, pixels);
                    } else {
                        meansOfShare.write(n * places, reduced, 0, places);
                    }
                }
            };
        });
    }

    @FunctionalInterface
    private interface Place {
        void of(int pixel, int rectangle, double share);
    }

    /** Tells of every pixel where it and its rectangle begin, and its share of the mean. */
    private void each(Shape map, Place place) {
        int channels = map.extent(2);
        int columns = (map.extent(1) + width - 1) / width;
        for (int y = 0; y < map.extent(0); y++) {
            int rows = Math.min(height, map.extent(0) - y / height * height);
            for (int x = 0; x < map.extent(1); x++) {
                int across = Math.min(width, map.extent(1) - x / width * width);
                int rectangle = (y / height * columns + x / width) * channels;
                place.of((y * map.extent(1) + x) * channels, rectangle, 1.0 / (rows * across));
            }
        }
    }
}
