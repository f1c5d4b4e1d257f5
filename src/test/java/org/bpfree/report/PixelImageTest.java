package org.bpfree.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PixelImageTest {
    private static final byte[] PIXELS = {9, (byte) 255, 128 - 256, 0};

    @Test
    void channelsAreRedGreenBlue() {
        assertThat(PixelImage.ofBytes(PIXELS, 1, 1, 1, 3).getRGB(0, 0)).isEqualTo(0xffff8000);
    }

    @Test
    void oneChannelIsGrey() {
        assertThat(PixelImage.ofBytes(PIXELS, 0, 2, 1, 1).getRGB(0, 1)).isEqualTo(0xffffffff);
    }

    @Test
    void anAddressHoldsThePicture() throws IOException {
        String address = PixelImage.dataAddress(PixelImage.ofBytes(PIXELS, 1, 1, 1, 3));

        byte[] file = Base64.getDecoder().decode(address.substring(address.indexOf(',') + 1));
        assertThat(address).startsWith("data:image/png;base64,");
        assertThat(ImageIO.read(new ByteArrayInputStream(file)).getRGB(0, 0)).isEqualTo(0xffff8000);
    }
}
