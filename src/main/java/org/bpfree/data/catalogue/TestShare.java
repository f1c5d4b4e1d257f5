package org.bpfree.data.catalogue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bpfree.data.Permutation;
import org.bpfree.random.RandomStream;
import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.Range;
import org.bpfree.settings.Shorthand;

/**
 * How test images are taken out of images that nobody has split. Which ones does not depend on the seed of an experiment: all experiments have
 * the same test images.
 *
 * @param test share of the images
 * @param stratified whether each class gives its share
 */
@Shorthand
public record TestShare(
        @Doc("Share of the images that are held back for the test.")
        @Default("0.2")
        @Range(min = 0, max = 1, aboveMin = true, belowMax = true)
        double test,

        @Doc("Whether each class gives its share.") @Default("true")
        boolean stratified) {
    private static final long SEED = 0;

    /** Which of some images are test images, by the numbers of their classes. */
    boolean[] testImages(int[] labels) {
        Map<Integer, List<Integer>> groups = new LinkedHashMap<>();
        for (int i = 0; i < labels.length; i++) {
            groups.computeIfAbsent(stratified ? labels[i] : 0, label -> new ArrayList<>())
                    .add(i);
        }
        boolean[] isTest = new boolean[labels.length];
        groups.forEach((label, images) -> {
            int[] order = Permutation.of(images.size(), RandomStream.of(SEED, "test-share", label));
            // A class of one image stays with what is learned.
            int count = (int) Math.min(images.size() - 1L, Math.round(test * images.size()));
            Arrays.stream(order).limit(count).forEach(position -> isTest[images.get(position)] = true);
        });
        return isTest;
    }
}
