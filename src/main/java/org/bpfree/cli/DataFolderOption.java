package org.bpfree.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.bpfree.data.DataFolder;
import picocli.CommandLine.Option;

/** The option {@code --data-dir}, the same wherever data is read. */
final class DataFolderOption {
    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Folder with one folder a dataset. Default: $BPFREE_DATA, else $XDG_CACHE_HOME/bpfree,"
                    + " else ~/.cache/bpfree.")
    private Path folder;

    /** The folder that was given, if one was. */
    Optional<Path> given() {
        return Optional.ofNullable(folder);
    }

    /** The data folder that option and environment name. */
    Path resolve() {
        return DataFolder.resolve(folder);
    }
}
