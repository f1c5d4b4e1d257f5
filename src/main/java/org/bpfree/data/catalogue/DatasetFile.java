package org.bpfree.data.catalogue;

import java.util.Optional;

/**
 * A file that a dataset is published as.
 *
 * @param path below the folder of the dataset, with {@code /} between names
 * @param split which images it holds
 * @param bytes size of the official file
 * @param sha256 official checksum, lower-case hexadecimal, where known
 * @param md5 official checksum, lower-case hexadecimal, where known
 */
public record DatasetFile(String path, Split split, long bytes, Optional<String> sha256, Optional<String> md5) {
    /** Which images a file holds. */
    public enum Split {
        /** Images to learn from. */
        TRAIN,
        /** Images to be tested on. */
        TEST,
        /** Both, as in an archive. */
        BOTH
    }

    /** The last part of the path. */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
