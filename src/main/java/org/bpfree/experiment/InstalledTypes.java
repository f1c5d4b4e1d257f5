package org.bpfree.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.bpfree.binding.SettingsTypes;
import org.bpfree.learn.LearnerProvider;
import org.bpfree.learn.LearnerSettings;

/** The settings that may stand in an experiment, with those of every extension on the class path. */
public final class InstalledTypes {
    private InstalledTypes() {}

    /** Types with all learners on the class path. */
    public static SettingsTypes find() {
        List<Class<? extends Record>> learners = new ArrayList<>();
        for (LearnerProvider provider : ServiceLoader.load(LearnerProvider.class)) {
            learners.add(provider.settings().asSubclass(Record.class));
        }
        return new SettingsTypes(Map.of(LearnerSettings.class, learners));
    }
}
