package org.bpfree.report;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.bpfree.run.RunRecord;
import org.bpfree.statistics.Interval;
import org.bpfree.statistics.Summary;

/** Charts with a dot an arm: test accuracy, and what training costs. */
final class LearnerCharts {
    private static final double PERCENT = 100;

    private final Comparison comparison;

    LearnerCharts(Comparison comparison) {
        this.comparison = comparison;
    }

    /** Test accuracy, a chart a task. */
    ChartGroup accuracy() {
        return new ChartGroup(
                "learners",
                comparison.arms().size() > 1 ? "Which learner wins" : "Test accuracy",
                "Accuracy on the test images after the last epoch, never of the best one.",
                false,
                charts(
                        "Test accuracy",
                        "%",
                        "Dot: mean over seeds; bar: 95 % interval of the mean (Student's t; none of one seed). The lines are the means "
                                + "of reference and control, and guessing.",
                        run -> scaled(run.testAccuracy()),
                        PERCENT));
    }

    /** Time and memory, a chart each and task. */
    ChartGroup cost() {
        List<Chart> charts = new ArrayList<>(charts(
                "Time an image",
                "ms",
                "Of the training steps alone, on the machine of the run. Dot: mean over seeds; bar: 95 % interval.",
                RunFigures::millisecondsPerImage,
                null));
        charts.addAll(charts(
                "Memory an image",
                "KiB",
                "For activations, errors and what else the learner needs for each image of a batch, without the weights.",
                RunFigures::kilobytesPerImage,
                null));
        return new ChartGroup("cost", "Cost", "What a training step takes: the less, the better.", false, charts);
    }

    private static OptionalDouble scaled(OptionalDouble fraction) {
        return fraction.isPresent() ? OptionalDouble.of(PERCENT * fraction.getAsDouble()) : fraction;
    }

    /** A chart a task; accuracies, which have an end, have marks too. */
    private List<Chart> charts(
            String title, String unit, String help, Function<RunRecord, OptionalDouble> figure, Double most) {
        double largest = 0;
        List<Chart> charts = new ArrayList<>();
        for (String task : comparison.tasks()) {
            List<Chart.Series> series = new ArrayList<>();
            for (int arm : comparison.drawn()) {
                Summary summary = Summary.of(List.copyOf(
                        comparison.arms().get(arm).figures(task, figure).values()));
                if (summary.count() > 0) {
                    Interval interval = summary.interval();
                    series.add(new Chart.Series(
                            arm,
                            List.<Double[]>of(new Double[] {
                                MeanCurve.rounded(summary.mean()),
                                MeanCurve.rounded(interval.low()),
                                MeanCurve.rounded(interval.high()),
                                (double) summary.count()
                            }),
                            null));
                    largest = Math.max(largest, (interval.isKnown() ? interval.high() : summary.mean()));
                }
            }
            Chart.Axis x = Chart.Axis.linear(title + ", " + unit, 0.0, null);
            charts.add(new Chart(
                    Chart.DOTS,
                    task,
                    title,
                    help,
                    x,
                    Chart.Axis.linear("", null, null),
                    series,
                    most != null ? marks(task) : List.of()));
        }
        double end = most != null ? most : largest;
        return charts.stream().map(chart -> chart.upTo(end)).toList();
    }

    private List<Chart.Mark> marks(String task) {
        List<Chart.Mark> marks = new ArrayList<>();
        comparison.arm(comparison.reference()).ifPresent(arm -> mark(marks, arm, task, "reference"));
        comparison.arm(comparison.control()).ifPresent(arm -> mark(marks, arm, task, "control"));
        comparison.arms().stream()
                .flatMap(arm -> arm.at(task).stream())
                .flatMap(run -> run.confusion().stream())
                .findFirst()
                .ifPresent(confusion -> marks.add(
                        new Chart.Mark("chance", PERCENT / confusion.classes().size(), "chance")));
        return marks;
    }

    private static void mark(List<Chart.Mark> marks, Arm arm, String task, String look) {
        Summary summary = Summary.of(
                List.copyOf(arm.figures(task, RunRecord::testAccuracy).values()));
        if (summary.count() > 0) {
            marks.add(
                    new Chart.Mark(look + " (" + arm.label() + ")", MeanCurve.rounded(PERCENT * summary.mean()), look));
        }
    }
}
