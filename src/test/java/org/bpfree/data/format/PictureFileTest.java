package org.bpfree.data.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.bpfree.data.ImageShape;
import org.bpfree.data.PictureFit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Figures by Pillow 12.3.0. Areas: {@code image.resize((w, h), Image.BOX)} for whole ratios; for 30 to 28 pixels,
 * {@code image.resize((420, 1), Image.NEAREST).resize((28, 1), Image.BOX)}. Growing: {@code image.resize((8, 7), Image.BILINEAR)}.
 * EXIF: {@code ImageOps.exif_transpose(image)}. Colours: {@code image.convert("L")}, {@code image.convert("RGB")}. Background:
 * {@code Image.alpha_composite(Image.new("RGBA", size, background), image.convert("RGBA"))}.
 */
class PictureFileTest {
    /** 16 x 8 pixels: {@code (200, 30, 90, 60)} on the left, {@code (10, 120, 40, 100)} on the right; saved by Pillow. */
    private static final String CMYK =
            "/9j/7gAOQWRvYmUAZAAAAAAA/9sAQwACAQEBAQECAQEBAgICAgIEAwICAgIFBAQDBAYFBgYGBQYGBgcJCAYHCQcGBggLCAkKCgoKCgYICwwL"
                    + "CgwJCgoK/8AAFAgACAAQBEMRAE0RAFkRAEsRAP/EABYAAQEBAAAAAAAAAAAAAAAAAAkICv/EABQQAQAAAAAAAAAAAAAAAAAAAAD/"
                    + "2gAOBEMATQBZAEsAAD8ANswilCGNfAl1kJff/9k=";

    /** 16 x 8 grey pixels, 20 + 100 on the right + 60 below, with an EXIF orientation; saved by Pillow. */
    private static final String EXIF =
            "/9j/4AAQSkZJRgABAQAAAQABAAD/4QAiRXhpZgAATU0AKgAAAAgAAQESAAMAAAABAAEAAAAAAAD/2wBDAAIBAQEBAQIBAQECAgICAgQDAgIC"
                    + "AgUEBAMEBgUGBgYFBgYGBwkIBgcJBwYGCAsICQoKCgoKBggLDAsKDAkKCgr/wAALCAAIABABAREA/8QAFAABAAAAAAAAAAAAAAAA"
                    + "AAAACf/EABgQAAIDAAAAAAAAAAAAAAAAAAAYZ6Xj/9oACAEBAAA/ADHSWTKXYZBJZMpdj//Z";

    private static final int EXIF_VALUE = 49; // the low byte of the orientation
    private static final int ADOBE_TRANSFORM = 17;

    @TempDir
    private Path folder;

    @Test
    void aThinLineKeepsItsShareOfTheArea() {
        int[] samples = new int[1024 * 1024];
        for (int y = 0; y < 1024; y++) {
            samples[y * 1024 + 500] = 255;
        }

        int[] pixels = read(png(grey(1024, 1024, 255, false, samples)), 32, 32, 1, "black");

        assertThat(pixels[15]).isEqualTo(8); // 255 / 32
        assertThat(pixels[14] + pixels[16]).isZero();
    }

    @Test
    void shrinkingTakesTheAverageOfTheAreaEvenWherePixelsAreCut() {
        int[] samples = new int[30];
        for (int x = 0; x < 30; x++) {
            samples[x] = x * 37 % 256;
        }

        assertThat(read(png(grey(30, 1, 255, false, samples)), 1, 28, 1, "black"))
                .containsExactly(
                        2, 42, 81, 121, 160, 200, 120, 23, 62, 102, 141, 181, 220, 21, 45, 85, 124, 164, 203, 140, 26,
                        66, 105, 145, 184, 224, 41, 47);
    }

    @Test
    void growingLiesBetweenTheCentresOfPixels() {
        int[] samples = new int[15];
        for (int i = 0; i < 15; i++) {
            samples[i] = i % 5 * 50 + i / 5 * 17;
        }
        int[] expected = {
            0, 22, 53, 84, 116, 147, 178, 200, 2, 24, 55, 86, 118, 149, 180, 202, 10, 32, 63, 94, 126, 157, 188, 210,
            17, 39, 70, 101, 133, 164, 195, 217, 24, 46, 77, 108, 140, 171, 202, 224, 32, 54, 85, 116, 148, 179, 210,
            232, 34, 56, 87, 118, 150, 181, 212, 234
        };

        // Pillow rounds after each axis.
        assertNear(read(png(grey(5, 3, 255, false, samples)), 7, 8, 1, "black"), 1, expected);
    }

    @ParameterizedTest
    @CsvSource({
        "255, black, 27 100 0",
        "255, white, 27 227 255",
        "255, grey, 27 164 128",
        "65535, black, 27 100 0",
        "65535, white, 27 227 255",
        "65535, #808080, 27 164 128"
    })
    void greySamplesAreTakenAsTheyAreAndLieOnTheBackground(int largest, String background, String expected) {
        int[] samples = {27, 255, 200, 128, 90, 0};
        for (int i = 0; i < samples.length; i++) {
            samples[i] *= largest / 255;
        }

        int[] pixels = read(png(grey(3, 1, largest, true, samples)), 1, 3, 1, background);

        assertThat(pixels).containsExactly(numbers(expected));
    }

    @Test
    void coloursAreMadeGreyByTheirLumaAndLieOnTheBackground() {
        BufferedImage opaque = new BufferedImage(3, 1, BufferedImage.TYPE_INT_RGB);
        int[] colours = {0xc81e5a, 0x0a7828, 0xffff00};
        opaque.setRGB(0, 0, 3, 1, colours, 0, 3);
        BufferedImage transparent = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
        transparent.setRGB(0, 0, 2, 1, new int[] {0x80c81e5a, 0x330a7828}, 0, 2);

        assertThat(read(png(opaque), 1, 3, 1, "black")).containsExactly(88, 78, 226);
        assertNear(read(png(transparent), 1, 2, 3, "#ffcc00"), 1, 227, 117, 45, 206, 187, 8);
    }

    @Test
    void fourChannelsOfInkBecomeColours() {
        byte[] file = Base64.getDecoder().decode(CMYK);

        assertNear(read(file, 1, 2, 3, "black"), 1, 42, 172, 126, 149, 82, 131);
        assertNear(read(file, 1, 2, 1, "black"), 1, 128, 108);
        file[ADOBE_TRANSFORM] = 2;
        assertNear(read(file, 1, 2, 3, "black"), 1, 113, 195, 21, 0, 46, 0);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 20 120 80 180",
        "2, 120 20 180 80",
        "3, 180 80 120 20",
        "4, 80 180 20 120",
        "5, 20 80 120 180",
        "6, 80 20 180 120",
        "7, 180 120 80 20",
        "8, 120 180 20 80",
        "9, 20 120 80 180"
    })
    void picturesAreTurnedAsTheirOrientationTells(int orientation, String expected) {
        byte[] file = Base64.getDecoder().decode(EXIF);
        file[EXIF_VALUE] = (byte) orientation;

        assertNear(read(file, 2, 2, 1, "black"), 1, numbers(expected));
    }

    private int[] read(byte[] content, int height, int width, int channels, String background) {
        try {
            Path file = Files.write(folder.resolve("picture"), content);
            byte[] pixels = PictureFile.read(
                    file,
                    new ImageShape(height, width, channels),
                    Colour.parse(background).orElseThrow(),
                    PictureFit.STRETCH);
            int[] unsigned = new int[pixels.length];
            for (int i = 0; i < pixels.length; i++) {
                unsigned[i] = pixels[i] & 0xff;
            }
            return unsigned;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static int[] numbers(String text) {
        return Arrays.stream(text.split(" ")).mapToInt(Integer::parseInt).toArray();
    }

    private static void assertNear(int[] pixels, int tolerance, int... expected) {
        assertThat(pixels).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat(Math.abs(pixels[i] - expected[i])).as("sample %d", i).isLessThanOrEqualTo(tolerance);
        }
    }

    private byte[] png(BufferedImage image) {
        try (var bytes = new ByteArrayOutputStream()) {
            ImageIO.write(image, "png", bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static BufferedImage grey(int width, int height, int largest, boolean alpha, int[] samples) {
        int type = largest > 255 ? DataBuffer.TYPE_USHORT : DataBuffer.TYPE_BYTE;
        var model = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_GRAY),
                alpha,
                false,
                alpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE,
                type);
        WritableRaster raster = Raster.createInterleavedRaster(type, width, height, alpha ? 2 : 1, null);
        raster.setPixels(0, 0, width, height, samples);
        return new BufferedImage(model, raster, false, null);
    }
}
