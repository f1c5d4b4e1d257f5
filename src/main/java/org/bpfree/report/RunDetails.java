package org.bpfree.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bpfree.run.RunRecord;
import org.bpfree.train.Confusion;

/** The part of a report about one run: confusion of classes, sample predictions, filters, settings. */
final class RunDetails {
    private RunDetails() {}

    private record Cell(String text, String shade, boolean correct) {}

    private record ConfusionRow(String label, String recall, List<Cell> cells) {}

    private record Example(String picture, String caption, boolean correct) {}

    private record Setting(String path, String value) {}

    /** One map a run, under the names the page uses. */
    static List<Map<String, Object>> of(List<RunRecord> runs, List<String> labels, List<Pictures> pictures) {
        List<Map<String, Object>> details = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            RunRecord run = runs.get(i);
            Pictures painted = pictures.get(i);
            Map<String, Object> detail = new LinkedHashMap<>();
            detail.put("label", labels.get(i));
            detail.put("folder", run.folder().toString());
            detail.put("classes", run.confusion().map(Confusion::classes).orElse(List.of()));
            detail.put("confusion", run.confusion().map(RunDetails::rows).orElse(List.of()));
            detail.put("hasConfusion", run.confusion().isPresent());
            detail.put(
                    "samples",
                    painted.samples().stream().map(RunDetails::example).toList());
            detail.put("hasSamples", !painted.samples().isEmpty());
            detail.put("missing", painted.missing());
            detail.put("filters", painted.filters().map(ImageGrid::dataAddress).orElse(""));
            detail.put(
                    "settings",
                    run.settings().entrySet().stream()
                            .map(each -> new Setting(each.getKey(), each.getValue()))
                            .toList());
            details.add(detail);
        }
        return details;
    }

    private static List<ConfusionRow> rows(Confusion confusion) {
        List<ConfusionRow> rows = new ArrayList<>();
        for (int label = 0; label < confusion.classes().size(); label++) {
            int images = Math.max(1, confusion.images(label));
            List<Cell> cells = new ArrayList<>();
            for (int prediction = 0; prediction < confusion.classes().size(); prediction++) {
                int count = confusion.counts()[label][prediction];
                cells.add(new Cell(
                        String.valueOf(count),
                        String.format(Locale.ROOT, "%.0f", 100.0 * count / images),
                        label == prediction));
            }
            rows.add(new ConfusionRow(
                    confusion.classes().get(label),
                    confusion.images(label) == 0
                            ? "-"
                            : String.format(Locale.ROOT, "%.1f", 100 * confusion.recall(label)),
                    cells));
        }
        return rows;
    }

    private static Example example(Pictures.Sample sample) {
        boolean correct = sample.label().equals(sample.prediction());
        return new Example(
                ImageGrid.dataAddress(sample.image()),
                String.format(
                        Locale.ROOT,
                        "%s, %.0f %%%s",
                        sample.prediction(),
                        100 * sample.share(),
                        correct ? "" : " (is " + sample.label() + ")"),
                correct);
    }
}
