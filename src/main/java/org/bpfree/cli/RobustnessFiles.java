package org.bpfree.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bpfree.files.AtomicFile;
import org.bpfree.files.Json;
import org.bpfree.measure.robustness.Robustness.Line;
import org.bpfree.measure.robustness.RobustnessArm;
import org.bpfree.report.RobustnessFigures;
import org.bpfree.report.TableFormat;

/** The files {@code bpfree robustness} leaves: a table as CSV and JSON, and two figures. */
final class RobustnessFiles {
    private static final List<String> COLUMNS =
            List.of("arm", "runs", "disturbance", "gradient", "strength", "accuracy", "error", "errorIs", "loss");

    private RobustnessFiles() {}

    /**
     * Writes all files into a folder, which is made where it is missing.
     *
     * @param content of the JSON file
     */
    static void write(Path folder, RobustnessFigures figures, Map<String, Object> content, FigureFormatOption format) {
        AtomicFile.createFolder(folder);
        AtomicFile.write(folder.resolve("robustness.csv"), csv(figures.arms()));
        AtomicFile.write(folder.resolve("robustness.json"), Json.pretty(content) + "\n");
        figures.attacks().ifPresent(figure -> format.write(folder, "attacks", figure));
        figures.corruptions().ifPresent(figure -> format.write(folder, "corruptions", figure));
    }

    /** A line an arm and disturbance. */
    static String csv(List<RobustnessArm> arms) {
        List<List<String>> lines = new ArrayList<>();
        for (RobustnessArm arm : arms) {
            for (RobustnessArm.Row row : arm.rows()) {
                Line kind = row.kind();
                lines.add(List.of(
                        arm.name(),
                        String.valueOf(arm.runs()),
                        kind.disturbance(),
                        kind.gradient(),
                        String.valueOf(kind.strength()),
                        String.valueOf(row.accuracy()),
                        String.valueOf(row.error()),
                        arm.errorInWords(),
                        String.valueOf(row.loss())));
            }
        }
        return TableFormat.csv.print(COLUMNS, lines);
    }
}
