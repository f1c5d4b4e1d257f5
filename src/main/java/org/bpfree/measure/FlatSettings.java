package org.bpfree.measure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The settings of a resolved experiment by their paths, such as {@code learner.beta} or {@code model.layers.0.type}, of whatever version. */
public final class FlatSettings {
    private FlatSettings() {}

    /**
     * Reads a resolved experiment.
     *
     * @throws org.snakeyaml.engine.v2.exceptions.YamlEngineException if the text is no YAML
     */
    public static Map<String, String> of(String yaml) {
        Map<String, String> settings = new LinkedHashMap<>();
        flatten("", new Load(LoadSettings.builder().build()).loadFromString(yaml), settings);
        return settings;
    }

    private static void flatten(String path, Object value, Map<String, String> into) {
        String stem = path.isEmpty() ? "" : path + ".";
        if (value instanceof Map<?, ?> block) {
            block.forEach((key, inner) -> flatten(stem + key, inner, into));
        } else if (value instanceof List<?> list
                && list.stream().anyMatch(each -> each instanceof Map || each instanceof List)) {
            for (int i = 0; i < list.size(); i++) {
                flatten(stem + i, list.get(i), into);
            }
        } else {
            into.put(path, String.valueOf(value));
        }
    }
}
