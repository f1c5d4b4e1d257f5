package org.bpfree.data.catalogue;

import java.nio.file.Path;
import java.util.function.Function;
import org.bpfree.data.Checksums;
import org.bpfree.data.DataFolder;
import org.bpfree.data.DataSettings;
import org.bpfree.data.DataSettings.DatasetName;
import org.bpfree.data.HoldOut;
import org.bpfree.data.ImageSet;
import org.bpfree.data.Normalizer;
import org.bpfree.data.Splits;
import org.bpfree.data.StratifiedDraw;
import org.bpfree.data.catalogue.DatasetFile.Split;
import org.bpfree.failure.Failure;

/** Opens the dataset that an experiment names. */
public final class DatasetLoader {
    private DatasetLoader() {}

    /**
     * Reads the training images, holds the validation images out of them, and leaves the test files unopened.
     *
     * @param settings the block {@code data}
     * @param folder the data folder, see {@link DataFolder}; generated images need none
     * @param seed the master seed, which decides what is held out and what is generated
     */
    public static Splits open(DataSettings settings, Path folder, long seed) {
        Checksums checksums = new Checksums();
        Function<Split, ImageSet> reader = reader(settings, folder, seed, checksums);
        ImageSet all = reader.apply(Split.TRAIN);
        if (settings.validation() >= all.size()) {
            throw Failure.usage(
                    "data.validation = " + settings.validation()
                            + " leaves nothing to train on: the training split of '"
                            + DatasetCatalogue.name(settings.dataset()) + "' has " + all.size() + " images",
                    "Use a value from 0 to " + (all.size() - 1) + ".");
        }
        HoldOut parts = HoldOut.of(all, settings.validation(), seed);
        ImageSet train = limited(parts.train(), settings.trainLimit(), seed);
        Normalizer normalizer = Normalizer.of(settings.normalize(), train);
        return new Splits(
                train,
                parts.validation(),
                () -> reader.apply(Split.TEST).first(settings.testLimit()),
                checksums,
                normalizer);
    }

    private static ImageSet limited(ImageSet all, DataSettings.Limit limit, long seed) {
        boolean part = limit.of(all.size()) < all.size();
        return part && limit.draw() == DataSettings.Draw.STRATIFIED
                ? StratifiedDraw.of(all, limit.images(), seed)
                : all.first(limit.images());
    }

    private static Function<Split, ImageSet> reader(
            DataSettings settings, Path folder, long seed, Checksums checksums) {
        if (settings.dataset() == DatasetName.SYNTHETIC) {
            return split -> SyntheticImages.of(settings.synthetic(), seed, split);
        }
        DatasetFiles files = new DatasetFiles(DatasetCatalogue.manifest(settings.dataset()), folder);
        files.requireComplete();
        return split -> files.read(split, checksums);
    }
}
