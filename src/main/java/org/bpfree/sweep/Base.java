package org.bpfree.sweep;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.bpfree.binding.Problems;
import org.bpfree.experiment.ConfigText;
import org.bpfree.experiment.ResolvedYaml;
import org.bpfree.experiment.ShippedFiles;
import org.bpfree.failure.Failure;
import org.bpfree.files.InputFile;
import org.bpfree.files.UserPath;

/**
 * The experiment that the cells of a plan change.
 *
 * @param text its content, and how messages call it
 */
public record Base(ConfigText text) {
    /**
     * The base that a sweep or a study names; that of a shipped one is shipped with it, whatever lies beside.
     *
     * @param file the sweep or the study, to which the name is relative
     * @param shipped whether that one is shipped
     * @param name of the base
     * @param note is told when the base is a shipped one
     * @param problems is told, at the setting {@code base}, when there is none
     */
    public static Base find(Path file, boolean shipped, String name, Consumer<String> note, Problems problems) {
        Optional<ConfigText> own = shipped ? ShippedFiles.find(Path.of(name)).map(ConfigText::of) : Optional.empty();
        if (own.isPresent()) {
            return new Base(own.get());
        }
        Path beside = Path.of(
                display(file.toAbsolutePath().resolveSibling(UserPath.of(name)).normalize()));
        try {
            boolean meansShipped = !InputFile.isThere(beside)
                    && ShippedFiles.find(Path.of(name)).isPresent();
            return new Base(ConfigText.read(meansShipped ? Path.of(name) : beside, note));
        } catch (Failure e) {
            problems.add("base", e.getMessage());
            return new Base(new ConfigText(beside.toString(), "", false));
        }
    }

    /** SHA-256 of its text. */
    public String hash() {
        return ResolvedYaml.hash(text.text());
    }

    /** Its path relative to a plan, or the name of a shipped one. */
    String relativeTo(Path planFile) {
        if (text.shipped()) {
            return text.name();
        }
        Path base = Path.of(text.name()).toAbsolutePath().normalize();
        Path folder = planFile.toAbsolutePath().normalize().getParent();
        boolean related = folder.getRoot().equals(base.getRoot());
        return (related ? folder.relativize(base) : base).toString().replace('\\', '/');
    }

    /** A path as messages show it: relative to the working folder where that is shorter. */
    private static String display(Path path) {
        Path here = Path.of("").toAbsolutePath();
        return path.startsWith(here) ? here.relativize(path).toString() : path.toString();
    }
}
