package org.bpfree.experiment;

import java.lang.reflect.Field;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bpfree.binding.AnyValue;
import org.bpfree.binding.Expectation;
import org.bpfree.binding.Origins;
import org.bpfree.binding.Setting;
import org.bpfree.binding.SettingsTypes;
import org.bpfree.settings.Doc;
import org.bpfree.settings.Shorthand;

/** Every setting that an experiment can have, by its path, with what the annotations say of it. */
public final class SettingIndex {
    private static final int DEEPEST = 8;

    private final SettingsTypes types;
    private final Expectation expectation;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, Set<String>> choices = new LinkedHashMap<>();

    /**
     * One setting.
     *
     * @param path such as {@code optimizer.momentum}; items of lists have the position {@code N}
     * @param owner the type of the block it belongs to, such as {@code sgd}; empty where there is one only
     * @param doc what it does
     * @param allowed what values it may have, in words
     * @param standard its default as YAML; empty where it is required, or where leaving it out is the default
     * @param required whether it has to be given
     * @param values what each of its values does, such as {@code clean: ...}, where they have names
     */
    public record Entry(
            String path,
            String owner,
            String doc,
            String allowed,
            Optional<String> standard,
            boolean required,
            List<String> values) {
        /** The last part of the path. */
        public String name() {
            return path.substring(path.lastIndexOf('.') + 1);
        }
    }

    /** The settings that the given types allow. */
    public SettingIndex(SettingsTypes types) {
        this.types = types;
        expectation = new Expectation(types);
        collect(types.settings(Experiment.class), "", "", 0);
    }

    /** All settings, in the order of a file. */
    public List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** Those of a path or, where there is no such path, of a name. */
    public List<Entry> find(String pathOrName) {
        List<Entry> exact = entries.stream()
                .filter(entry -> entry.path().equals(pathOrName))
                .toList();
        return exact.isEmpty()
                ? entries.stream()
                        .filter(entry -> entry.name().equals(pathOrName))
                        .toList()
                : exact;
    }

    /** The settings of a member of a family, by themselves. */
    public List<Entry> of(Class<?> family, Class<? extends Record> variant) {
        return types.settings(family, variant).stream()
                .map(setting -> entry(setting, setting.name(), ""))
                .toList();
    }

    /** All paths, each once. */
    public Set<String> paths() {
        Set<String> paths = new LinkedHashSet<>();
        entries.forEach(entry -> paths.add(entry.path()));
        return paths;
    }

    /**
     * All paths, each once, with the words that are values there: the constants of an enum, true and false, and the types of a family at
     * its path with {@code .type}. Other settings have no words.
     */
    public Map<String, Set<String>> choices() {
        return choices;
    }

    private void collect(List<Setting> settings, String path, String owner, int depth) {
        for (Setting setting : settings) {
            String place = Origins.Paths.child(path, setting.name());
            entries.add(entry(setting, place, owner));
            choices.computeIfAbsent(place, each -> new LinkedHashSet<>()).addAll(words(setting.type()));
            if (depth < DEEPEST) {
                enter(setting.type(), place, depth + 1);
            }
        }
    }

    private void enter(Type type, String path, int depth) {
        Class<?> raw = Setting.raw(type);
        if (raw == Optional.class) {
            enter(Setting.argument(type), path, depth);
        } else if (raw == List.class) {
            enter(Setting.argument(type), path + ".N", depth);
        } else if (types.isFamily(raw)) {
            choices.put(path + ".type", types.variants(raw).keySet());
            for (Map.Entry<String, Class<? extends Record>> variant :
                    types.variants(raw).entrySet()) {
                collect(types.settings(raw, variant.getValue()), path, variant.getKey(), depth);
            }
        } else if (raw.isRecord() && raw != AnyValue.class) {
            collect(types.settings(raw.asSubclass(Record.class)), path, "", depth);
        }
    }

    private Entry entry(Setting setting, String path, String owner) {
        Optional<String> standard = setting.defaultText().filter(text -> !text.equals("null"));
        return new Entry(
                path,
                owner,
                setting.doc(),
                expectation.of(setting.type(), setting.range()),
                standard,
                setting.defaultText().isEmpty(),
                values(setting.type()));
    }

    private List<String> words(Type type) {
        Class<?> raw = Setting.raw(type);
        if (raw == Optional.class) {
            return words(Setting.argument(type));
        }
        if (isNamed(raw)) {
            return List.copyOf(types.variants(raw).keySet());
        }
        if (raw.isEnum()) {
            return Arrays.stream(raw.getEnumConstants())
                    .map(constant -> Setting.nameOf((Enum<?>) constant))
                    .toList();
        }
        return raw == boolean.class || raw == Boolean.class ? List.of("true", "false") : List.of();
    }

    /** Whether a word may stand for a member of a family. */
    private boolean isNamed(Class<?> raw) {
        return raw.isAnnotationPresent(Shorthand.class) && types.isFamily(raw);
    }

    private List<String> values(Type type) {
        Class<?> raw = Setting.raw(type);
        if (raw == Optional.class) {
            return values(Setting.argument(type));
        }
        List<String> values = new ArrayList<>();
        if (isNamed(raw)) {
            types.variants(raw).forEach((name, member) -> {
                Doc doc = member.getAnnotation(Doc.class);
                values.add(doc == null ? name : name + ": " + doc.value());
            });
        }
        for (Field field : raw.getFields()) {
            Doc doc = field.getAnnotation(Doc.class);
            if (field.isEnumConstant() && doc != null) {
                String name = field.getName().toLowerCase(Locale.ROOT).replace('_', '-');
                values.add(name + ": " + doc.value());
            }
        }
        return values;
    }
}
