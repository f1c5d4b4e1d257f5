package org.bpfree.data.format;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.bpfree.data.ImageShape;
import org.bpfree.data.PictureFit;
import org.bpfree.failure.Failure;
import org.bpfree.files.InputFile;

/**
 * Pictures in the formats of everyday use, brought to the shape of a dataset's images: turned upright as the EXIF orientation asks,
 * laid on a background where they are transparent, made grey (ITU-R BT.601 luma) for shapes of one channel, and brought to the
 * size, by the average of the area an output pixel covers where they shrink and bilinearly where they grow. Samples are taken as the
 * file has them; colour profiles and gamma are not applied.
 */
public final class PictureFile {
    private static final long MOST_PIXELS = 100_000_000;

    private PictureFile() {}

    /**
     * Reads a picture.
     *
     * @param background what shows through transparent pixels
     * @param fit what becomes of other proportions
     * @return unsigned bytes {@code [height, width, channels]}
     * @throws Failure if the file is missing or not a picture
     */
    public static byte[] read(Path file, ImageShape shape, Colour background, PictureFit fit) {
        byte[] bytes;
        PictureSamples picture;
        try {
            InputFile.requireVisible(Failure.Kind.DATA, file);
            if (!Files.isRegularFile(file)) {
                throw Failure.data("there is no picture " + file);
            }
            bytes = Files.readAllBytes(file);
            if (bytes.length == 0) {
                throw Failure.data(file + " is empty (0 bytes)");
            }
            picture = decode(bytes);
        } catch (IOException e) {
            throw InputFile.cannotRead(Failure.Kind.DATA, file, e);
        }
        if (picture == null) {
            throw Failure.data(file + " is not a picture in a known format", "Use PNG, JPEG, GIF, BMP or TIFF.");
        }
        Orientation orientation = Orientation.of(bytes);
        boolean turned = orientation.transposed();
        PictureSamples window = PictureWindow.of(
                picture, fit, turned ? shape.width() : shape.height(), turned ? shape.height() : shape.width());
        return new PictureScaler(window, orientation, background).scale(shape);
    }

    /** A few bytes can announce a picture that fills all memory. */
    private static void requireReasonable(int width, int height) throws IOException {
        if ((long) width * height > MOST_PIXELS) {
            throw new IOException(
                    "it has " + width + " x " + height + " pixels, more than the " + MOST_PIXELS + " that are decoded");
        }
    }

    /** The samples of the first picture in a file, or null if no reader knows its format. */
    private static PictureSamples decode(byte[] bytes) throws IOException {
        try (ImageInputStream stream = ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
            if (!readers.hasNext()) {
                return null;
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(stream);
                requireReasonable(reader.getWidth(0), reader.getHeight(0));
                JpegColours colours = JpegColours.of(bytes);
                if (colours.fourChannels()) {
                    Raster raster = reader.readRaster(0, null);
                    return colours.samples(raster);
                }
                BufferedImage image = reader.read(0);
                return PictureSamples.of(image);
            } finally {
                reader.dispose();
            }
        }
    }
}
