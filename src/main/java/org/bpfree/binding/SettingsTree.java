package org.bpfree.binding;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bpfree.settings.Remembered;
import org.bpfree.settings.SameBlock;
import org.bpfree.settings.Shorthand;
import org.bpfree.settings.TypeName;

/** Turns settings records back into nodes: the reverse of {@link Binder}. */
public final class SettingsTree {
    private static final Origin NOWHERE = new Origin.BuiltIn();

    private SettingsTree() {}

    /** The node that binds to an equal value. */
    public static YamlNode of(Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.map(SettingsTree::of).orElse(plain("null"));
        }
        if (value instanceof List<?> list) {
            return new YamlNode.Sequence(list.stream().map(SettingsTree::of).toList(), NOWHERE);
        }
        if (value instanceof Record settings) {
            return block(settings);
        }
        if (value instanceof Enum<?> constant) {
            return plain(Setting.nameOf(constant));
        }
        if (value instanceof String text) {
            return new YamlNode.Scalar(text, false, NOWHERE);
        }
        // Java's shortest form reads back to the same number; YAML files usually write its exponent in lower case.
        return plain(String.valueOf(value).toLowerCase(Locale.ROOT));
    }

    /** The single values of a tree by path; an empty list or block is a value too. */
    public static Map<String, String> leaves(YamlNode node) {
        Map<String, String> leaves = new LinkedHashMap<>();
        collect(node, "", leaves);
        return leaves;
    }

    private static void collect(YamlNode node, String path, Map<String, String> leaves) {
        if (node instanceof YamlNode.Mapping block && !block.entries().isEmpty()) {
            block.entries().forEach(entry -> collect(entry.value(), Origins.Paths.child(path, entry.key()), leaves));
        } else if (node instanceof YamlNode.Sequence list && !list.items().isEmpty()) {
            for (int i = 0; i < list.items().size(); i++) {
                collect(list.items().get(i), Origins.Paths.child(path, String.valueOf(i)), leaves);
            }
        } else {
            leaves.put(path, YamlPrinter.inline(node));
        }
    }

    private static YamlNode block(Record settings) {
        List<YamlNode.Entry> entries = new ArrayList<>();
        entries(settings, entries);
        return isShort(settings, entries) ? entries.get(0).value() : new YamlNode.Mapping(entries, NOWHERE);
    }

    private static void entries(Record settings, List<YamlNode.Entry> entries) {
        TypeName type = settings.getClass().getAnnotation(TypeName.class);
        if (type != null) {
            // Above what the family has in common, where the keys of a variant stand among them.
            entries.add(0, new YamlNode.Entry("type", NOWHERE, plain(type.value())));
        }
        for (RecordComponent component : settings.getClass().getRecordComponents()) {
            if (component.getType() == Remembered.class) {
                continue;
            }
            Object value = read(settings, component);
            if (component.isAnnotationPresent(SameBlock.class)) {
                entries((Record) value, entries);
            } else {
                entries.add(new YamlNode.Entry(Setting.keyOf(component), NOWHERE, named(component, of(value), value)));
            }
        }
    }

    /** The type alone where it may stand for a block that says nothing else. */
    private static YamlNode named(RecordComponent component, YamlNode node, Object value) {
        boolean family =
                component.getType().isInterface() && component.getType().isAnnotationPresent(Shorthand.class);
        if (!family || !(node instanceof YamlNode.Mapping block)) {
            return node;
        }
        List<YamlNode.Entry> own = block.entries().subList(1, block.entries().size());
        List<Setting> settings = Setting.of(value.getClass().asSubclass(Record.class));
        return allDefault(own, settings) ? block.entries().get(0).value() : node;
    }

    /** Whether the first value says everything. */
    private static boolean isShort(Record settings, List<YamlNode.Entry> entries) {
        if (!settings.getClass().isAnnotationPresent(Shorthand.class)) {
            return false;
        }
        List<Setting> components = Setting.of(settings.getClass());
        return allDefault(entries.subList(1, entries.size()), components.subList(1, components.size()));
    }

    private static boolean allDefault(List<YamlNode.Entry> entries, List<Setting> settings) {
        return IntStream.range(0, entries.size()).allMatch(i -> settings.get(i)
                .defaultText()
                .equals(Optional.of(YamlPrinter.inline(entries.get(i).value()))));
    }

    private static Object read(Record settings, RecordComponent component) {
        try {
            Method accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(settings);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(component + " cannot be read", e);
        }
    }

    private static YamlNode.Scalar plain(String text) {
        return new YamlNode.Scalar(text, true, NOWHERE);
    }
}
