package org.bpfree.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.bpfree.measure.UpdateAngle;
import org.bpfree.report.Table.Cell;
import org.bpfree.report.Table.Column;
import org.bpfree.run.RunRecord;
import org.bpfree.run.RunResult;
import org.bpfree.statistics.Interval;
import org.bpfree.statistics.PairedDifference;
import org.bpfree.statistics.Summary;

/** The tables of a report with the figures of arms, claims and runs. */
final class ReportTables {
    private static final double PERCENT = 100;
    private static final String TWO = "%.2f";
    private static final String SIGNED = "%+.2f";

    private ReportTables() {}

    /** A row an arm and task: mean, difference, gain, verdict. */
    static Table arms(Comparison comparison) {
        List<Column> head = new ArrayList<>(List.of(new Column("arm", false)));
        if (comparison.tasks().size() > 1) {
            head.add(new Column("task", false));
        }
        head.addAll(List.of(
                new Column("test accuracy, %", true),
                new Column("95 % interval", true),
                new Column("difference to reference, points", true),
                new Column("its interval", true),
                new Column("verdict", false),
                new Column("gain over control, points", true),
                new Column("its interval", true),
                new Column("verdict", false),
                new Column("seeds", true),
                new Column("deviation, points", true),
                new Column("angle to backprop, °", true)));
        List<Table.Row> rows = new ArrayList<>();
        for (String task : comparison.tasks()) {
            for (int number = 0; number < comparison.arms().size(); number++) {
                Arm arm = comparison.arms().get(number);
                if (!arm.at(task).isEmpty()) {
                    rows.add(row(comparison, number, arm, task));
                }
            }
        }
        for (int number = 0; number < comparison.arms().size(); number++) {
            Arm arm = comparison.arms().get(number);
            if (arm.runs().isEmpty()) {
                List<Cell> cells = new ArrayList<>(List.of(Cell.text("no runs")));
                while (cells.size() < head.size() - 1) {
                    cells.add(Cell.text(""));
                }
                rows.add(new Table.Row(arm.label(), String.valueOf(number), arm.label(), cells));
            }
        }
        return new Table(head, rows);
    }

    private static Table.Row row(Comparison comparison, int number, Arm arm, String task) {
        Standing standing = Standing.of(comparison, arm, task);
        Summary accuracy = standing.accuracy();
        List<Cell> cells = new ArrayList<>();
        if (comparison.tasks().size() > 1) {
            cells.add(Cell.text(task));
        }
        cells.add(Cell.number(TWO, PERCENT * accuracy.mean()));
        cells.add(interval(accuracy.interval(), TWO));
        cells.addAll(difference(standing, standing.difference(), comparison.arm(comparison.reference()), "reference"));
        cells.addAll(difference(standing, standing.gain(), comparison.arm(comparison.control()), "control"));
        cells.add(seeds(standing));
        cells.add(Cell.number(TWO, PERCENT * accuracy.deviation()));
        cells.add(meanAngle(arm, task));
        return new Table.Row(arm.label() + " " + task, String.valueOf(number), arm.label(), cells);
    }

    private static Cell seeds(Standing standing) {
        int seeds = standing.arm().seeds(standing.task()).size();
        int counted = standing.accuracy().count();
        if (counted == seeds) {
            return Cell.number("%.0f", seeds);
        }
        String diverged = standing.diverged() == 0 ? "" : ", " + standing.diverged() + " diverged";
        return Cell.inPlaceOfNumber(counted + " of " + seeds + diverged);
    }

    private static List<Cell> difference(
            Standing standing, Optional<PairedDifference> pairs, Optional<Arm> other, String what) {
        if (pairs.isEmpty()) {
            return List.of(
                    Cell.inPlaceOfNumber(whyNone(standing, other, what)),
                    Cell.inPlaceOfNumber(Table.NONE),
                    Cell.text(""));
        }
        Summary summary = pairs.get().summary();
        Standing.Verdict verdict = standing.verdict(pairs.get());
        boolean all = summary.count() == standing.accuracy().count();
        return List.of(
                Cell.number(
                        SIGNED
                                + (all
                                        ? ""
                                        : " (" + summary.count() + " of "
                                                + standing.accuracy().count() + " seeds)"),
                        PERCENT * summary.mean()),
                interval(summary.interval(), SIGNED),
                Cell.kind(verdict.words, verdict.name().toLowerCase(Locale.ROOT)));
    }

    private static String whyNone(Standing standing, Optional<Arm> other, String what) {
        if (other.isPresent() && other.get().equals(standing.arm())) {
            return "is the " + what;
        }
        if (other.isEmpty() || other.get().at(standing.task()).isEmpty()) {
            return what + " not run";
        }
        return standing.accuracy().count() == 0 ? Table.NONE : what + " has other seeds";
    }

    private static Cell interval(Interval interval, String format) {
        return Cell.inPlaceOfNumber(interval.text(PERCENT, format));
    }

    /** The mean over seeds; a word where it is undefined for one of them. */
    private static Cell meanAngle(Arm arm, String task) {
        List<UpdateAngle> angles = arm.seeds(task).values().stream()
                .flatMap(run -> run.result().stream())
                .map(RunResult::updateAngle)
                .toList();
        Optional<UpdateAngle> without =
                angles.stream().filter(angle -> angle.note() != null).findFirst();
        if (without.isPresent()) {
            return Cell.inPlaceOfNumber(UpdateAngle.word(without.get().note()));
        }
        return Cell.number(
                "%.1f",
                angles.stream().anyMatch(angle -> angle.degrees() == null)
                        ? Double.NaN
                        : angles.stream()
                                .mapToDouble(UpdateAngle::degrees)
                                .average()
                                .orElse(Double.NaN));
    }

    /** A row a claim. */
    static Table claims(List<Claim> claims) {
        List<Column> head = List.of(
                new Column("claim", false),
                new Column("verdict", false),
                new Column("figure", false),
                new Column("measured", true),
                new Column("95 % interval", true),
                new Column("claimed", true),
                new Column("what is missing", false),
                new Column("source", false));
        return new Table(
                head,
                claims.stream()
                        .map(claim -> {
                            Claim.Measured measured = claim.measured();
                            List<Cell> cells = List.of(
                                    Cell.kind(
                                            claim.verdict().toString(),
                                            claim.verdict().toString()),
                                    Cell.text(measured.figure()),
                                    Cell.number(TWO + " " + measured.unit().replace("%", "%%"), measured.value()),
                                    Cell.inPlaceOfNumber(measured.interval().text(1, TWO)),
                                    Cell.inPlaceOfNumber(measured.bound()),
                                    Cell.text(claim.missing()),
                                    Cell.text(claim.source()));
                            return new Table.Row(claim.says() + " " + measured.figure(), "", claim.says(), cells);
                        })
                        .toList());
    }

    /** A row a run. */
    static Table runs(List<ShownRun> runs) {
        Map<String, Function<RunRecord, Cell>> columns = new LinkedHashMap<>();
        columns.put("epochs", of("%.0f", result -> whole(result.epochs())));
        columns.put("test accuracy, %", of(TWO, result -> percent(result.test().accuracy())));
        columns.put("test loss", of("%.4f", result -> result.test().loss()));
        columns.put(
                "validation accuracy, %",
                of(TWO, result -> percent(result.validation().accuracy())));
        columns.put(
                "training accuracy, %", of(TWO, result -> percent(result.train().accuracy())));
        columns.put("images/s", of("%.0f", result -> result.cost().imagesPerSecond()));
        columns.put("KiB an image", run -> number(TWO, RunFigures.kilobytesPerImage(run)));
        columns.put("parameters", of("%,.0f", result -> whole(result.size().parameters())));
        columns.put(
                "feedback parameters", of("%,.0f", result -> whole(result.size().feedbackParameters())));
        List<Column> head = new ArrayList<>(List.of(new Column("run", false)));
        columns.keySet().forEach(title -> head.add(new Column(title, true)));
        head.add(new Column("status", false));
        List<Table.Row> rows = new ArrayList<>();
        for (ShownRun shown : runs) {
            List<Cell> cells = new ArrayList<>();
            columns.values().forEach(column -> cells.add(column.apply(shown.run())));
            cells.add(Cell.text(shown.run().status()));
            rows.add(new Table.Row(shown.text(), String.valueOf(shown.arm()), shown.label(), cells));
        }
        return new Table(head, rows);
    }

    private static Function<RunRecord, Cell> of(String format, Function<RunResult, Double> figure) {
        return run -> {
            Double value = run.result().map(figure).orElse(null);
            return number(format, value == null ? OptionalDouble.empty() : OptionalDouble.of(value));
        };
    }

    private static Cell number(String format, OptionalDouble value) {
        return Cell.number(format, value.orElse(Double.NaN));
    }

    private static Double whole(Number number) {
        return number == null ? null : (Double) number.doubleValue();
    }

    private static Double percent(Double fraction) {
        return fraction == null ? null : (Double) (PERCENT * fraction);
    }
}
