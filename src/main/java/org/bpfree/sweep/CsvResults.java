package org.bpfree.sweep;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.bpfree.run.RunResult;
import org.bpfree.statistics.Summary;

/** Results with one row a cell; what is not known is empty. */
final class CsvResults {
    private static final CSVFormat FORMAT =
            CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get();

    private CsvResults() {}

    static String print(Results results) {
        Map<Map<String, String>, Results.Group> groups =
                results.groups().stream().collect(Collectors.toMap(Results.Group::settings, Function.identity()));
        StringWriter table = new StringWriter();
        try (CSVPrinter printer = new CSVPrinter(table, FORMAT)) {
            printer.printRecord(header(results));
            for (Results.Row row : results.rows()) {
                printer.printRecord(
                        record(results, row, groups.get(row.report().cell().settings())));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a string can always be written
        }
        return table.toString();
    }

    private static List<String> header(Results results) {
        List<String> header = new ArrayList<>(List.of("index", "id"));
        header.addAll(results.paths());
        header.addAll(List.of("seed", "state", "reason"));
        header.addAll(RunResult.figureNames());
        header.addAll(List.of(
                "gainOverShallow", "shallowControl", "twinTestAccuracy", "version", "seedsPlanned", "seedsDone"));
        header.addAll(List.of("testAccuracyMean", "testAccuracySd", "testLossMean", "testLossSd"));
        header.addAll(List.of("gainOverShallowMean", "gainOverShallowSd"));
        return header;
    }

    private static List<String> record(Results results, Results.Row row, Results.Group group) {
        PlannedCell cell = row.report().cell();
        List<String> record = new ArrayList<>(List.of(String.valueOf(cell.index()), cell.id()));
        results.paths().forEach(path -> record.add(cell.settings().getOrDefault(path, "")));
        record.add(String.valueOf(cell.seed()));
        record.add(row.report().state().toString());
        record.add(row.report().reason());
        RunResult.figureNames().forEach(figure -> record.add(row.figure(figure)));
        OptionalDouble gain = row.gain().value();
        record.add(gain.isPresent() ? String.valueOf(gain.getAsDouble()) : "");
        record.add(row.gain().control().toString());
        OptionalDouble twin = Figure.TEST_ACCURACY.of(row.result().flatMap(RunResult::twin));
        record.add(twin.isPresent() ? String.valueOf(twin.getAsDouble()) : "");
        record.add(row.version());
        record.add(String.valueOf(group.planned()));
        record.add(String.valueOf(group.done()));
        for (Summary statistics : List.of(group.of(Figure.TEST_ACCURACY), group.of(Figure.TEST_LOSS), group.gain())) {
            record.add(number(statistics.mean()));
            record.add(number(statistics.deviation()));
        }
        return record;
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "" : String.valueOf(value);
    }
}
