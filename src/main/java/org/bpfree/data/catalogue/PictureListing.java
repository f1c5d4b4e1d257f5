package org.bpfree.data.catalogue;

import java.util.List;
import java.util.stream.IntStream;
import org.bpfree.data.Checksums;
import org.bpfree.data.DatasetDescription;
import org.bpfree.data.DatasetSource.Opened;
import org.bpfree.data.ImageShape;
import org.bpfree.data.PictureFit;

/**
 * The pictures of a dataset that are known and not read yet.
 *
 * @param classes their names, in the order of the labels
 * @param train to learn from
 * @param test to be tested on
 */
record PictureListing(List<String> classes, List<LabelledPicture> train, List<LabelledPicture> test) {
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

    /** What is known before a picture is read. */
    DatasetDescription describe(String place, ImageShape shape) {
        return OwnImages.describe(place, shape, classes, train.size(), test.size());
    }

    /**
     * Both splits, each decoded when it is first asked for.
     *
     * @param place what messages and checksums call the dataset
     */
    Opened open(String place, ImageShape shape, PictureFit fit, boolean allowUnreadable, Checksums checksums) {
        return new Opened(
                () -> OwnImages.noted(
                        checksums,
                        place,
                        "training",
                        () -> PictureLoader.load(train, shape, fit, classes.size(), allowUnreadable)),
                () -> OwnImages.noted(
                        checksums,
                        place,
                        "test",
                        () -> PictureLoader.load(test, shape, fit, classes.size(), allowUnreadable)));
    }
}
