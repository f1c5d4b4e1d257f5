package org.bpfree.data;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.bpfree.binding.SettingsTypes;
import org.bpfree.files.InputFile;
import org.bpfree.settings.Shorthand;

/**
 * A dataset that {@code data.dataset} can name: what its images are, the files it needs, and how they are read. A record whose {@link
 * org.bpfree.settings.TypeName} is the name and whose {@link org.bpfree.settings.Doc} tells what the images show; an {@link
 * org.bpfree.settings.Extension} announces it. Listings show those with a constructor without arguments, which
 * gives their settings the defaults.
 */
@Shorthand
public interface DatasetSource {
    /** The name, as written in {@code data.dataset}; also that of its folder in the data folder. */
    default String name() {
        return SettingsTypes.typeName(getClass());
    }

    /** What its images are where all settings are left to their defaults; read often, so it should be cheap. */
    DatasetDescription describe();

    /**
     * What its images are under the settings of an experiment; must agree with what {@link #open} reads.
     *
     * @param settings the block {@code data}
     */
    default DatasetDescription describe(DataSettings settings) {
        return describe();
    }

    /** How pictures of other proportions were brought to the size of its images, so that pictures to predict are treated alike. */
    default PictureFit fit() {
        return PictureFit.STRETCH;
    }

    /**
     * The files it needs, where they are or should be; none for images that need no files.
     *
     * @param dataFolder the folder with one folder a dataset
     */
    default List<Path> files(Path dataFolder) {
        return List.of();
    }

    /** The files it needs that do not exist; a file counts as there whether or not it is sound. */
    default List<Path> missing(Path dataFolder) {
        return files(dataFolder).stream()
                .filter(file -> !InputFile.isThere(file))
                .toList();
    }

    /**
     * Makes ready to read.
     *
     * @throws org.bpfree.failure.Failure if files are missing, with their names and what to do about it
     */
    Opened open(Opening opening);

    /**
     * What a dataset is opened with.
     *
     * @param settings the block {@code data}
     * @param dataFolder the folder with one folder a dataset; null where the caller knows that no files are needed
     * @param seed the master seed, from which all random numbers follow
     * @param checksums takes the checksum of each file that is read
     * @param listener told of progress and of what is not as it should be
     */
    record Opening(DataSettings settings, Path dataFolder, long seed, Checksums checksums, ReadingListener listener) {}

    /**
     * The two splits, each read when it is first asked for.
     *
     * @param train reads the images to learn from
     * @param test reads the images to be tested on
     */
    record Opened(Supplier<ImageSet> train, Supplier<ImageSet> test) {}
}
