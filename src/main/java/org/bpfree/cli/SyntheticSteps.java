package org.bpfree.cli;

import java.util.random.RandomGenerator;
import org.bpfree.data.BatchStream;
import org.bpfree.data.DataSettings.Normalization;
import org.bpfree.data.ImageSet;
import org.bpfree.data.ImageShape;
import org.bpfree.data.Normalizer;
import org.bpfree.random.RandomStream;
import org.bpfree.tensor.Shape;
import org.bpfree.train.Trainer;
import org.bpfree.train.TrainingSettings;

/** placeholder */
final class SyntheticSteps {
    private SyntheticSteps() {}
}
