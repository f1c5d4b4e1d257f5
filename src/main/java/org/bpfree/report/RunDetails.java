package org.bpfree.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleBiFunction;
import org.bpfree.run.RunRecord;
import org.bpfree.train.Confusion;

/**
 * What the page holds of single runs, as data of which {@code runs.js} makes elements when a reader unfolds a run: confusion of classes,
 * sample predictions, filters, settings. Pictures and names of classes that several runs have stand once.
 */
final class RunDetails {
    /** All matrices together; a count takes some three bytes of the page. */
    private static final int MOST_COUNTS = 150_000;

    private static final int MOST_MISTAKES = 60;
    /** The most runs that a page shows by themselves. */
    static final int MOST_RUNS = 100;

    private final Map<String, Integer> pictures = new LinkedHashMap<>();
    private final Map<List<String>, Integer> classes = new LinkedHashMap<>();
    private final List<Map<String, Object>> runs = new ArrayList<>();

    private record Example(int picture, String caption, boolean correct) {}

    /**
     * The details.
     *
     * @param shared settings that all runs have, which stand elsewhere
     */
    static Map<String, Object> of(
            List<ShownRun> runs, Map<String, String> shared, Function<RunRecord, Pictures> pictures) {
        RunDetails details = new RunDetails();
        long counts = runs.stream()
                .flatMap(shown -> shown.run().confusion().stream())
                .mapToLong(confusion ->
                        (long) confusion.classes().size() * confusion.classes().size())
                .sum();
        for (ShownRun shown : runs) {
            details.add(shown.run(), shared, pictures.apply(shown.run()), counts <= MOST_COUNTS);
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("runs", details.runs);
        all.put("pictures", details.pictures.keySet());
        all.put("classes", details.classes.keySet());
        return all;
    }

    private void add(RunRecord run, Map<String, String> shared, Pictures painted, boolean whole) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("folder", run.folder().toString());
        run.confusion().ifPresent(confusion -> {
            detail.put("classes", place(classes, confusion.classes()));
            detail.put("recall", percent(confusion, Confusion::recall));
            detail.put("precision", percent(confusion, Confusion::precision));
            detail.put("f1", percent(confusion, Confusion::f1));
            detail.put(whole ? "counts" : "mistakes", whole ? confusion.matrix() : mistakes(confusion));
        });
        detail.put("missing", painted.missing());
        detail.put("samples", painted.samples().stream().map(this::sample).toList());
        painted.filters().ifPresent(filters -> {
            detail.put("filters", place(pictures, PixelImage.dataAddress(filters.image())));
            detail.put("filterScale", filters.scale());
        });
        Map<String, String> own = new LinkedHashMap<>(run.settings());
        own.keySet().removeAll(shared.keySet());
        detail.put("settings", own);
        runs.add(detail);
    }

    private static <T> int place(Map<T, Integer> among, T thing) {
        return among.computeIfAbsent(thing, added -> among.size());
    }

    /** Percent of each class; null where the figure is not defined. */
    private static List<Double> percent(Confusion confusion, ToDoubleBiFunction<Confusion, Integer> figure) {
        List<Double> percent = new ArrayList<>();
        for (int label = 0; label < confusion.classes().size(); label++) {
            double value = figure.applyAsDouble(confusion, label);
            percent.add(Double.isNaN(value) ? null : MeanCurve.rounded(100 * value));
        }
        return percent;
    }

    /** Class, prediction and count of the most frequent mistakes, where there are too many classes for whole matrices. */
    private static List<int[]> mistakes(Confusion confusion) {
        List<int[]> mistakes = new ArrayList<>();
        for (Confusion.Cell cell : confusion.cells()) {
            if (cell.label() != cell.prediction()) {
                mistakes.add(new int[] {cell.label(), cell.prediction(), cell.count()});
            }
        }
        mistakes.sort((first, second) -> Integer.compare(second[2], first[2]));
        return List.copyOf(mistakes.subList(0, Math.min(MOST_MISTAKES, mistakes.size())));
    }

    private Example sample(Pictures.Sample sample) {
        boolean correct = sample.label().equals(sample.prediction());
        String caption = String.format(
                Locale.ROOT,
                "%s, %.0f %%%s",
                sample.prediction(),
                100 * sample.share(),
                correct ? "" : " (is " + sample.label() + ")");
        return new Example(place(pictures, PixelImage.dataAddress(sample.image())), caption, correct);
    }
}
