package org.bpfree.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bpfree.graph.Graph;
import org.bpfree.graph.Parameter;
import org.bpfree.graph.Parameters;
import org.bpfree.tensor.Shape;

/**
 * The weights of the first layer as pictures: kernels of a convolution, or the rows of a dense layer in the shape of an image.
 *
 * @param layer the name of the layer
 * @param height of a picture
 * @param width of a picture
 * @param channels 1 or 3
 * @param units how many the layer has
 * @param values one picture a unit, {@code [height, width, channels]}, of the first units
 */
public record FirstFilters(String layer, int height, int width, int channels, int units, List<double[]> values) {
    private static final int MOST = 256;

    /** The filters of a network; nothing when its first weights do not meet the image as a picture. */
    public static Optional<FirstFilters> of(Graph graph, Parameters parameters) {
        return graph.trainableParameters().stream()
                .filter(Parameter::carriesErrors)
                .findFirst()
                .flatMap(weights -> of(
                        weights.key().substring(0, weights.key().lastIndexOf('/')),
                        graph.imageShape(),
                        parameters.get(weights).shape(),
                        parameters.get(weights).toDoubles()));
    }

    private static Optional<FirstFilters> of(String layer, Shape image, Shape weights, double[] values) {
        boolean kernels = weights.rank() == 4;
        int height = kernels ? weights.extent(1) : image.extent(0);
        int width = kernels ? weights.extent(2) : image.extent(1);
        int channels = image.extent(2);
        int size = height * width * channels;
        boolean meetsImage = weights.size() == (long) weights.extent(0) * size;
        if (!meetsImage || channels != 1 && channels != 3 || height == 1 && width == 1) {
            return Optional.empty();
        }
        List<double[]> pictures = new ArrayList<>();
        for (int unit = 0; unit < Math.min(MOST, weights.extent(0)); unit++) {
            pictures.add(Arrays.copyOfRange(values, unit * size, (unit + 1) * size));
        }
        return Optional.of(new FirstFilters(layer, height, width, channels, weights.extent(0), pictures));
    }
}
