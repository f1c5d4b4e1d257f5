package org.bpfree.data.format;

import java.awt.image.Raster;

/**
 * What the channels of a JPEG file are. Java reads no JPEG file of four channels as a picture, only as its raw samples.
 *
 * @param fourChannels whether it has four: cyan, magenta, yellow, black
 * @param lumaAndChroma whether cyan, magenta and yellow are stored as luma and chroma (YCCK), as the Adobe segment tells
 */
record JpegColours(boolean fourChannels, boolean lumaAndChroma) {
    private static final double FULL = 255;
    private static final double CHROMA_CENTRE = 128;
    private static final int ADOBE_TRANSFORM = 11; // "Adobe", version, two words of flags, then the transform
    private static final int YCCK = 2;

    /** The channels of a file; none known for one that is no JPEG file. */
    static JpegColours of(byte[] file) {
        boolean[] found = new boolean[2];
        JpegSegments.visit(file, (marker, from, length) -> {
            if (JpegSegments.beginsFrame(marker) && length > 5) {
                found[0] = file[from + 5] == 4;
            }
            if (marker == 0xee && length > ADOBE_TRANSFORM && JpegSegments.startsWith(file, from, "Adobe")) {
                found[1] = file[from + ADOBE_TRANSFORM] == YCCK;
            }
        });
        return new JpegColours(found[0], found[1]);
    }

    /**
     * Red, green and blue of raw samples of four channels, which are stored inverted (255 is no ink), as all programs that write such
     * files do: {@code red = (255 - cyan) (255 - black) / 255}.
     */
    PictureSamples samples(Raster raster) {
        int[] stored = new int[raster.getWidth() * 4];
        return new PictureSamples(raster.getWidth(), raster.getHeight(), (y, pixels) -> {
            raster.getPixels(0, y, raster.getWidth(), 1, stored);
            for (int x = 0; x < raster.getWidth(); x++) {
                int at = x * 4;
                double[] paper = {stored[at], stored[at + 1], stored[at + 2]};
                if (lumaAndChroma) {
                    paper = withoutInk(stored[at], stored[at + 1] - CHROMA_CENTRE, stored[at + 2] - CHROMA_CENTRE);
                }
                for (int channel = 0; channel < 3; channel++) {
                    pixels[at + channel] = paper[channel] * stored[at + 3] / FULL;
                }
                pixels[at + 3] = 1;
            }
        });
    }

    /** What is left of red, green and blue: the colour that luma and chroma stand for, inverted, since they encode ink (JFIF; Adobe technical note 5116). */
    private static double[] withoutInk(double luma, double blueness, double redness) {
        return new double[] {
            FULL - clip(luma + 1.402 * redness),
            FULL - clip(luma - 0.344136 * blueness - 0.714136 * redness),
            FULL - clip(luma + 1.772 * blueness)
        };
    }

    private static double clip(double value) {
        return Math.max(0, Math.min(FULL, value));
    }
}
