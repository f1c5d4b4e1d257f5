package org.bpfree.data.catalogue;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.bpfree.data.DatasetDescription;
import org.bpfree.data.DatasetSource;
import org.bpfree.data.ImageSet;
import org.bpfree.data.ImageShape;
import org.bpfree.data.format.ImageFile;
import org.bpfree.failure.Failure;
import org.bpfree.settings.InvalidSetting;
import org.bpfree.settings.Remembered;

/** What datasets of people's own have in common: nobody else knows them. */
interface OwnImages extends DatasetSource {
    /** The description of images that lie at a place. */
    static DatasetDescription describe(
            String place, ImageShape shape, List<String> classes, int trainImages, int testImages) {
        return new DatasetDescription(
                "Images of " + place, shape, classes, trainImages, testImages, "not known", "not known", "");
    }

    /**
     * The names of classes that files know by number.
     *
     * @param given one name a class; empty for their numbers
     */
    static List<String> names(String place, List<String> given, int classes) {
        if (classes < 2) {
            throw Failure.data(
                    place + " has images of 1 class, expected at least 2", "There is nothing to tell apart otherwise.");
        }
        if (!given.isEmpty() && given.size() < classes) {
            throw Failure.data(place + " has the label " + (classes - 1) + ", and data.dataset.classNames has "
                    + given.size() + " names");
        }
        return given.isEmpty()
                ? IntStream.range(0, classes).mapToObj(String::valueOf).toList()
                : given;
    }

    /**
     * Checks a setting of height and width, or of one number for both.
     *
     * @throws InvalidSetting if it is not that
     */
    static void requireSize(List<Integer> size) {
        if (size.isEmpty() || size.size() > 2) {
            throw new InvalidSetting("size", "expected [height, width], such as [64, 64].");
        }
    }

    /** How images of a split are called where their checksums are noted, so that a run can tell whether they have changed. */
    static String noted(String place, String split) {
        return place + " (" + split + " images)";
    }

    /**
     * Splits that lie decoded in files, each opened when it is first asked for; test images that are among those to learn from are warned of.
     *
     * @param place what messages and checksums call the dataset
     */
    static Opened opened(String place, Opening opening, Supplier<ImageFile> train, Supplier<ImageFile> test) {
        Remembered<ImageFile> learned = new Remembered<>();
        return new Opened(() -> images(place, "training", opening, learned.get(train)), () -> {
            ImageFile tested = test.get();
            long common = common(learned.get(train), tested);
            if (common > 0) {
                opening.listener()
                        .warn(common + " of " + tested.images().size() + " test images of " + place
                                + " are also among those to learn from: accuracy on them is not that on new images");
            }
            return images(place, "test", opening, tested);
        });
    }

    private static ImageSet images(String place, String split, Opening opening, ImageFile file) {
        opening.checksums().add(noted(place, split), file.sha256());
        return file.images();
    }

    /** How many test images are equal to one that is learned from, pixel by pixel. */
    private static long common(ImageFile train, ImageFile test) {
        try {
            Map<Long, Integer> known = new HashMap<>();
            long[] learned = train.sums();
            for (int i = 0; i < learned.length; i++) {
                known.put(learned[i], i);
            }
            long[] tested = test.sums();
            long common = 0;
            for (int i = 0; i < tested.length; i++) {
                Integer like = known.get(tested[i]);
                boolean equal = like != null
                        && Arrays.equals(
                                train.images().read(like, 1), test.images().read(i, 1));
                common += equal ? 1 : 0;
            }
            return common;
        } catch (IOException e) {
            throw Failure.causedBy(e, Failure.Kind.DATA, "cannot read decoded images: " + e.getMessage());
        }
    }
}
