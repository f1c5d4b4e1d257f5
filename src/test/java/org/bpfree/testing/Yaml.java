package org.bpfree.testing;

import org.bpfree.binding.SettingsLoader;
import org.bpfree.binding.SettingsTypes;
import org.bpfree.experiment.InstalledTypes;
import org.bpfree.model.LayerSettings;
import org.bpfree.optimizer.OptimizerSettings;

/** Settings as users write them, bound as those of a file are. */
public final class Yaml {
    private static final SettingsTypes TYPES = InstalledTypes.find();

    private Yaml() {}

    /** An optimizer, such as {@code {type: sgd, learningRate: 0.1}}. */
    public static OptimizerSettings optimizer(String block) {
        return settings(OptimizerSettings.class, block);
    }

    /** A layer, such as {@code {type: dense, units: 10, bias: false}}. */
    public static LayerSettings layer(String block) {
        return settings(LayerSettings.class, block);
    }

    /** Any block of settings. */
    public static <T extends Record> T settings(Class<T> type, String block) {
        return new SettingsLoader(TYPES).load(type, "test", block, "settings").settings();
    }
}
