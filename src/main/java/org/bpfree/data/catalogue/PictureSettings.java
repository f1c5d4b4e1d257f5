package org.bpfree.data.catalogue;

import java.util.List;
import org.bpfree.data.ImageShape;
import org.bpfree.data.PictureFit;
import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.Range;

/**
 * How pictures become images, and which of them are tested.
 *
 * @param size height and width to which pictures are brought, or one number for both
 * @param channels 1 to 4
 * @param fit what becomes of other proportions
 * @param split how test images are taken where none are named
 * @param allowUnreadable whether more than one picture in a hundred may be unreadable
 */
record PictureSettings(
        @Doc("Height and width in pixels to which pictures are brought.")
        @Default("[32, 32]")
        @Range(min = 4, max = 512)
        List<Integer> size,

        @Doc("Channels: 1 is grey, 3 is colour; 2 and 4 are these with the opacity as the last channel.")
        @Default("3")
        @Range(min = 1, max = 4)
        int channels,

        @Doc("What becomes of pictures of other proportions.") @Default("crop")
        PictureFit fit,

        @Doc(
                "Which images are tested where none are named (folder 'test' or 'val', table 'test'): a share, or {test: 0.2,"
                        + " stratified: true}.")
        @Default("{}")
        TestShare split,

        @Doc("Leave out any number of pictures that cannot be read; otherwise more than one in a hundred is an error.")
        @Default("false")
        boolean allowUnreadable) {
    /** Checks the size. */
    PictureSettings {
        OwnImages.requireSize(size);
    }

    /** The shape of the images. */
    ImageShape shape() {
        return new ImageShape(size.get(0), size.get(size.size() - 1), channels);
    }
}
