package org.bpfree.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bpfree.data.BatchStream.Arrangement;
import org.bpfree.data.DataSettings.Augmentation;
import org.bpfree.data.DataSettings.Normalization;
import org.bpfree.random.RandomStream;
import org.junit.jupiter.api.Test;

/** Turned, recoloured, cut and mixed images, by their formulas, and the same ones whenever a step is repeated. */
class AugmentationTest {
    private static final ImageShape SHAPE = new ImageShape(6, 6, 3);
    private static final ImageSet SET = TestImages.random(SHAPE, 23);
    private static final Normalizer RAW = Normalizer.of(Normalization.NONE, SET);

    @Test
    void aQuarterTurnMovesEveryPixelAndAWholeOneNone() {
        Augmenter augmenter = new Augmenter(SHAPE, RAW, new Augmentation(false, 0, 90, 0, 0, 0));
        byte[] image = SET.read(4, 1);
        byte[] turned = new byte[image.length];

        augmenter.rotate(image, Math.PI / 2, turned);

        for (int row = 0; row < 6; row++) {
            for (int column = 0; column < 6; column++) {
                // Counter-clockwise: the right column becomes the top row.
                int source = (column * 6 + 5 - row) * 3;
                assertThat(Arrays.copyOfRange(turned, (row * 6 + column) * 3, (row * 6 + column) * 3 + 3))
                        .as("row %d, column %d", row, column)
                        .isEqualTo(Arrays.copyOfRange(image, source, source + 3));
            }
        }
        augmenter.rotate(image, 2 * Math.PI, turned);
        assertThat(turned).isEqualTo(image);
    }

    @Test
    void halfATurnOfSmallAnglesLiesBetweenNeighbours() {
        ImageShape line = new ImageShape(1, 3, 1);
        Augmenter augmenter = new Augmenter(line, RAW, new Augmentation(false, 0, 90, 0, 0, 0));
        byte[] turned = new byte[3];

        augmenter.rotate(new byte[] {100, 50, 80}, Math.PI / 3, turned);

        // The outer pixels look at columns 0.5 and 1.5 and rows -0.866 and 0.866: 0.134 of the means of 100 and 50, and
        // of 50 and 80.
        assertThat(turned).containsExactly(10, 50, 9);
    }

    @Test
    void coloursFollowTheirFormula() {
        ColourJitter jitter = new ColourJitter(new ImageShape(1, 2, 3), 0.5);
        byte[] image = {100, 50, 20, 10, 20, 30};

        jitter.apply(image, 1.2, 0.5, 2);

        double[] bright = {120, 60, 24, 12, 24, 36};
        double mean = (luma(bright, 0) + luma(bright, 3)) / 2;
        double[] expected = new double[6];
        for (int i = 0; i < 6; i++) {
            expected[i] = Math.round(mean + 0.5 * (bright[i] - mean));
        }
        double[] grey = {luma(expected, 0), luma(expected, 3)};
        for (int i = 0; i < 6; i++) {
            assertThat((double) (image[i] & 0xff))
                    .isEqualTo(Math.round(Math.max(0, grey[i / 3] + 2 * (expected[i] - grey[i / 3]))));
        }
    }

    private static double luma(double[] image, int at) {
        return 0.299 * image[at] + 0.587 * image[at + 1] + 0.114 * image[at + 2];
    }

    @Test
    void aSquareIsBlackenedAndNothingElse() {
        byte[] image = new byte[SHAPE.size()];
        Arrays.fill(image, (byte) 200);
        float[] out = new float[SHAPE.size()];
        Augmenter augmenter = new Augmenter(SHAPE, RAW, new Augmentation(false, 0, 0, 0, 2, 0));
        boolean[] sizes = new boolean[5];
        for (int step = 0; step < 200; step++) {
            augmenter.write(image, 0, out, 0, RandomStream.of(step, "cut"));
            int black = 0;
            for (float each : out) {
                assertThat(each).isIn(0f, 200f);
                black += each == 0 ? 1 : 0;
            }
            assertThat(black % 3).isZero();
            sizes[black / 3] = true;
        }
        // A square of 2 x 2 pixels, or what of it lies within the image at its upper and left sides.
        assertThat(sizes).containsExactly(false, true, true, false, true);
    }

    @Test
    void aMixtureIsTheSumOfTwoImagesInTheSharesOfTheirLabels() {
        Augmentation mixed = new Augmentation(false, 0, 0, 0, 0, 0.4);
        List<Double> shares = new ArrayList<>();
        for (long epoch = 0; epoch < 30; epoch++) {
            try (BatchStream plain = stream(Augmentation.NONE);
                    BatchStream stream = stream(mixed)) {
                plain.start(epoch, 0);
                stream.start(epoch, 0);
                Batch one = plain.next();
                Batch both = stream.next();
                shares.add(both.share);
                assertThat(Arrays.copyOf(both.labels, both.size)).isEqualTo(Arrays.copyOf(one.labels, one.size));
                for (int image = 0; image < both.size; image++) {
                    assertThat(isMixtureOfSomeOther(both, one, image)).isTrue();
                }
            }
        }
        assertThat(shares).allMatch(share -> share >= 0.5 && share <= 1);
        // Of Beta(0.4, 0.4) the mean of the larger share is 0.5 + E|p - 0.5| = 0.8147 by numerical integration.
        assertThat(shares.stream().mapToDouble(each -> each).average().orElseThrow())
                .isCloseTo(0.81, within(0.08));
    }

    private static boolean isMixtureOfSomeOther(Batch both, Batch one, int image) {
        int size = SHAPE.size();
        for (int other = 0; other < one.size; other++) {
            boolean all = both.others[image] == one.labels[other];
            for (int i = 0; all && i < size; i++) {
                double expected =
                        both.share * one.images[image * size + i] + (1 - both.share) * one.images[other * size + i];
                all = Math.abs(expected - both.images[image * size + i]) < 1e-3;
            }
            if (all) {
                return true;
            }
        }
        return false;
    }

    @Test
    void aResumedEpochHasTheVeryNumbersOfAWholeOne() {
        Augmentation all = new Augmentation(true, 1, 20, 0.3, 2, 0.4);
        List<float[]> whole = images(all, 0);
        List<float[]> rest = images(all, 1);
        assertThat(rest).hasSize(2);
        for (int i = 0; i < rest.size(); i++) {
            assertThat(rest.get(i)).isEqualTo(whole.get(i + 1));
        }
        assertThat(images(Augmentation.NONE, 0).get(0)).isNotEqualTo(whole.get(0));
    }

    private static List<float[]> images(Augmentation augmentation, int firstBatch) {
        List<float[]> images = new ArrayList<>();
        try (BatchStream stream = stream(augmentation)) {
            stream.start(3, firstBatch);
            for (Batch batch = stream.next(); batch != null; batch = stream.next()) {
                images.add(Arrays.copyOf(batch.images, batch.size * SHAPE.size()));
            }
        }
        return images;
    }

    private static BatchStream stream(Augmentation augmentation) {
        return new BatchStream(SET, RAW, augmentation, 8, 5, Arrangement.ANY);
    }
}
