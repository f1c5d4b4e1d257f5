package org.bpfree.data;

import java.util.Arrays;
import org.bpfree.random.RandomStream;

/**
 * Takes validation images out of the training split. Which ones follows from the seed; the rest keep their order.
 *
 * @param train the images that stay
 * @param validation the images taken out
 */
public record HoldOut(ImageSet train, ImageSet validation) {
    /**
     * Splits a set whose arrays the caller owns and gives up: the images that stay are moved together in place, since a copy of
     * CIFAR-10 would cost another 150 MB.
     */
    public static HoldOut of(ImageSet all, int validation, long seed) {
        int[] order = Permutation.of(all.size(), RandomStream.of(seed, "validation-split"));
        int[] held = Arrays.copyOf(order, validation);
        Arrays.sort(held);
        ImageSet taken = all.slice(held);
        return new HoldOut(closeGaps(all, held), taken);
    }

    private static ImageSet closeGaps(ImageSet all, int[] held) {
        int imageSize = all.shape().size();
        int kept = held.length == 0 ? all.size() : held[0];
        for (int gap = 0; gap < held.length; gap++) {
            int from = held[gap] + 1;
            int to = gap + 1 < held.length ? held[gap + 1] : all.size();
            System.arraycopy(all.pixels(), from * imageSize, all.pixels(), kept * imageSize, (to - from) * imageSize);
            System.arraycopy(all.labels(), from, all.labels(), kept, to - from);
            kept += to - from;
        }
        return new ImageSet(all.shape(), kept, all.classes(), all.pixels(), all.labels());
    }
}
