package org.bpfree.data;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.bpfree.random.RandomStream;

/**
 * Takes validation images out of the training split. Which ones follows from the seed; the rest keep their order. Both parts are views of the
 * same pixels.
 *
 * @param train the images that stay
 * @param validation the images taken out
 */
public record HoldOut(ImageSet train, ImageSet validation) {
    /** Splits a set. */
    public static HoldOut of(ImageSet all, int validation, long seed) {
        int[] order = Permutation.of(all.size(), RandomStream.of(seed, "validation-split"));
        int[] held = Arrays.copyOf(order, validation);
        Arrays.sort(held);
        if (validation == 0) {
            return new HoldOut(all, all.slice(held));
        }
        int[] kept = IntStream.of(order).skip(validation).sorted().toArray();
        return new HoldOut(all.slice(kept), all.slice(held));
    }
}
