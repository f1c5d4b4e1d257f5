package org.bpfree.learn.spiking;

/**
 * The spikes of a layer for one image.
 *
 * @param layer its name
 * @param spikes whether a unit spikes at a step, {@code [step][unit]}; units of maps in the order of height, width, channel
 */
public record SpikeTrain(String layer, boolean[][] spikes) {
    /** Number of units. */
    public int units() {
        return spikes[0].length;
    }

    /** Number of steps. */
    public int steps() {
        return spikes.length;
    }
}
