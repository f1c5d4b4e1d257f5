package org.bpfree.data;

import java.util.random.RandomGenerator;

/**
 * A random order of images that lie on a disk, in which those that are read within some time lie near each other: the images are cut into
 * blocks, the blocks come in a random order, and within a window of some blocks that follow each other then, all images are shuffled. So an
 * epoch reads the file once, a window after another, while an order that is random throughout would wait for the disk at every image.
 */
final class BlockOrder {
    private static final int BLOCK_BYTES = 4 << 20;
    private static final int WINDOW = 64; // blocks

    private BlockOrder() {}

    /** Fills an order of images of a shape. */
    static void fill(int[] order, ImageShape shape, RandomGenerator random) {
        fill(order, Math.max(1, BLOCK_BYTES / shape.size()), WINDOW, random);
    }

    /**
     * Fills an order.
     *
     * @param order receives every number from 0 to its length - 1 once
     * @param block images of a block
     * @param window blocks whose images are shuffled together
     */
    static void fill(int[] order, int block, int window, RandomGenerator random) {
        int blocks = (int) (((long) order.length + block - 1) / block);
        int position = 0;
        int begin = 0;
        int gathered = 0;
        for (int each : Permutation.of(blocks, random)) {
            int end = (int) Math.min(order.length, ((long) each + 1) * block);
            for (int image = each * block; image < end; image++) {
                order[position++] = image;
            }
            if (++gathered % window == 0 || gathered == blocks) {
                Permutation.shuffle(order, begin, position, random);
                begin = position;
            }
        }
    }
}
