package org.bpfree.tensor;

/**
 * Square windows that slide over maps: their size, the step between them, and whether they may cross the border.
 *
 * @param size height and width in pixels
 * @param stride step in pixels
 * @param same true: the output extent is {@code ceil(extent / stride)}, with padding split evenly, the odd pixel after; false: only
 *     windows that lie inside
 */
public record Window(int size, int stride, boolean same) {
    /** Number of windows along an axis of the given extent; 0 or less when none fits. */
    public int count(int extent) {
        return same ? (extent + stride - 1) / stride : Math.floorDiv(extent - size, stride) + 1;
    }

    /** Pixels of padding before the first pixel of an axis of the given extent. */
    public int paddingBefore(int extent) {
        return same ? Math.max(overhang(extent), 0) / 2 : 0;
    }

    /**
     * The native ops' number for the kind of padding on a map of the given extents: 0 where no window crosses the border. Told otherwise,
     * these ops would compute a negative padding for windows with gaps between them.
     */
    int nativePadding(int height, int width) {
        return same && (overhang(height) > 0 || overhang(width) > 0) ? 1 : 0;
    }

    /** Pixels by which the windows along an axis of the given extent reach further than the axis; negative where they leave some out. */
    private int overhang(int extent) {
        return (count(extent) - 1) * stride + size - extent;
    }
}
