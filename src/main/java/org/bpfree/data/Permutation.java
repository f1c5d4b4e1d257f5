package org.bpfree.data;

import java.util.random.RandomGenerator;

/** Random orders. */
public final class Permutation {
    private Permutation() {}

    /** Shuffles in place (Fisher and Yates), every order equally likely. */
    public static void shuffle(int[] items, RandomGenerator random) {
        shuffle(items, 0, items.length, random);
    }

    /** Shuffles the items from {@code begin} to before {@code end}. */
    static void shuffle(int[] items, int begin, int end, RandomGenerator random) {
        for (int last = end - 1; last > begin; last--) {
            int other = begin + random.nextInt(last - begin + 1);
            int kept = items[last];
            items[last] = items[other];
            items[other] = kept;
        }
    }

    /** A random order of {@code 0 .. size - 1}. */
    public static int[] of(int size, RandomGenerator random) {
        int[] items = new int[size];
        for (int i = 0; i < size; i++) {
            items[i] = i;
        }
        shuffle(items, random);
        return items;
    }
}
