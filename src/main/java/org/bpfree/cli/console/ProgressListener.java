package org.bpfree.cli.console;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.bpfree.graph.Loss;
import org.bpfree.run.Console;
import org.bpfree.run.Progress;
import org.bpfree.train.TrainingState;

/** Shows epochs, losses, speed and the time left. */
final class ProgressListener implements Progress {
    private static final int MOST_ANGLES = 8;
    private static final int BAR_COLUMNS = 40; // epoch, percentage, a short bar, the count of batches and two times
    private static final long LINE_NANOS = Duration.ofSeconds(30).toNanos();

    private final Console console;
    private final ProgressMode mode;
    private final int epochs;
    private final String label;
    private int batches;
    private long firstStep;
    private long startNanos;
    private long lastLineNanos;
    private BarLine barLine;
    private ProgressBar bar;
    private String angles = "";

    /**
     * A listener for one run.
     *
     * @param mode {@code bar}, {@code plain} or {@code none}
     * @param label what is being trained
     */
    ProgressListener(Console console, ProgressMode mode, int epochs, String label) {
        this.console = console;
        this.mode = mode;
        this.epochs = epochs;
        this.label = label;
    }

    /**
     * Shows the angles of the weights' updates to backpropagation's, from the first layer to the last, until there are newer ones.
     *
     * @param figures as {@link org.bpfree.measure.AlignmentProbe} names them
     */
    @Override
    public void show(Map<String, Double> figures) {
        List<String> degrees = figures.entrySet().stream()
                .filter(figure -> figure.getKey().endsWith("/weights/updateAngle"))
                .map(figure ->
                        figure.getValue().isNaN() ? "undefined" : String.format(Locale.ROOT, "%.0f", figure.getValue()))
                .toList();
        int hidden = Math.max(0, degrees.size() - MOST_ANGLES);
        List<String> shown = hidden == 0 ? degrees : new ArrayList<>(degrees.subList(0, MOST_ANGLES - 1));
        if (hidden > 0) {
            shown.add("..");
            shown.add(degrees.get(degrees.size() - 1));
        }
        angles = degrees.isEmpty() ? "" : ", angles " + String.join(" ", shown) + "°";
    }

    @Override
    public void started(TrainingState state, int batchesPerEpoch) {
        batches = batchesPerEpoch;
        firstStep = state.step;
        startNanos = System.nanoTime();
        lastLineNanos = startNanos;
        openBar(state);
    }

    @Override
    public void batchLearned(TrainingState state, Loss.Result result, double rate) {
        if (bar != null) {
            bar.stepTo(state.batch);
            List<String> parts = new ArrayList<>(List.of("run " + left(state), figures(state.running), speed(state)));
            if (!angles.isEmpty()) {
                parts.add(angles.substring(", ".length()));
            }
            bar.setExtraMessage(fitted(parts, barLine.getMaxRenderedLength() - BAR_COLUMNS - label.length()));
        } else if (mode == ProgressMode.plain && System.nanoTime() - lastLineNanos > LINE_NANOS) {
            lastLineNanos = System.nanoTime();
            console.say(String.format(
                    Locale.ROOT,
                    "%s epoch %d/%d %3.0f %%  %s, %s, %s",
                    label,
                    state.epoch + 1,
                    epochs,
                    100.0 * state.batch / batches,
                    figures(state.running) + angles,
                    speed(state),
                    left(state)));
        }
    }

    @Override
    public void epochFinished(TrainingState state, double rate, boolean improved) {
        closeBar();
        lastLineNanos = System.nanoTime();
        String validation = state.lastValidation.images() == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        "; validation loss %.4f, accuracy %.2f %%%s",
                        state.lastValidation.meanLoss(),
                        100 * state.lastValidation.accuracy(),
                        improved ? " (best)" : ", best after epoch " + state.bestEpoch);
        String line = String.format(
                Locale.ROOT,
                "%s epoch %d/%d  %s%s; %s, %s",
                label,
                state.epoch,
                epochs,
                figures(state.lastTrain) + angles,
                validation,
                speed(state),
                left(state));
        if (mode == ProgressMode.none) {
            console.note(line);
        } else {
            console.say(line);
        }
        if (state.epoch < epochs) {
            openBar(state);
        }
    }

    @Override
    public void ended(TrainingState state, StopReason reason) {
        closeBar();
    }

    /**
     * As much as fits into a line: parts that do not fit are left out, the first is always there.
     *
     * @param parts the most important first
     */
    static String fitted(List<String> parts, int room) {
        StringBuilder line = new StringBuilder(parts.get(0));
        for (String part : parts.subList(1, parts.size())) {
            if (line.length() + 2 + part.length() <= room) {
                line.append(", ").append(part);
            }
        }
        return line.toString();
    }

    private void openBar(TrainingState state) {
        if (mode == ProgressMode.bar && state.epoch < epochs) {
            barLine = new BarLine(System.err);
            bar = new ProgressBarBuilder()
                    .setTaskName(label + " " + (state.epoch + 1) + "/" + epochs)
                    .setInitialMax(batches)
                    .setStyle(
                            System.getenv("NO_COLOR") != null ? ProgressBarStyle.ASCII : ProgressBarStyle.UNICODE_BLOCK)
                    .setConsumer(barLine)
                    .setUpdateIntervalMillis(200)
                    .build();
            bar.stepTo(state.batch);
        }
    }

    private void closeBar() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }

    private static String figures(Loss.Result result) {
        return String.format(Locale.ROOT, "loss %.4f, accuracy %.2f %%", result.meanLoss(), 100 * result.accuracy());
    }

    private static String speed(TrainingState state) {
        return String.format(Locale.ROOT, "%.0f images/s", state.images / Math.max(1e-9, state.seconds));
    }

    private String left(TrainingState state) {
        long done = state.step - firstStep;
        long steps = (long) batches * epochs - state.step;
        if (done == 0) {
            return "time left unknown";
        }
        double nanos = (System.nanoTime() - startNanos) / (double) done * Math.max(0, steps);
        return Durations.format(Duration.ofNanos((long) nanos)) + " left";
    }
}
