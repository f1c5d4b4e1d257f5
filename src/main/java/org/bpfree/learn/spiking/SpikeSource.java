package org.bpfree.learn.spiking;

import java.util.List;
import org.bpfree.learn.LabelledImages;

/** A learner whose network spikes. */
public interface SpikeSource {
    /**
     * The spikes of all layers with units when the network predicts one image.
     *
     * @param image which image of the batch, from 0
     */
    List<SpikeTrain> spikes(LabelledImages batch, int image);
}
