package org.bpfree.experiment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.bpfree.binding.SettingsTypes;
import org.bpfree.data.DatasetSource;
import org.bpfree.failure.Failure;
import org.bpfree.graph.LossFunction;
import org.bpfree.learn.LearnerProvider;
import org.bpfree.learn.LearnerSettings;
import org.bpfree.model.LayerKind;
import org.bpfree.optimizer.OptimizerKind;
import org.bpfree.settings.Extension;

/** The settings that may stand in an experiment, with those of every extension on the class path. */
public final class InstalledTypes {
    private InstalledTypes() {}

    private static final List<Class<?>> FAMILIES =
            List.of(DatasetSource.class, LayerKind.class, LossFunction.class, OptimizerKind.class);

    /** Types with all learners and members of other families on the class path. */
    public static SettingsTypes find() {
        List<Class<? extends Record>> learners = new ArrayList<>();
        for (LearnerProvider<?> provider : ServiceLoader.load(LearnerProvider.class)) {
            learners.add(provider.settings().asSubclass(Record.class));
        }
        Map<Class<?>, List<Class<? extends Record>>> open = new HashMap<>();
        open.put(LearnerSettings.class, learners);
        FAMILIES.forEach(family -> open.put(family, new ArrayList<>()));
        for (Extension extension : ServiceLoader.load(Extension.class)) {
            for (Class<? extends Record> member : extension.members()) {
                open.get(familyOf(member)).add(member);
            }
        }
        return new SettingsTypes(open);
    }

    private static Class<?> familyOf(Class<? extends Record> member) {
        return FAMILIES.stream()
                .filter(family -> family.isAssignableFrom(member))
                .findFirst()
                .orElseThrow(() -> Failure.failed(member.getName() + " belongs to none of the open families "
                        + FAMILIES.stream().map(Class::getName).toList()));
    }
}
