package org.bpfree.data.format;

import org.bpfree.data.PictureFit;

/** The part of a picture, or what is around it, that is scaled to the size of an image. */
final class PictureWindow {
    private PictureWindow() {}

    /**
     * The part that a fit takes.
     *
     * @param height of the images, as the picture lies in its file
     * @param width of the images, as the picture lies in its file
     */
    static PictureSamples of(PictureSamples picture, PictureFit fit, int height, int width) {
        if (fit == PictureFit.STRETCH) {
            return picture;
        }
        // Compared exactly: a picture of the right proportions is left alone.
        boolean tooWide = (long) picture.width() * height > (long) picture.height() * width;
        boolean keepsHeight = tooWide == (fit == PictureFit.CROP);
        int newWidth = keepsHeight ? rounded((long) picture.height() * width, height) : picture.width();
        int newHeight = keepsHeight ? picture.height() : rounded((long) picture.width() * height, width);
        return picture.window(
                Math.floorDiv(picture.width() - newWidth, 2),
                Math.floorDiv(picture.height() - newHeight, 2),
                newWidth,
                newHeight);
    }

    private static int rounded(long numerator, int denominator) {
        return Math.toIntExact(Math.max(1, (numerator + denominator / 2) / denominator));
    }
}
