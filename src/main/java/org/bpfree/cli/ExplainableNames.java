package org.bpfree.cli;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.bpfree.binding.SettingsTypes;
import org.bpfree.experiment.InstalledTypes;
import org.bpfree.learn.LearnerSettings;
import org.bpfree.model.LayerSettings;
import org.bpfree.optimizer.OptimizerSettings;

/** The learners, layers and optimizers that {@code bpfree explain} knows, for shell completion. */
final class ExplainableNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
        return types(InstalledTypes.find()).iterator();
    }

    /** The names of all that has a type. */
    static List<String> types(SettingsTypes types) {
        List<String> names = new ArrayList<>();
        for (Class<?> family : List.of(LearnerSettings.class, LayerSettings.class, OptimizerSettings.class)) {
            names.addAll(types.variants(family).keySet());
        }
        return names;
    }
}
