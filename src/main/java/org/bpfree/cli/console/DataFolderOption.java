package org.bpfree.cli.console;

import java.nio.file.Path;
import java.util.Optional;
import org.bpfree.data.DataFolder;
import org.bpfree.data.Splits;
import org.bpfree.data.catalogue.DatasetLoader;
import org.bpfree.experiment.Experiment;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option {@code --data-dir}, the same wherever data is read. */
public final class DataFolderOption {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Folder with one folder a dataset. Default: $BPFREE_DATA, else $XDG_CACHE_HOME/bpfree,"
                    + " else ~/.cache/bpfree.")
    private Path folder;

    /** The folder that was given, if one was. */
    public Optional<Path> given() {
        return Optional.ofNullable(folder);
    }

    /** The data folder that option and environment name. */
    public Path resolve() {
        Path resolved = DataFolder.resolve(folder);
        Notes.of(spec).detail("data folder: " + resolved);
        return resolved;
    }

    /** Opens the images of an experiment, with progress and warnings on standard error. */
    public Splits open(Experiment experiment) {
        return DatasetLoader.open(experiment.data(), resolve(), experiment.seed(), new ReadingProgress(spec));
    }
}
