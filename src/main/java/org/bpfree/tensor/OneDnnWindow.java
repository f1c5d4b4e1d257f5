package org.bpfree.tensor;

import org.bytedeco.dnnl.memory;

/**
 * Windows over maps in oneDNN's terms.
 *
 * @param input shape {@code [batch, height, width, channels]}
 * @param output shape {@code [batch, height', width', channels']}
 */
record OneDnnWindow(Shape input, Shape output, Window window) {
    memory.desc inputLayout() {
        return OneDnn.layout(memory.format_tag.nhwc, channelsSecond(input));
    }

    memory.desc outputLayout() {
        return OneDnn.layout(memory.format_tag.nhwc, channelsSecond(output));
    }

    /** Extents in the order of oneDNN's names, which is not the order in memory. */
    static long[] channelsSecond(Shape maps) {
        return new long[] {maps.extent(0), maps.extent(3), maps.extent(1), maps.extent(2)};
    }

    long[] sizes() {
        return new long[] {window.size(), window.size()};
    }

    long[] strides() {
        return new long[] {window.stride(), window.stride()};
    }

    /** Padding above and on the left. */
    long[] before() {
        return new long[] {window.paddingBefore(input.extent(1)), window.paddingBefore(input.extent(2))};
    }

    /** Padding below and on the right. */
    long[] after() {
        return new long[] {after(1), after(2)};
    }

    /** Negative where the last windows leave pixels unread. */
    private long after(int axis) {
        int extent = input.extent(axis);
        long reach = (long) (output.extent(axis) - 1) * window.stride() + window.size();
        return reach - extent - window.paddingBefore(extent);
    }
}
