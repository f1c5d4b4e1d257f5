package org.bpfree.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.bpfree.data.ImageSet;
import org.bpfree.measure.features.LayerProbe;
import org.bpfree.measure.features.LayerProbe.Reading;
import org.bpfree.report.TableFormat;
import org.bpfree.run.TrainedModel;

/** How well linear classifiers read the layers of some networks: a row a layer, a column a network. */
final class ProbeTable {
    private static final int NARROWEST = 10;

    private final ImageSet train;
    private final ImageSet test;
    private final Map<String, List<Reading>> readings = new LinkedHashMap<>(); // by network

    /**
     * An empty table.
     *
     * @param train images the classifiers learn from
     * @param test images that measure
     */
    ProbeTable(ImageSet train, ImageSet test) {
        this.train = train;
        this.test = test;
    }

    /**
     * Measures a network.
     *
     * @param each told of every layer as soon as it is read
     */
    void add(String name, TrainedModel model, Consumer<Reading> each) {
        LayerProbe probe = new LayerProbe(
                model.bench().context(),
                model.normalizer(),
                model.bench().slot(),
                model.bench().experiment().seed());
        readings.put(name, probe.run(train, test, each));
    }

    /** Prints the table; of one network without its name. */
    void print(PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "linear classifiers on every layer, %d training and %d test images; accuracy in %%%n",
                train.size(),
                test.size());
        StringBuilder head = new StringBuilder(String.format(Locale.ROOT, "  %-20s %8s", "layer", "features"));
        readings.keySet().forEach(name -> head.append(cell(name, readings.size() == 1 ? "accuracy" : name)));
        out.println(head);
        for (Reading row : rows()) {
            StringBuilder line =
                    new StringBuilder(String.format(Locale.ROOT, "  %-20s %8d", row.layer(), row.features()));
            readings.forEach((name, all) -> line.append(cell(
                    name,
                    all.stream()
                            .filter(each -> isSameRow(each, row))
                            .findFirst()
                            .map(each -> String.format(Locale.ROOT, "%.2f", 100 * each.accuracy()))
                            .orElse("–"))));
            if (row.features() < row.size()) {
                line.append("   averages of ").append(row.size());
            }
            out.println(line);
        }
        out.flush();
    }

    private static String cell(String name, String text) {
        return "  " + " ".repeat(Math.max(0, Math.max(NARROWEST, name.length()) - text.length())) + text;
    }

    /** Layers in the order of the networks; one that a network has by itself stands behind that which comes before it there. */
    private List<Reading> rows() {
        List<Reading> rows = new ArrayList<>();
        for (List<Reading> all : readings.values()) {
            int next = 0;
            for (Reading reading : all) {
                int place = IntStream.range(0, rows.size())
                        .filter(each -> isSameRow(rows.get(each), reading))
                        .findFirst()
                        .orElse(-1);
                if (place < 0) {
                    place = next;
                    rows.add(place, reading);
                }
                next = place + 1;
            }
        }
        return rows;
    }

    private static boolean isSameRow(Reading first, Reading second) {
        return first.layer().equals(second.layer())
                && first.features() == second.features()
                && first.size() == second.size();
    }

    /** A line a network and layer. */
    String csv() {
        List<List<String>> lines = new ArrayList<>();
        readings.forEach((name, all) -> all.forEach(each -> lines.add(
                List.of(name, each.layer(), String.valueOf(each.features()), String.valueOf(each.accuracy())))));
        return TableFormat.csv.print(List.of("run", "layer", "features", "accuracy"), lines);
    }
}
