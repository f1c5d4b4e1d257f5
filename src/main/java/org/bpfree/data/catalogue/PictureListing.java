package org.bpfree.data.catalogue;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.bpfree.data.DatasetDescription;
import org.bpfree.data.DatasetSource.Opened;
import org.bpfree.data.DatasetSource.Opening;
import org.bpfree.data.format.ImageFile;
import org.bpfree.failure.Failure;

/**
 * The pictures of a dataset that are known and not read yet.
 *
 * @param classes their names, in the order of the labels
 * @param train to learn from
 * @param test to be tested on
 */
record PictureListing(List<String> classes, List<LabelledPicture> train, List<LabelledPicture> test) {
    /** Part of what decoded images are known by: another number when pictures are decoded in another way. */
    private static final String DECODER = "pictures 1";

    /** Pictures of which a share is tested. */
    static PictureListing split(List<String> classes, List<LabelledPicture> all, TestShare share) {
        boolean[] isTest =
                share.testImages(all.stream().mapToInt(LabelledPicture::label).toArray());
        return new PictureListing(classes, part(all, isTest, false), part(all, isTest, true));
    }

    private static List<LabelledPicture> part(List<LabelledPicture> all, boolean[] isTest, boolean test) {
        return IntStream.range(0, all.size())
                .filter(i -> isTest[i] == test)
                .mapToObj(all::get)
                .toList();
    }

    /**
     * This listing, if there are pictures in both splits.
     *
     * @param place what messages call the dataset
     */
    PictureListing requireBoth(String place) {
        if (train.isEmpty() || test.isEmpty()) {
            throw Failure.data(
                    place + " gives " + train.size() + " pictures to learn from and " + test.size() + " to test with",
                    "Each needs at least one: add pictures, or say data.dataset.split for another share.");
        }
        return this;
    }

    /** What is known before a picture is read. */
    DatasetDescription describe(String place, PictureSettings settings) {
        return OwnImages.describe(place, settings.shape(), classes, train.size(), test.size());
    }

    /**
     * Both splits, each decoded, or found decoded, when it is first asked for.
     *
     * @param place what messages and checksums call the dataset
     */
    Opened open(String place, PictureSettings settings, Opening opening) {
        return OwnImages.opened(
                place,
                opening,
                () -> decoded(place, "training", train, settings, opening),
                () -> decoded(place, "test", test, settings, opening));
    }

    private ImageFile decoded(
            String place, String split, List<LabelledPicture> pictures, PictureSettings settings, Opening opening) {
        List<Path> files = pictures.stream().map(LabelledPicture::file).toList();
        FileStates states = FileStates.of(files);
        String title = split + " images of " + place;
        ImageCache cache = new ImageCache(opening.dataFolder(), opening.listener());
        String identity = String.join(
                " ",
                DECODER,
                split,
                Path.of(place).toAbsolutePath().toString(),
                settings.fit().name(),
                String.valueOf(settings.allowUnreadable()));
        int[] labels = pictures.stream().mapToInt(LabelledPicture::label).toArray();
        ImageFile file = cache.get(
                new ImageCache.Wanted(
                        title, identity, states.checksum(labels), settings.shape(), classes.size(), pictures.size()),
                writer -> {
                    new PictureLoader("decoding the " + title, pictures, settings, opening.listener()).writeTo(writer);
                    states.changed().ifPresent(changed -> {
                        throw Failure.data(
                                changed + " has changed while the pictures were read",
                                "Run the command again once nothing writes to them.");
                    });
                });
        if (!file.notes().isEmpty()) {
            opening.listener().unreadable(title, pictures.size(), file.notes());
        }
        return file;
    }
}
