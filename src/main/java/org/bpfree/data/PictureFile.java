package org.bpfree.data;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.bpfree.failure.Failure;
import org.bpfree.files.InputFile;

/** Pictures in the formats of everyday use, brought to the shape of a dataset's images. */
public final class PictureFile {
    private PictureFile() {}

    /**
     * Reads a picture, scales it to the shape, and turns it grey where the shape has one channel.
     *
     * @return unsigned bytes {@code [height, width, channels]}
     * @throws Failure if the file is missing or not a picture
     */
    public static byte[] read(Path file, ImageShape shape) {
        BufferedImage picture;
        try {
            InputFile.requireVisible(Failure.Kind.DATA, file);
            if (!Files.isRegularFile(file)) {
                throw Failure.data("there is no picture " + file);
            }
            picture = ImageIO.read(file.toFile());
        } catch (IOException e) {
            throw InputFile.cannotRead(Failure.Kind.DATA, file, e);
        }
        if (picture == null) {
            throw Failure.data(file + " is not a picture in a known format", "Use PNG, JPEG, GIF or BMP.");
        }
        int type = shape.channels() == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB;
        BufferedImage scaled = new BufferedImage(shape.width(), shape.height(), type);
        Graphics2D graphics = scaled.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(picture, 0, 0, shape.width(), shape.height(), null);
        graphics.dispose();
        byte[] pixels = new byte[shape.size()];
        for (int i = 0; i < pixels.length; i++) {
            int position = i / shape.channels();
            int channel = i % shape.channels();
            pixels[i] =
                    (byte) scaled.getRaster().getSample(position % shape.width(), position / shape.width(), channel);
        }
        return pixels;
    }
}
