package org.bpfree.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.bpfree.data.DataSettings.Augmentation;
import org.bpfree.data.DataSettings.Normalization;
import org.junit.jupiter.api.Test;

class AugmenterTest {
    /** 2 rows, 3 columns: 1 2 3 / 4 5 6. */
    private static final byte[] IMAGE = {1, 2, 3, 4, 5, 6};

    private static final ImageShape SHAPE = new ImageShape(2, 3, 1);

    @Test
    void withoutChangeTheImageStays() {
        assertThat(write(Normalization.NONE, false, 0, 0)).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void aMirrorSwapsLeftAndRight() {
        assertThat(write(Normalization.NONE, true, 0, 0)).containsExactly(3, 2, 1, 6, 5, 4);
    }

    @Test
    void aCropShowsBlackPadding() {
        assertThat(write(Normalization.NONE, false, 1, 1)).containsExactly(5, 6, 0, 0, 0, 0);
        assertThat(write(Normalization.NONE, false, -1, -2)).containsExactly(0, 0, 0, 0, 0, 1);
    }

    @Test
    void aCropIsTakenFromTheMirroredImage() {
        assertThat(write(Normalization.NONE, true, 0, 1)).containsExactly(2, 1, 0, 5, 4, 0);
    }

    @Test
    void paddingIsBlackBeforeNormalisation() {
        assertThat(write(Normalization.CENTERED, false, 1, 0)[3]).isEqualTo(-0.5f);
    }

    @Test
    void theChannelsOfAPixelStayTogether() {
        ImageShape colour = new ImageShape(1, 2, 3);
        ImageSet set = new ImageSet(colour, 1, 10, new byte[] {1, 2, 3, 4, 5, 6}, new byte[1]);
        float[] out = new float[6];
        new Augmenter(colour, Normalizer.of(Normalization.NONE, set), new Augmentation(true, 0))
                .write(set.pixels(), 0, out, 0, true, 0, 0);
        assertThat(out).containsExactly(4, 5, 6, 1, 2, 3);
    }

    private static float[] write(Normalization normalization, boolean mirror, int down, int right) {
        ImageSet set = new ImageSet(SHAPE, 1, 10, IMAGE, new byte[1]);
        float[] out = new float[6];
        new Augmenter(SHAPE, Normalizer.of(normalization, set), new Augmentation(true, 2))
                .write(IMAGE, 0, out, 0, mirror, down, right);
        return out;
    }
}
