package org.bpfree.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.bpfree.random.RandomStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An order in blocks holds every image once, and keeps within its window. */
class BlockOrderTest {
    @ParameterizedTest
    @CsvSource({"1000, 10, 4", "1003, 10, 4", "7, 10, 4", "64, 1, 64", "0, 5, 2", "1000, 7, 1000"})
    void everyImageComesOnceAndAWindowHoldsWholeBlocks(int images, int block, int window) {
        int[] order = order(images, block, window, 3);

        assertThat(Arrays.stream(order).sorted().toArray())
                .isEqualTo(IntStream.range(0, images).toArray());
        // The blocks that a window of images comes from are not more than the window has: what is held in memory at
        // once.
        int blocks = (images + block - 1) / block;
        int position = 0;
        while (position < images) {
            int touched = 0;
            boolean[] seen = new boolean[blocks];
            int end = position;
            while (end < images && (seen[order[end] / block] || touched < window)) {
                touched += seen[order[end] / block] ? 0 : 1;
                seen[order[end] / block] = true;
                end++;
            }
            for (int later = end; later < images; later++) {
                assertThat(seen[order[later] / block]).as("image %d", later).isFalse();
            }
            position = end;
        }
    }

    @ParameterizedTest
    @CsvSource({"1000, 10, 4"})
    void itFollowsFromTheSeedAndMixesBlocksAndTheImagesInThem(int images, int block, int window) {
        int[] order = order(images, block, window, 3);

        assertThat(order(images, block, window, 3)).isEqualTo(order);
        assertThat(order(images, block, window, 4)).isNotEqualTo(order);
        // Negative control of locality: neighbours are rarely neighbours still, and the first window is not the first
        // blocks.
        assertThat(IntStream.range(1, images)
                        .filter(i -> order[i] == order[i - 1] + 1)
                        .count())
                .isLessThan(100);
        assertThat(Arrays.stream(order, 0, block * window).max().orElseThrow()).isGreaterThan(block * window);
    }

    private static int[] order(int images, int block, int window, long seed) {
        int[] order = new int[images];
        BlockOrder.fill(order, block, window, RandomStream.of(seed, "order"));
        return order;
    }
}
