package org.bpfree.train;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.bpfree.failure.Failure;
import org.bpfree.files.AtomicFile;
import org.bpfree.files.InputFile;
import org.bpfree.files.Json;

/**
 * How often images of each class were taken for each class: the content of {@code confusion.json}, and the figures of classes that follow from
 * it. Only what occurs is kept, so that thousands of classes take no more room than their images.
 */
public final class Confusion implements Evaluator.Visitor {
    /** Up to so many classes the file holds the whole matrix. */
    static final int MOST_WHOLE = 256;

    private final List<String> classes;
    private final Map<Long, Integer> counts = new TreeMap<>(); // by label * classes + prediction
    private final int[] images; // of each class
    private final int[] predicted; // as each class

    /** Nothing counted yet. */
    public static Confusion empty(List<String> classes) {
        return new Confusion(classes);
    }

    private Confusion(List<String> classes) {
        this.classes = List.copyOf(classes);
        images = new int[classes.size()];
        predicted = new int[classes.size()];
    }

    /** Counts of a matrix {@code [class][predicted class]}. */
    public Confusion(List<String> classes, int[][] matrix) {
        this(classes);
        for (int label = 0; label < matrix.length; label++) {
            for (int prediction = 0; prediction < matrix[label].length; prediction++) {
                add(label, prediction, matrix[label][prediction]);
            }
        }
    }

    /**
     * A number of images of a class that were taken for a class.
     *
     * @param label number of the class
     * @param prediction number of the class they were taken for
     * @param count at least 1
     */
    public record Cell(int label, int prediction, int count) {}

    /** As files hold it: a whole matrix, or label, prediction and count of what occurs. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Content(List<String> classes, int[][] counts, List<int[]> cells) {}

    @JsonCreator
    static Confusion of(
            @JsonProperty("classes") List<String> classes,
            @JsonProperty("counts") int[][] counts,
            @JsonProperty("cells") List<int[]> cells) {
        Confusion confusion = counts == null ? new Confusion(classes) : new Confusion(classes, counts);
        if (cells != null) {
            cells.forEach(cell -> confusion.add(cell[0], cell[1], cell[2]));
        }
        return confusion;
    }

    @JsonValue
    Object content() {
        return isSmall()
                ? new Content(classes, matrix(), null)
                : new Content(
                        classes,
                        null,
                        cells().stream()
                                .map(cell -> new int[] {cell.label, cell.prediction, cell.count})
                                .toList());
    }

    @Override
    public void predicted(int label, int prediction, int rank) {
        add(label, prediction, 1);
    }

    private void add(int label, int prediction, int count) {
        if (count > 0) {
            counts.merge((long) label * classes.size() + prediction, count, Integer::sum);
            images[label] += count;
            predicted[prediction] += count;
        }
    }

    /** Names of the classes. */
    public List<String> classes() {
        return classes;
    }

    /** Whether there are few enough classes for {@link #matrix}. */
    public boolean isSmall() {
        return classes.size() <= MOST_WHOLE;
    }

    /** Images by class and prediction, {@code [class][predicted class]}. */
    public int[][] matrix() {
        int[][] matrix = new int[classes.size()][classes.size()];
        cells().forEach(cell -> matrix[cell.label][cell.prediction] = cell.count);
        return matrix;
    }

    /** What occurs, by class, then prediction. */
    public List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        counts.forEach((place, count) ->
                cells.add(new Cell((int) (place / classes.size()), (int) (place % classes.size()), count)));
        return cells;
    }

    /** Number of images of a class. */
    public int images(int label) {
        return images[label];
    }

    private int right(int label) {
        return counts.getOrDefault((long) label * classes.size() + label, 0);
    }

    /** Share of the images of a class that were classified correctly, 0..1; NaN without images. */
    public double recall(int label) {
        return (double) right(label) / images[label];
    }

    /** Share of the images taken for a class that are of it, 0..1; NaN where none was taken for it. */
    public double precision(int label) {
        return (double) right(label) / predicted[label];
    }

    /** The harmonic mean of precision and recall, {@code 2 right / (images + taken for it)}; NaN where there are neither. */
    public double f1(int label) {
        return 2.0 * right(label) / (images[label] + predicted[label]);
    }

    /** Mean recall of the classes that have images: accuracy as if all had equally many; NaN without images. */
    public double balancedAccuracy() {
        return present().mapToDouble(this::recall).average().orElse(Double.NaN);
    }

    /** Mean F1 of the classes that have images; NaN without images. */
    public double macroF1() {
        return present().mapToDouble(this::f1).average().orElse(Double.NaN);
    }

    private IntStream present() {
        return IntStream.range(0, classes.size()).filter(label -> images[label] > 0);
    }

    /** Replaces the file. */
    public void write(Path file) {
        AtomicFile.write(file, Json.line(this) + "\n");
    }

    /**
     * Reads the file.
     *
     * @throws Failure if it cannot be read or is not such a file
     */
    public static Confusion read(Path file) {
        try {
            return Json.parse(Files.readString(file), Confusion.class);
        } catch (IOException e) {
            throw InputFile.cannotRead(Failure.Kind.FAILED, file, e);
        }
    }
}
