package org.bpfree.cli.console;

import java.util.List;
import org.bpfree.data.Splits;
import org.bpfree.failure.Failure;
import org.bpfree.run.Manifest;
import org.bpfree.run.RunFolder;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option {@code --strict} of every command that measures a run on data files: they should be the ones it was trained with. */
public final class StrictOption {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec mixee;

    @Option(
            names = "--strict",
            description = "Refuses data files that are not the ones the run was trained with, by their SHA-256 in its"
                    + " manifest.json; without it they are warned of.")
    private boolean strict;

    /**
     * Compares the data files read so far with those of a run.
     *
     * @throws Failure if one is another and {@code --strict} was given
     */
    public void check(RunFolder run, Splits splits) {
        List<String> others = Manifest.otherFiles(run, splits.checksums());
        if (others.isEmpty()) {
            return;
        }
        if (strict) {
            throw Failure.data(
                    "the data is not that of the run " + run.path() + ": " + String.join("; ", others),
                    "Name the folder with the run's data with --data-dir, or leave --strict out.");
        }
        others.forEach(other -> mixee.commandLine()
                .getErr()
                .println("warning: the data is not that of the run " + run.path() + ": " + other));
    }
}
