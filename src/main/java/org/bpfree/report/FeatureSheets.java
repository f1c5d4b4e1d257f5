package org.bpfree.report;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bpfree.data.ImageShape;
import org.bpfree.graph.Node;
import org.bpfree.learn.LabelledImages;
import org.bpfree.learn.spiking.SpikeSource;
import org.bpfree.learn.spiking.SpikeTrain;
import org.bpfree.measure.FirstFilters;
import org.bpfree.measure.SoftMax;
import org.bpfree.measure.features.LayerMaps;
import org.bpfree.report.figure.Cells;
import org.bpfree.report.figure.Figure;
import org.bpfree.report.figure.MapSheet;
import org.bpfree.report.figure.SideBySide;
import org.bpfree.report.figure.SpikeRaster;
import org.bpfree.run.TrainedModel;
import org.bpfree.tensor.Shape;

/** What networks make of some images, gathered network by network, and the sheets that show it: one an image. */
public final class FeatureSheets {
    private static final String SCALES = "Each row has one scale of colours.";

    private final List<Seen> images;
    private final ImageShape shape;
    private final int mostMaps;
    private final List<List<View>> views; // of an image, one a network
    private final List<MapSheet.Column> filters = new ArrayList<>();

    /**
     * An image.
     *
     * @param file name of its sheet, without an ending
     * @param title what it is
     * @param truth its class, where that is known
     * @param pixels {@code [height, width, channels]} from a position on
     */
    public record Seen(String file, String title, Optional<String> truth, byte[] pixels, int from) {}

    /** What a network makes of an image: maps, or spikes where it spikes. */
    private record View(String network, String prediction, List<Cells> layers, List<SpikeTrain> spikes) {}

    /**
     * Sheets without networks.
     *
     * @param shape of the images
     * @param mostMaps that are shown of a layer; 0 for all
     */
    public FeatureSheets(List<Seen> images, ImageShape shape, int mostMaps) {
        this.images = images;
        this.shape = shape;
        this.mostMaps = mostMaps;
        views = images.stream().<List<View>>map(image -> new ArrayList<>()).toList();
    }

    /**
     * Runs the images through a network.
     *
     * @param name of the network, for titles
     */
    public void add(String name, TrainedModel model) {
        List<String> classes = model.bench().experiment().data().description().classNames();
        for (int i = 0; i < images.size(); i++) {
            Seen image = images.get(i);
            double[] shares = model.probabilities(image.pixels(), image.from());
            int best = SoftMax.largest(shares);
            String prediction = prediction(image, classes.get(best), shares[best]);
            LabelledImages batch = model.batch(image.pixels(), image.from());
            boolean spiking = model.bench().learner() instanceof SpikeSource;
            views.get(i)
                    .add(new View(
                            name,
                            prediction,
                            spiking ? List.of() : maps(model, batch),
                            model.bench().learner() instanceof SpikeSource source
                                    ? source.spikes(batch, 0)
                                    : List.of()));
        }
        filtersOf(model).ifPresent(cells -> filters.add(new MapSheet.Column(name, "", List.of(cells))));
    }

    private static String prediction(Seen image, String predicted, double share) {
        boolean wrong = image.truth().isPresent() && !image.truth().get().equals(predicted);
        return String.format(
                Locale.ROOT, "predicted class: %s, %.0f %%%s", predicted, 100 * share, wrong ? " (wrong)" : "");
    }

    /** A sentence on the class of an image, or nothing. */
    private static String truth(Seen image) {
        return image.truth().map(name -> "True class: " + name + ". ").orElse("");
    }

    private List<Cells> maps(TrainedModel model, LabelledImages batch) {
        LayerMaps maps = new LayerMaps(model.bench().context());
        maps.run(batch);
        List<Cells> layers = new ArrayList<>();
        for (Node layer : LayerMaps.layers(model.bench().graph())) {
            Shape size = LayerMaps.mapShape(layer);
            List<double[]> all = maps.maps(batch, layer, 0);
            boolean units = size.size() == 1;
            int shown = units || mostMaps == 0 ? all.size() : Math.min(mostMaps, all.size());
            layers.add(new Cells(
                    layer.name(),
                    units ? "units" : "channels",
                    size.extent(0),
                    size.extent(1),
                    1,
                    all.size(),
                    all.subList(0, shown)));
        }
        return layers;
    }

    /** The filters of the first layer, where they are pictures. */
    public static Optional<Cells> filtersOf(TrainedModel model) {
        return FirstFilters.of(model.bench().graph(), model.bench().parameters())
                .map(filters -> new Cells(
                        filters.layer(),
                        "filters",
                        filters.height(),
                        filters.width(),
                        filters.channels(),
                        filters.units(),
                        filters.values()));
    }

    /** Names of the images' sheets without endings, in their order. */
    public List<String> names() {
        return images.stream().map(Seen::file).toList();
    }

    /** The sheet of an image by its number. */
    public Figure sheet(int number) {
        Seen image = images.get(number);
        List<View> seen = views.get(number);
        List<View> mapped =
                seen.stream().filter(view -> view.spikes().isEmpty()).toList();
        List<Figure> figures = new ArrayList<>();
        if (!mapped.isEmpty()) {
            figures.add(maps(image, mapped));
        }
        for (View view : seen) {
            if (!view.spikes().isEmpty()) {
                figures.add(new SpikeRaster(
                        view.network() + ": " + image.title(),
                        truth(image) + capital(view.prediction()) + ".",
                        view.spikes()));
            }
        }
        return figures.size() == 1 ? figures.get(0) : new SideBySide(image.title(), figures);
    }

    private MapSheet maps(Seen image, List<View> mapped) {
        BufferedImage picture =
                PixelImage.ofBytes(image.pixels(), image.from(), shape.height(), shape.width(), shape.channels());
        if (mapped.size() == 1) {
            View only = mapped.get(0);
            return new MapSheet(
                    only.network() + ": " + image.title(),
                    truth(image) + capital(only.prediction()) + ". " + SCALES,
                    Optional.of(picture),
                    List.of(new MapSheet.Column("", "", only.layers())));
        }
        return new MapSheet(
                capital(image.title()),
                truth(image) + SCALES + " It is the same for all networks.",
                Optional.of(picture),
                mapped.stream()
                        .map(view -> new MapSheet.Column(view.network(), view.prediction(), view.layers()))
                        .toList());
    }

    private static String capital(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    /** The filters of the first layers of the networks; nothing when none of them are pictures. */
    public Optional<Figure> filters() {
        if (filters.isEmpty()) {
            return Optional.empty();
        }
        boolean one = filters.size() == 1;
        String title = "Filters of the first layer";
        return Optional.of(new MapSheet(
                one ? filters.get(0).title() + ": " + title.toLowerCase(Locale.ROOT) : title,
                "All filters of a row have one scale of colours"
                        + (shape.channels() == 3 ? ", grey at zero in each of red, green and blue." : "."),
                Optional.empty(),
                one ? List.of(new MapSheet.Column("", "", filters.get(0).layers())) : filters));
    }
}
