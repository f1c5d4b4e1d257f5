package org.bpfree.data;

import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.Range;
import org.bpfree.settings.Shorthand;

/**
 * The block {@code data} of an experiment file.
 *
 * @param dataset which images
 * @param validation images held out of the training split
 * @param normalize how pixels become numbers
 * @param order in which training images come in an epoch
 * @param augment random changes to training images
 * @param trainLimit training images used after the hold-out, 0 for all
 * @param testLimit test images used, 0 for all
 * @param synthetic the shape of the generated images, used by the dataset {@code synthetic} only
 */
public record DataSettings(
        @Doc("Which images to train on.") DatasetSource dataset,

        @Doc("Images held out of the training split for validation.") @Default("0") @Range(min = 0)
        int validation,

        @Doc("How pixels 0..255 become numbers.") @Default("centered")
        Normalization normalize,

        @Doc("The order of the training images in an epoch, which follows from the seed.") @Default("auto")
        Order order,

        @Doc("Random changes to training images.") @Default("{}")
        Augmentation augment,

        @Doc(
                "Training images used, 0 for all: a number, which takes the first in the order of the files, or a block that"
                        + " says how they are drawn. Small numbers make smoke runs.")
        @Default("0")
        Limit trainLimit,

        @Doc("Test images used, 0 for all; the first in the order of the files.") @Default("0") @Range(min = 0)
        int testLimit,

        @Doc("The generated images of the dataset 'synthetic'.") @Default("{}")
        Synthetic synthetic) {

    /** What the images are, without reading any. */
    public DatasetDescription description() {
        return dataset.describe(this);
    }

    /**
     * How many training images are used, and which.
     *
     * @param images 0 for all
     * @param draw which ones
     */
    @Shorthand
    public record Limit(
            @Doc("Training images used, 0 for all.") @Default("0") @Range(min = 0)
            int images,

            @Doc("Which images are used where not all are.") @Default("first")
            Draw draw) {
        /** All images. */
        public static final Limit NONE = new Limit(0, Draw.FIRST);

        /** How many of so many images are used. */
        public int of(int all) {
            return images > 0 ? Math.min(images, all) : all;
        }
    }

    /** Which images are used where not all are. */
    public enum Draw {
        @Doc("The first in the order of the files, whatever their classes.")
        FIRST,
        @Doc("A random draw that follows from the seed, with the share that each class has of all images.")
        STRATIFIED
    }

    /** The order of the training images in an epoch. */
    public enum Order {
        @Doc("In blocks for images that are mapped from a file and have more than 1 GiB; else any.")
        AUTO,
        @Doc("Any order, all equally likely.")
        ANY,
        @Doc(
                "Blocks of 4 MiB in any order, and any order of the images within 64 blocks, so that an epoch reads a large file"
                        + " once and not image by image.")
        BLOCKS;

        private static final long LARGE = 1L << 30;

        /** Whether images come in blocks. */
        boolean inBlocks(ImageSet images) {
            return this == BLOCKS || this == AUTO && images.mapped() && images.bytes() > LARGE;
        }
    }

    /** How pixels 0..255 become numbers. */
    public enum Normalization {
        @Doc("x / 255.")
        UNIT,
        @Doc("x / 255 - 0.5.")
        CENTERED,
        @Doc("x / 127.5 - 1.")
        SYMMETRIC,
        @Doc("(x - mean) / standard deviation, for each channel over the training split.")
        PER_CHANNEL,
        @Doc(
                "(x / 255 - 0.1307) / 0.3081: the mean and deviation of MNIST, which published code often uses on other grey images, too.")
        MNIST,
        @Doc("The raw value 0..255.")
        NONE
    }

    /**
     * Random changes to training images, in this order, each drawn for every image anew, but for the mixture, which is one a batch.
     *
     * @param flip mirrored left to right with probability one half
     * @param crop pixels of zero padding on each side before a random crop back to the original size
     * @param rotate largest angle in degrees, either way
     * @param colour largest change of brightness, contrast and saturation, as a share
     * @param cutout side of a square that is blackened, in pixels
     * @param mixup parameter of the Beta distribution of the shares of two images
     */
    public record Augmentation(
            @Doc("Mirror left to right with probability one half.") @Default("false")
            boolean flip,

            @Doc("Zero padding in pixels before a random crop to the original size.")
            @Default("0")
            @Range(min = 0, max = 16)
            int crop,

            @Doc(
                    "Turn about the middle by an angle of up to so many degrees either way; what comes in at the sides is black.")
            @Default("0")
            @Range(min = 0, max = 180)
            double rotate,

            @Doc(
                    "Multiply brightness, contrast and saturation each by a factor from 1 - colour to 1 + colour; grey images have no"
                            + " saturation.")
            @Default("0")
            @Range(min = 0, max = 1)
            double colour,

            @Doc(
                    "Blacken a square of so many pixels a side, whose middle is anywhere in the image (DeVries and Taylor 2017).")
            @Default("0")
            @Range(min = 0, max = 512)
            int cutout,

            @Doc(
                    "Mix every image with another one of its batch, and its label likewise, in shares p and 1 - p, where p follows the"
                            + " Beta distribution with this parameter twice; 0 for no mixture (Zhang et al. 2018).")
            @Default("0")
            @Range(min = 0, max = 100)
            double mixup) {
        /** No changes. */
        public static final Augmentation NONE = new Augmentation(false, 0);

        /** Mirrored and moved images only. */
        public Augmentation(boolean flip, int crop) {
            this(flip, crop, 0, 0, 0, 0);
        }
    }

    /**
     * The generated images of the dataset {@code synthetic}.
     *
     * @param size height and width in pixels
     * @param channels 1 (grey) or 3 (colour)
     * @param train number of training images
     * @param test number of test images
     */
    public record Synthetic(
            @Doc("Height and width in pixels.") @Default("16") @Range(min = 8, max = 256)
            int size,

            @Doc("Channels: 1 is grey, 3 is colour.") @Default("1") @Range(min = 1, max = 3)
            int channels,

            @Doc("Number of training images.") @Default("5000") @Range(min = 10)
            int train,

            @Doc("Number of test images.") @Default("1000") @Range(min = 10)
            int test) {}
}
