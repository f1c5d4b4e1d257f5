package org.example.noisy;

import org.bpfree.learn.LearnerSettings;
import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.Range;
import org.bpfree.settings.TypeName;

/** The block {@code learner} of an experiment file. */
@TypeName("noisy-feedback")
@Doc("Errors travel back through the weights plus noise that is drawn for every batch.")
public record NoisyFeedbackSettings(
        @Doc("Deviation of the noise, as a multiple of the deviation of each layer's weights.")
                @Default("0.1")
                @Range(min = 0)
                double noise)
        implements LearnerSettings {}
