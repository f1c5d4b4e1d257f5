package org.bpfree.experiment;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.bpfree.experiment.ShippedFiles.ShippedFile;
import org.bpfree.files.InputFile;

/**
 * The text of an experiment or a sweep.
 *
 * @param name as messages call it
 * @param text its content
 * @param shipped whether it came with bpfree and is no file of the user
 */
public record ConfigText(String name, String text, boolean shipped) {
    /** What names of shipped ones begin with. */
    public static final String SHIPPED = "bpfree:";

    /** The text of a shipped one. */
    public static ConfigText of(ShippedFile file) {
        return new ConfigText(SHIPPED + file.name(), file.text(), true);
    }

    /**
     * Reads a file or, where there is none of that name, the shipped one of that name.
     *
     * @param note is told when it is a shipped one
     * @throws org.bpfree.failure.Failure if there is neither, or the file cannot be an experiment
     */
    public static ConfigText read(Path file, Consumer<String> note) {
        if (!InputFile.isThere(file)) {
            Optional<ShippedFile> found = ShippedFiles.find(file);
            if (found.isPresent()) {
                String name = found.get().name();
                note.accept("there is no file " + file + "; using " + name
                        + ", which comes with bpfree ('bpfree config copy " + name + "' writes it out)");
                return of(found.get());
            }
        }
        return new ConfigText(file.toString(), ExperimentFile.read(file), false);
    }
}
