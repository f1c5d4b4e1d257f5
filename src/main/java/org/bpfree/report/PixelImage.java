package org.bpfree.report;

import java.awt.image.BufferedImage;
import java.util.Base64;
import org.bpfree.report.figure.FigureFormat;

/** Images of datasets as pictures. */
public final class PixelImage {
    private PixelImage() {}

    /** A picture of unsigned bytes {@code [height, width, channels]} that begin at a position of an array. */
    public static BufferedImage ofBytes(byte[] pixels, int from, int height, int width, int channels) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int at = from + (y * width + x) * channels;
                int red = pixels[at] & 0xff;
                int green = channels < 3 ? red : pixels[at + 1] & 0xff;
                int blue = channels < 3 ? red : pixels[at + 2] & 0xff;
                image.setRGB(x, y, red << 16 | green << 8 | blue);
            }
        }
        return image;
    }

    /** A picture as an address that holds the whole PNG file. */
    static String dataAddress(BufferedImage image) {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(FigureFormat.encoded(image));
    }
}
