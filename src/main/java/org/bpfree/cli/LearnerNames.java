package org.bpfree.cli;

import java.util.Iterator;
import org.bpfree.experiment.InstalledTypes;
import org.bpfree.learn.LearnerSettings;

/** The types of learners, for shell completion. */
final class LearnerNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
        return InstalledTypes.find().variants(LearnerSettings.class).keySet().iterator();
    }
}
