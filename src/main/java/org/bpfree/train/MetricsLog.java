package org.bpfree.train;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.bpfree.failure.Failure;
import org.bpfree.files.AtomicFile;
import org.bpfree.files.InputFile;
import org.bpfree.files.Json;

/**
 * The figures of a run over time: {@code metrics.jsonl} with one object a moment, and {@code metrics.csv} with the columns {@code
 * epoch, step, metric, value}, one figure a line, so that the header never changes. Wall-clock times are left out, so that equal runs
 * give equal files. Figures that are not a number are written as {@code NaN}.
 */
public final class MetricsLog {
    private static final CSVFormat CSV = CSVFormat.DEFAULT
            .builder()
            .setHeader("epoch", "step", "metric", "value")
            .setRecordSeparator('\n')
            .get();

    private final Path csv;
    private final Path jsonl;
    private final List<Moment> moments = new ArrayList<>();
    private Follower follower = Follower.NONE;

    /** Gets the figures as they come, for another kind of file. */
    public interface Follower {
        /** Does nothing. */
        Follower NONE = new Follower() {
            @Override
            public void figures(long step, Map<String, Double> figures) {}

            @Override
            public void flush() {}
        };

        /** Figures of a moment, after so many steps. */
        void figures(long step, Map<String, Double> figures);

        /** What was given is to reach the disk. */
        void flush();
    }

    private record Moment(int epoch, long step, Map<String, Double> figures) {
        /** Whether a run that goes on at a state has this behind it. */
        boolean comesBefore(TrainingState state) {
            // The summary of an epoch follows its last batch, which a checkpoint may have caught.
            boolean summary = figures.containsKey("train/loss");
            return step < state.step || step == state.step && (!summary || epoch <= state.epoch);
        }
    }

    private MetricsLog(Path folder) {
        csv = folder.resolve("metrics.csv");
        jsonl = folder.resolve("metrics.jsonl");
    }

    /**
     * The log in a run folder, with what it holds up to a state. Later figures are dropped, since they come again; those of an epoch
     * are later than its last batch, which a checkpoint may have caught.
     */
    public static MetricsLog open(Path folder, TrainingState upTo) {
        MetricsLog log = new MetricsLog(folder);
        if (InputFile.isThere(log.jsonl)) {
            try {
                for (String line : Files.readAllLines(log.jsonl)) {
                    Moment moment = parse(line);
                    if (moment.comesBefore(upTo)) {
                        log.moments.add(moment);
                    }
                }
            } catch (IOException e) {
                throw InputFile.cannotRead(Failure.Kind.FAILED, log.jsonl, e);
            }
        }
        return log;
    }

    private static Moment parse(String line) throws IOException {
        Map<String, Double> figures = new LinkedHashMap<>();
        int[] epoch = {0};
        long[] step = {0};
        Json.parse(line).properties().forEach(field -> {
            switch (field.getKey()) {
                case "epoch" -> epoch[0] = field.getValue().asInt();
                case "step" -> step[0] = field.getValue().asLong();
                default ->
                    figures.put(field.getKey(), Double.valueOf(field.getValue().asText()));
            }
        });
        return new Moment(epoch[0], step[0], figures);
    }

    /** Passes what is added from here on to a follower, too. */
    public void followedBy(Follower other) {
        follower = other;
    }

    /** Adds the figures of a moment; they reach the disk with the next {@link #flush}. */
    public void add(int epoch, long step, Map<String, Double> figures) {
        moments.add(new Moment(epoch, step, new LinkedHashMap<>(figures)));
        follower.figures(step, figures);
    }

    /** The figures of the last moment that has one whose name begins so; empty when there is none. */
    public Map<String, Double> last(String prefix) {
        for (int i = moments.size() - 1; i >= 0; i--) {
            Map<String, Double> figures = moments.get(i).figures;
            if (figures.keySet().stream().anyMatch(name -> name.startsWith(prefix))) {
                return Map.copyOf(figures);
            }
        }
        return Map.of();
    }

    /** Writes both files. */
    public void flush() {
        StringWriter table = new StringWriter();
        StringBuilder lines = new StringBuilder();
        try (CSVPrinter printer = new CSVPrinter(table, CSV)) {
            for (Moment moment : moments) {
                Map<String, Object> object = new LinkedHashMap<>();
                object.put("epoch", moment.epoch);
                object.put("step", moment.step);
                object.putAll(moment.figures);
                lines.append(Json.line(object)).append('\n');
                for (Map.Entry<String, Double> figure : moment.figures.entrySet()) {
                    printer.printRecord(moment.epoch, moment.step, figure.getKey(), figure.getValue());
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("a string can always be written", e);
        }
        AtomicFile.write(csv, table.toString());
        AtomicFile.write(jsonl, lines.toString());
        follower.flush();
    }
}
