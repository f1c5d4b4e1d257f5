package org.bpfree.binding;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpfree.settings.InvalidSetting;
import org.bpfree.settings.Range;
import org.bpfree.settings.Remembered;
import org.bpfree.settings.Shorthand;

/**
 * Turns YAML nodes into settings records. It goes on after a problem, so that all are found; a record is built only when each of
 * its components is sound.
 */
final class Binder {
    private final SettingsTypes types;
    private final Problems problems;
    private final Origins origins;
    private final Expectation expectation;
    private final ScalarReader scalars;
    private final UnknownKeys unknownKeys;

    Binder(SettingsTypes types, Class<?> root, Problems problems, Origins origins) {
        this.types = types;
        this.problems = problems;
        this.origins = origins;
        expectation = new Expectation(types);
        scalars = new ScalarReader(expectation);
        unknownKeys = new UnknownKeys(types, new KnownPlaces(types, root), problems);
    }

    /** The record, or nothing when there was a problem. */
    <T extends Record> Optional<T> bind(Class<T> type, YamlNode node) {
        return value(type, Optional.empty(), node, "").map(type::cast);
    }

    private Optional<Object> value(Type type, Optional<Range> range, YamlNode node, String path) {
        origins.put(path, node.origin());
        if (node instanceof YamlNode.Broken) {
            return Optional.empty();
        }
        Class<?> raw = Setting.raw(type);
        if (raw == AnyValue.class) {
            return anyValue(node, path);
        }
        if (raw == Optional.class) {
            if (node instanceof YamlNode.Scalar scalar && scalar.isNull()) {
                return Optional.of(Optional.empty());
            }
            return value(Setting.argument(type), range, node, path).map(Optional::of);
        }
        if (node instanceof YamlNode.Scalar scalar && scalar.isNull()) {
            String what = scalar.isEmpty() ? "has no value" : "cannot be " + scalar.text();
            return wrong(node, path, what + ", expected " + expectation.of(type, range) + ".");
        }
        if (raw == List.class) {
            return list(type, range, node, path);
        }
        if (raw == Map.class) {
            return map(type, range, node, path);
        }
        if (raw.isRecord() || types.isFamily(raw)) {
            if (node instanceof YamlNode.Mapping mapping) {
                return types.isFamily(raw)
                        ? variant(raw, mapping, path)
                        : record(raw.asSubclass(Record.class), mapping, path);
            }
            if (raw.isAnnotationPresent(Shorthand.class)
                    && node instanceof YamlNode.Scalar scalar
                    && types.isFamily(raw)) {
                return named(raw, scalar, path);
            }
            if (raw.isAnnotationPresent(Shorthand.class) && !types.isFamily(raw)) {
                Class<? extends Record> record = raw.asSubclass(Record.class);
                boolean list = Setting.raw(types.settings(record).get(0).type()) == List.class;
                if (list == node instanceof YamlNode.Sequence) {
                    return shorthand(record, node, path);
                }
            }
            return wrong(node, path, notABlock(raw, node) + ", expected " + expectation.of(type, range) + ".");
        }
        if (node instanceof YamlNode.Scalar scalar) {
            return scalars.read(type, range, scalar, message -> problems.add(scalar.origin(), path, message));
        }
        String what = node instanceof YamlNode.Sequence ? "a list" : "a block";
        return wrong(node, path, what + " is not allowed here, expected " + expectation.of(type, range) + ".");
    }

    private Optional<Object> wrong(YamlNode node, String path, String message) {
        problems.add(node.origin(), path, message);
        return Optional.empty();
    }

    private String notABlock(Class<?> raw, YamlNode node) {
        if (node instanceof YamlNode.Scalar scalar) {
            boolean isTypeName = types.isFamily(raw) && types.variants(raw).containsKey(scalar.text());
            String advice = isTypeName ? " (write {type: " + scalar.text() + "})" : "";
            return ScalarReader.quote(scalar.text()) + " is a single value" + advice;
        }
        return "a list is not allowed here";
    }

    private Optional<Object> list(Type type, Optional<Range> range, YamlNode node, String path) {
        if (!(node instanceof YamlNode.Sequence sequence)) {
            String what = node instanceof YamlNode.Scalar scalar ? ScalarReader.quote(scalar.text()) : "a block";
            return wrong(node, path, what + " is not a list, expected " + expectation.of(type, range) + ".");
        }
        List<Object> items = new ArrayList<>();
        for (int i = 0; i < sequence.items().size(); i++) {
            String itemPath = Origins.Paths.child(path, String.valueOf(i));
            value(Setting.argument(type), range, sequence.items().get(i), itemPath)
                    .ifPresent(items::add);
        }
        return items.size() == sequence.items().size() ? Optional.of(List.copyOf(items)) : Optional.empty();
    }

    /** Keys of the user's choice, each with a value of the same type, in the order of the file. */
    private Optional<Object> map(Type type, Optional<Range> range, YamlNode node, String path) {
        if (!(node instanceof YamlNode.Mapping mapping)) {
            String what = node instanceof YamlNode.Scalar scalar ? ScalarReader.quote(scalar.text()) : "a list";
            return wrong(node, path, what + " is not a block, expected " + expectation.of(type, range) + ".");
        }
        Map<String, Object> entries = new LinkedHashMap<>();
        for (YamlNode.Entry entry : mapping.entries()) {
            value(Setting.argument(type, 1), range, entry.value(), Origins.Paths.child(path, entry.key()))
                    .ifPresent(value -> entries.put(entry.key(), value));
        }
        return entries.size() == mapping.entries().size()
                ? Optional.of(Collections.unmodifiableMap(entries))
                : Optional.empty();
    }

    /** The value as text; the places of all its parts are kept, since problems with it show up later. */
    private Optional<Object> anyValue(YamlNode node, String path) {
        origins.put(path, node.origin());
        boolean sound = !(node instanceof YamlNode.Broken);
        if (node instanceof YamlNode.Sequence list) {
            for (int i = 0; i < list.items().size(); i++) {
                sound &= anyValue(list.items().get(i), Origins.Paths.child(path, String.valueOf(i)))
                        .isPresent();
            }
        }
        if (node instanceof YamlNode.Mapping block) {
            for (YamlNode.Entry entry : block.entries()) {
                sound &= anyValue(entry.value(), Origins.Paths.child(path, entry.key()))
                        .isPresent();
            }
        }
        return sound ? Optional.of(new AnyValue(YamlPrinter.inline(node))) : Optional.empty();
    }

    private Optional<Object> variant(Class<?> family, YamlNode.Mapping mapping, String path) {
        Map<String, Class<? extends Record>> variants = types.variants(family);
        String allowed = Expectation.oneOf(List.copyOf(variants.keySet()));
        String typePath = Origins.Paths.child(path, "type");
        Optional<YamlNode.Entry> entry = mapping.find("type").or(() -> typeByKey(variants, mapping));
        if (entry.isEmpty()) {
            return wrong(mapping, typePath, "is missing, expected " + allowed + ".");
        }
        YamlNode node = entry.get().value();
        origins.put(typePath, node.origin());
        String name = node instanceof YamlNode.Scalar scalar ? scalar.text() : "";
        Class<? extends Record> record = variants.get(name);
        if (record == null) {
            String what = name.isEmpty() ? "has no value" : ScalarReader.quote(name) + " is unknown";
            String near = Nearest.question(name, variants.keySet());
            return wrong(
                    node,
                    typePath,
                    what + ", expected " + allowed + "." + (near.isEmpty() ? unknownKeys.misplacedType(name) : near));
        }
        unknownKeys.report(record, Optional.of(family), mapping, path);
        Optional<Object> kind = components(record, Setting.components(record), Optional.empty(), mapping, path);
        if (!family.isRecord()) {
            return kind;
        }
        Class<? extends Record> around = family.asSubclass(Record.class);
        return components(around, types.common(around, record), kind, mapping, path);
    }

    /** The settings without a default. */
    private List<String> needs(Class<? extends Record> record) {
        return types.settings(record).stream()
                .filter(setting -> setting.defaultText().isEmpty() && !setting.sameBlock())
                .map(Setting::name)
                .toList();
    }

    /** The type that a key tells by itself: the only one that is the name of a member and of a setting of that member. */
    private Optional<YamlNode.Entry> typeByKey(
            Map<String, Class<? extends Record>> variants, YamlNode.Mapping mapping) {
        List<YamlNode.Entry> named = mapping.entries().stream()
                .filter(entry -> variants.containsKey(entry.key()))
                .filter(entry -> types.settings(variants.get(entry.key())).stream()
                        .anyMatch(setting -> setting.name().equals(entry.key())))
                .toList();
        if (named.size() != 1) {
            return Optional.empty();
        }
        YamlNode.Entry key = named.get(0);
        YamlNode.Scalar type = new YamlNode.Scalar(key.key(), true, key.keyOrigin());
        return Optional.of(new YamlNode.Entry("type", key.keyOrigin(), type));
    }

    /** The member of a family that a single word names, with its defaults. */
    private Optional<Object> named(Class<?> family, YamlNode.Scalar name, String path) {
        Map<String, Class<? extends Record>> variants = types.variants(family);
        List<String> known = variants.keySet().stream()
                .filter(each -> needs(variants.get(each)).isEmpty())
                .toList();
        if (variants.containsKey(name.text()) && !known.contains(name.text())) {
            return wrong(
                    name,
                    path,
                    ScalarReader.quote(name.text()) + " needs settings of its own, expected {" + name.text()
                            + ": ...} with " + String.join(", ", needs(variants.get(name.text()))) + "."
                            + Nearest.question(name.text(), known));
        }
        if (!known.contains(name.text())) {
            return wrong(
                    name,
                    path,
                    ScalarReader.quote(name.text()) + " is not allowed, expected " + Expectation.oneOf(known) + "."
                            + Nearest.question(name.text(), known));
        }
        YamlNode.Entry type = new YamlNode.Entry("type", name.origin(), name);
        return variant(family, new YamlNode.Mapping(List.of(type), name.origin()), path);
    }

    private Optional<Object> record(Class<? extends Record> record, YamlNode.Mapping mapping, String path) {
        unknownKeys.report(record, Optional.empty(), mapping, path);
        return components(record, Setting.components(record), Optional.empty(), mapping, path);
    }

    /**
     * A record from the values of its settings.
     *
     * @param kind the value of the setting whose keys stand in the same block, where there is one and it is sound
     */
    private Optional<Object> components(
            Class<? extends Record> record,
            List<Setting> settings,
            Optional<Object> kind,
            YamlNode.Mapping mapping,
            String path) {
        List<Object> values = new ArrayList<>();
        for (Setting setting : settings) {
            if (setting.isPart()) {
                Class<? extends Record> part = Setting.raw(setting.type()).asSubclass(Record.class);
                components(part, Setting.components(part), Optional.empty(), mapping, path)
                        .ifPresent(values::add);
                continue;
            }
            if (setting.sameBlock()) {
                kind.ifPresent(values::add);
                continue;
            }
            String settingPath = Origins.Paths.child(path, setting.name());
            Optional<YamlNode> node = mapping.find(setting.name())
                    .map(YamlNode.Entry::value)
                    .or(() -> setting.defaultText().map(types::defaultNode));
            if (node.isEmpty()) {
                problems.add(
                        mapping.origin(),
                        settingPath,
                        "is missing, expected " + expectation.of(setting.type(), setting.range()) + ".");
                continue;
            }
            value(setting.type(), setting.range(), node.get(), settingPath).ifPresent(values::add);
        }
        return values.size() == settings.size() ? construct(record, values, path) : Optional.empty();
    }

    /** The record whose first component is a single value; problems with it are told at the place of the record. */
    private Optional<Object> shorthand(Class<? extends Record> record, YamlNode node, String path) {
        List<Setting> settings = types.settings(record);
        List<Object> values = new ArrayList<>();
        value(settings.get(0).type(), settings.get(0).range(), node, path).ifPresent(values::add);
        for (Setting other : settings.subList(1, settings.size())) {
            YamlNode text = types.defaultNode(other.defaultText().orElseThrow());
            value(other.type(), other.range(), text, Origins.Paths.child(path, other.name()))
                    .ifPresent(values::add);
        }
        return values.size() == settings.size() ? construct(record, values, path) : Optional.empty();
    }

    private Optional<Object> construct(Class<? extends Record> record, List<Object> values, String path) {
        Class<?>[] parameters = Arrays.stream(record.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        Iterator<Object> settings = values.iterator();
        Object[] arguments = Arrays.stream(parameters)
                .map(type -> type == Remembered.class ? new Remembered<>() : settings.next())
                .toArray();
        try {
            Constructor<? extends Record> constructor = record.getDeclaredConstructor(parameters);
            constructor.setAccessible(true);
            return Optional.of(constructor.newInstance(arguments));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof InvalidSetting invalid) {
                String at = invalid.component().isEmpty() ? path : Origins.Paths.child(path, invalid.component());
                problems.add(at, invalid.getMessage());
                return Optional.empty();
            }
            throw new IllegalStateException(record.getName() + " cannot be built from " + values, e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(record.getName() + Arrays.toString(parameters) + " cannot be built", e);
        }
    }
}
