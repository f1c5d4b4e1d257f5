package org.bpfree.cli;

import java.nio.file.Path;
import org.bpfree.report.figure.Figure;
import org.bpfree.report.figure.FigureFormat;
import picocli.CommandLine.Option;

/** The option {@code --format} of commands that leave figures in a folder. */
final class FigureFormatOption {
    @Option(
            names = "--format",
            paramLabel = "KIND",
            description = "Kind of the figures: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private FigureFormat format = FigureFormat.png;

    /** Replaces the figure of this name, without an ending, in a folder, which is made where it is missing. */
    void write(Path folder, String name, Figure figure) {
        format.write(folder.resolve(name + "." + format), figure);
    }
}
