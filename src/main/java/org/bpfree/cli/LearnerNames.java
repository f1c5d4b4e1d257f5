package org.bpfree.cli;

import java.util.Iterator;
import org.bpfree.config.SettingsTypes;
import org.bpfree.learn.LearnerSettings;

/** The types of learners, for shell completion. */
final class LearnerNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
        return SettingsTypes.installed()
                .variants(LearnerSettings.class)
                .keySet()
                .iterator();
    }
}
