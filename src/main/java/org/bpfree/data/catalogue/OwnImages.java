package org.bpfree.data.catalogue;

import java.util.List;
import java.util.function.Supplier;
import org.bpfree.data.Checksums;
import org.bpfree.data.DatasetDescription;
import org.bpfree.data.DatasetSource;
import org.bpfree.data.ImageSet;
import org.bpfree.data.ImageShape;
import org.bpfree.settings.InvalidSetting;

/** What datasets of people's own have in common: nobody else knows them. */
interface OwnImages extends DatasetSource {
    /** The description of images that lie at a place. */
    static DatasetDescription describe(
            String place, ImageShape shape, List<String> classes, int trainImages, int testImages) {
        return new DatasetDescription(
                "Images of " + place, shape, classes, trainImages, testImages, "not known", "not known", "");
    }

    /** Reads a split, and notes what was read, so that a run can tell whether its images have changed. */
    static ImageSet noted(Checksums checksums, String place, String split, Supplier<ImageSet> reader) {
        ImageSet images = reader.get();
        checksums.add(place + " (" + split + " images)", images);
        return images;
    }

    /**
     * The shape that settings ask for.
     *
     * @param size height and width, or one number for both
     * @throws InvalidSetting if it is not that
     */
    static ImageShape shape(List<Integer> size, int channels) {
        if (size.isEmpty() || size.size() > 2) {
            throw new InvalidSetting("size", "expected [height, width], such as [64, 64].");
        }
        if (channels == 2) {
            throw new InvalidSetting("channels", "2 is not allowed, expected 1 (grey) or 3 (colour).");
        }
        return new ImageShape(size.get(0), size.get(size.size() - 1), channels);
    }
}
