package org.bpfree.cli;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.bpfree.files.AtomicFile;
import org.bpfree.files.Json;
import org.bpfree.measure.robustness.Robustness.Line;
import org.bpfree.report.LinePlot;

/** The files {@code bpfree robustness} leaves: a table as CSV and JSON, and two plots. */
final class RobustnessFiles {
    private static final CSVFormat CSV = CSVFormat.DEFAULT
            .builder()
            .setHeader("disturbance", "gradient", "strength", "accuracy", "loss")
            .setRecordSeparator('\n')
            .get();

    private RobustnessFiles() {}

    /** Writes all files into a folder, which is made where it is missing. */
    static void write(Path folder, List<Line> lines, Map<String, Object> facts) {
        AtomicFile.createFolder(folder);
        AtomicFile.write(folder.resolve("robustness.csv"), csv(lines));
        Map<String, Object> content = new LinkedHashMap<>(facts);
        content.put("lines", lines);
        AtomicFile.write(folder.resolve("robustness.json"), Json.pretty(content) + "\n");
        Line clean = lines.get(0);
        plot(
                folder.resolve("attacks.png"),
                "Attacked test images",
                "largest change of a pixel (epsilon)",
                clean,
                lines.stream().filter(line -> !line.gradient().equals("none")).toList());
        plot(
                folder.resolve("corruptions.png"),
                "Corrupted test images",
                "severity",
                clean,
                lines.stream()
                        .filter(Predicate.<Line>isEqual(clean).negate())
                        .filter(line -> line.gradient().equals("none"))
                        .toList());
    }

    private static String csv(List<Line> lines) {
        StringWriter text = new StringWriter();
        try (CSVPrinter printer = new CSVPrinter(text, CSV)) {
            for (Line line : lines) {
                printer.printRecord(line.disturbance(), line.gradient(), line.strength(), line.accuracy(), line.loss());
            }
        } catch (IOException e) {
            throw new IllegalStateException("a string can always be written", e);
        }
        return text.toString();
    }

    private static void plot(Path file, String title, String xTitle, Line clean, List<Line> lines) {
        if (lines.isEmpty()) {
            return;
        }
        LinePlot plot = new LinePlot(title, xTitle, "accuracy, %", false);
        lines.stream().map(RobustnessFiles::name).distinct().forEach(name -> {
            List<Line> own =
                    lines.stream().filter(line -> name(line).equals(name)).toList();
            double[] x = new double[own.size() + 1];
            double[] y = new double[own.size() + 1];
            y[0] = 100 * clean.accuracy();
            for (int i = 0; i < own.size(); i++) {
                x[i + 1] = own.get(i).strength();
                y[i + 1] = 100 * own.get(i).accuracy();
            }
            plot.line(name, x, y);
        });
        plot.write(file);
    }

    private static String name(Line line) {
        return line.gradient().equals("none")
                ? line.disturbance()
                : line.disturbance() + ", " + line.gradient() + " gradient";
    }
}
