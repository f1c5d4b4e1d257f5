package org.bpfree.cli;

import org.bpfree.binding.SettingsLoader;

/** What a YAML file is for. */
enum ConfigKind {
    experiment,
    sweep;

    /** A sweep has a base, an experiment none. */
    static ConfigKind of(String text) {
        return SettingsLoader.keys(text).contains("base") ? sweep : experiment;
    }
}
