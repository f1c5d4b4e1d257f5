package org.bpfree.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.bpfree.failure.Failure;
import org.bpfree.files.AtomicFile;
import org.bpfree.files.InputFile;
import org.bpfree.files.Json;

/**
 * How often images of each class were taken for each class: the content of {@code confusion.json}.
 *
 * @param classes names of the classes
 * @param counts images by class and prediction, {@code [class][predicted class]}
 */
public record Confusion(List<String> classes, int[][] counts) implements Evaluator.Visitor {
    /** Nothing counted yet. */
    public static Confusion empty(List<String> classes) {
        return new Confusion(classes, new int[classes.size()][classes.size()]);
    }

    @Override
    public void predicted(int label, int prediction) {
        counts[label][prediction]++;
    }

    /** Number of images of a class. */
    public int images(int label) {
        return Arrays.stream(counts[label]).sum();
    }

    /** Share of the images of a class that were classified correctly, 0..1; NaN without images. */
    public double recall(int label) {
        return (double) counts[label][label] / images(label);
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
