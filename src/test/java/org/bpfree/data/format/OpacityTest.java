package org.bpfree.data.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.bpfree.data.ImageShape;
import org.bpfree.data.PictureFit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opacity as a channel of its own: a pixel counts for as much as it covers. */
class OpacityTest {
    @TempDir
    private Path folder;

    @Test
    void anAverageTakesNoColourFromWhatCannotBeSeen() throws IOException {
        // Red of 200 that covers all, beside blue that covers nothing, and beside green of 100 that covers a third.
        assertThat(read(0xffc80000, 0x000000ff, 4)).containsExactly((byte) 200, (byte) 0, (byte) 0, (byte) 128);
        assertThat(read(0xffc80000, 0x55006400, 4)).containsExactly((byte) 150, (byte) 25, (byte) 0, (byte) 170);
        assertThat(read(0xffc80000, 0x000000ff, 2)).containsExactly((byte) Math.round(0.299 * 200), (byte) 128);
        assertThat(read(0x00ffffff, 0x00ffffff, 4)).containsExactly(0, 0, 0, 0);
        // Without such a channel the background shows.
        assertThat(read(0xffc80000, 0x000000ff, 3)).containsExactly((byte) 100, (byte) 0, (byte) 0);
    }

    private byte[] read(int left, int right, int channels) throws IOException {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, left);
        image.setRGB(1, 0, right);
        Path file = folder.resolve("two.png");
        ImageIO.write(image, "png", file.toFile());
        return PictureFile.read(
                file, new ImageShape(1, 1, channels), Colour.parse("black").orElseThrow(), PictureFit.STRETCH);
    }
}
