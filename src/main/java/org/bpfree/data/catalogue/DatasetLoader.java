package org.bpfree.data.catalogue;

import java.nio.file.Path;
import org.bpfree.data.Checksums;
import org.bpfree.data.DataFolder;
import org.bpfree.data.DataSettings;
import org.bpfree.data.DatasetDescription;
import org.bpfree.data.DatasetSource;
import org.bpfree.data.HoldOut;
import org.bpfree.data.ImageSet;
import org.bpfree.data.Normalizer;
import org.bpfree.data.ReadingListener;
import org.bpfree.data.Splits;
import org.bpfree.data.StratifiedDraw;
import org.bpfree.failure.Failure;

/** Opens the dataset that an experiment names. */
public final class DatasetLoader {
    private DatasetLoader() {}

    /** As {@link #open(DataSettings, Path, long, ReadingListener)}, where nobody listens. */
    public static Splits open(DataSettings settings, Path folder, long seed) {
        return open(settings, folder, seed, ReadingListener.SILENT);
    }

    /**
     * Reads the training images, holds the validation images out of them, and leaves the test files unopened.
     *
     * @param settings the block {@code data}
     * @param folder the data folder, see {@link DataFolder}; images that need no files need none
     * @param seed the master seed, which decides what is held out and what is generated
     * @param listener told of progress and of what is not as it should be, also while the test images are read
     */
    public static Splits open(DataSettings settings, Path folder, long seed, ReadingListener listener) {
        Checksums checksums = new Checksums();
        DatasetSource source = settings.dataset();
        DatasetSource.Opened images =
                source.open(new DatasetSource.Opening(settings, folder, seed, checksums, listener));
        ImageSet all = asDescribed(images.train().get(), settings);
        if (settings.validation() >= all.size()) {
            throw Failure.usage(
                    "data.validation = " + settings.validation()
                            + " leaves nothing to train on: the training split of '"
                            + source.name() + "' has " + all.size() + " images",
                    "Use a value from 0 to " + (all.size() - 1) + ".");
        }
        HoldOut parts = HoldOut.of(all, settings.validation(), seed);
        ImageSet train = limited(parts.train(), settings.trainLimit(), seed);
        Normalizer normalizer = Normalizer.of(settings.normalize(), train);
        return new Splits(
                train,
                parts.validation(),
                () -> asDescribed(images.test().get(), settings).first(settings.testLimit()),
                checksums,
                normalizer);
    }

    private static ImageSet limited(ImageSet all, DataSettings.Limit limit, long seed) {
        boolean part = limit.of(all.size()) < all.size();
        return part && limit.draw() == DataSettings.Draw.STRATIFIED
                ? StratifiedDraw.of(all, limit.images(), seed)
                : all.first(limit.images());
    }

    /** The images, if they are what the network was built for: sources of extensions may err. */
    private static ImageSet asDescribed(ImageSet images, DataSettings settings) {
        DatasetDescription promised = settings.description();
        if (!images.shape().equals(promised.shape()) || images.classes() != promised.classes()) {
            throw Failure.failed("the dataset '" + settings.dataset().name() + "' has images of " + images.shape()
                    + " in " + images.classes() + " classes, but says they are of " + promised.shape() + " in "
                    + promised.classes());
        }
        return images;
    }
}
