package org.bpfree.cli;

import java.util.Set;
import org.bpfree.binding.SettingsLoader;

/** What a YAML file is for. */
enum ConfigKind {
    experiment,
    sweep,
    study;

    /** A study has arms, a sweep a base, an experiment neither. */
    static ConfigKind of(String text) {
        Set<String> keys = SettingsLoader.keys(text);
        return keys.contains("arms") ? study : keys.contains("base") ? sweep : experiment;
    }
}
