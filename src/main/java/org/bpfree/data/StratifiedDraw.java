package org.bpfree.data;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.bpfree.random.RandomStream;

/** A random part of a set in which each class keeps its share. */
public final class StratifiedDraw {
    private StratifiedDraw() {}

    /**
     * Draws images; they keep their order.
     *
     * @param limit how many, 1 .. size of the set
     * @param seed decides which
     */
    public static ImageSet of(ImageSet all, int limit, long seed) {
        int[] left = quotas(all, limit);
        int[] drawn = new int[limit];
        int count = 0;
        for (int image : Permutation.of(all.size(), RandomStream.of(seed, "train-limit"))) {
            if (left[all.label(image)]-- > 0) {
                drawn[count++] = image;
            }
        }
        Arrays.sort(drawn);
        return all.slice(drawn).detached();
    }

    /** How many images each class gives: its share rounded down, and one more where the most was cut off, until all are given. */
    private static int[] quotas(ImageSet all, int limit) {
        long[] images = new long[all.classes()];
        for (int i = 0; i < all.size(); i++) {
            images[all.label(i)]++;
        }
        int[] quotas = new int[all.classes()];
        for (int label = 0; label < quotas.length; label++) {
            quotas[label] = (int) (images[label] * limit / all.size());
        }
        List<Integer> byRemainder = IntStream.range(0, quotas.length)
                .boxed()
                .sorted(Comparator.comparingLong(label -> -(images[label] * limit % all.size())))
                .toList();
        int missing = limit - Arrays.stream(quotas).sum();
        byRemainder.subList(0, missing).forEach(label -> quotas[label]++);
        return quotas;
    }
}
