package org.bpfree.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.bpfree.files.AtomicFile;

/** Pictures as PNG files. */
public final class PngFile {
    private PngFile() {}

    /** Replaces a file; its folder is made where it is missing. */
    public static void write(Path file, BufferedImage picture) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(picture, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("memory can always be written", e);
        }
        AtomicFile.createFolder(file.toAbsolutePath().getParent());
        ByteBuffer content = ByteBuffer.wrap(bytes.toByteArray());
        AtomicFile.write(file, channel -> AtomicFile.writeFully(channel, content));
    }
}
