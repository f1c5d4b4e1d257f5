package org.bpfree.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bpfree.data.DataSettings.Normalization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelsAndDrawsTest {
    private static final ImageShape DOT = new ImageShape(1, 1, 1);

    /** Image i has a label of its own kind; its pixel tells its position. */
    private static ImageSet set(int size, int classes, Function<Integer, Integer> label) {
        byte[] labels = new byte[size];
        byte[] pixels = new byte[size];
        for (int i = 0; i < size; i++) {
            labels[i] = (byte) (int) label.apply(i);
            pixels[i] = (byte) i;
        }
        return new ImageSet(DOT, size, classes, pixels, labels);
    }

    private static Map<Integer, Long> counts(ImageSet set) {
        return IntStream.range(0, set.size())
                .mapToObj(set::label)
                .collect(Collectors.groupingBy(label -> label, Collectors.counting()));
    }

    @Test
    void classesOver127AreClasses() {
        ImageSet set = set(256, 256, i -> i);

        assertThat(set.label(200)).isEqualTo(200);
        try (BatchStream stream = new BatchStream(
                set,
                Normalizer.of(Normalization.UNIT, set),
                TestImages.UNCHANGED,
                256,
                1,
                BatchStream.Arrangement.STORED)) {
            stream.start(0, 0);
            assertThat(stream.next().labels)
                    .containsExactly(IntStream.range(0, 256).toArray());
        }
        assertThat(counts(StratifiedDraw.of(set, 255, 1))).hasSize(255).allSatisfy((label, images) -> assertThat(label)
                .isBetween(0, 255));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 10, 100, 199})
    void aStratifiedDrawKeepsTheSharesOfTheClasses(int limit) {
        // Half of the images are of class 0, a quarter of class 1, the rest of class 3; none are of class 2.
        ImageSet all = set(200, 4, i -> i < 100 ? 0 : i < 150 ? 1 : 3);

        ImageSet drawn = StratifiedDraw.of(all, limit, 5);

        assertThat(drawn.size()).isEqualTo(limit);
        Map<Integer, Long> counts = counts(drawn);
        assertThat(counts.getOrDefault(2, 0L)).isZero();
        for (int label : new int[] {0, 1, 3}) {
            double share = limit * (label == 0 ? 0.5 : 0.25);
            assertThat(counts.getOrDefault(label, 0L).doubleValue()).isBetween(share - 1, share + 1);
        }
        assertThat(StratifiedDraw.of(all, limit, 5).pixels()).isEqualTo(drawn.pixels());
    }

    @Test
    void theFirstImagesOfAnOrderedSetAreOfOneClassAndADrawFollowsTheSeed() {
        ImageSet all = set(200, 10, i -> i / 20);

        // Negative control: what a plain limit does.
        assertThat(counts(all.first(20))).hasSize(1);
        assertThat(counts(StratifiedDraw.of(all, 20, 1))).hasSize(10).allSatisfy((label, images) -> assertThat(images)
                .isEqualTo(2));
        assertThat(StratifiedDraw.of(all, 20, 1).pixels())
                .isNotEqualTo(StratifiedDraw.of(all, 20, 2).pixels());
    }
}
