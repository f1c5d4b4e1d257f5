package org.bpfree.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class ImageGridTest {
    @Test
    void numbersAreStretchedFromBlackToWhite() {
        BufferedImage image = ImageGrid.stretched(new double[] {-2, 0, 2, 2}, 2, 2, 1);

        assertThat(image.getRGB(0, 0)).isEqualTo(0xff000000);
        assertThat(image.getRGB(1, 0)).isEqualTo(0xff808080);
        assertThat(image.getRGB(0, 1)).isEqualTo(0xffffffff);
    }

    @Test
    void aConstantPictureIsGrey() {
        assertThat(ImageGrid.stretched(new double[] {5, 5}, 1, 2, 1).getRGB(1, 0))
                .isEqualTo(0xff7f7f7f);
    }

    @Test
    void channelsAreRedGreenBlue() {
        byte[] pixels = {9, (byte) 255, 128 - 256, 0};
        assertThat(ImageGrid.ofBytes(pixels, 1, 1, 1, 3).getRGB(0, 0)).isEqualTo(0xffff8000);
    }

    @Test
    void tilesStandInRowsWithALineBetween() {
        BufferedImage tile = ImageGrid.stretched(new double[] {0, 1}, 1, 2, 1); // black, white
        BufferedImage grid = ImageGrid.of(Collections.nCopies(3, tile), 2, 2);

        assertThat(grid.getWidth()).isEqualTo(2 * (2 * 2 + 1) + 1);
        assertThat(grid.getHeight()).isEqualTo(2 * (2 + 1) + 1);
        assertThat(grid.getRGB(0, 0)).isEqualTo(0xff808080);
        assertThat(grid.getRGB(3, 1)).isEqualTo(0xffffffff);
        assertThat(grid.getRGB(6, 4)).as("the fourth place is empty").isEqualTo(0xff808080);
    }
}
