package org.bpfree.binding;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bpfree.failure.Failure;
import org.bpfree.settings.TypeName;

/**
 * Knows which records may stand where: the settings of a record and the variants of a family, which is an interface whose variants
 * the key {@code type} tells apart. A sealed family lists its own variants; those of an open one are registered here.
 */
public final class SettingsTypes {
    private final Map<Class<?>, List<Class<? extends Record>>> open;
    private final Map<Class<?>, Map<String, Class<? extends Record>>> variants = new HashMap<>();
    private final Map<Class<?>, List<Setting>> settings = new HashMap<>();

    /** Types with the given variants of the open families. */
    public SettingsTypes(Map<Class<?>, List<Class<? extends Record>>> open) {
        this.open = Map.copyOf(open);
    }

    /** Whether a class is an interface whose variants the key {@code type} tells apart. */
    public boolean isFamily(Class<?> type) {
        return type.isInterface() && (type.isSealed() || open.containsKey(type));
    }

    /** The variants of a family by the name that selects them. */
    public Map<String, Class<? extends Record>> variants(Class<?> family) {
        return variants.computeIfAbsent(family, this::findVariants);
    }

    private Map<String, Class<? extends Record>> findVariants(Class<?> family) {
        List<? extends Class<?>> members =
                family.isSealed() ? Arrays.asList(family.getPermittedSubclasses()) : open.get(family);
        Map<String, Class<? extends Record>> byName = new LinkedHashMap<>();
        for (Class<?> member : members) {
            String name = typeName(member);
            Class<?> other = byName.put(name, member.asSubclass(Record.class));
            if (other != null) {
                throw Failure.failed("Two settings records are named '" + name + "': " + other.getName() + " and "
                        + member.getName() + ". Remove one of the JARs that bring them from the class path.");
            }
        }
        return byName;
    }

    /** The settings of a record, in order. */
    public List<Setting> settings(Class<? extends Record> record) {
        // Not computeIfAbsent: reading annotations may come back here.
        List<Setting> known = settings.get(record);
        if (known == null) {
            known = Setting.of(record);
            settings.put(record, known);
        }
        return known;
    }

    /** The name that selects a variant. */
    public static String typeName(Class<?> variant) {
        TypeName name = variant.getAnnotation(TypeName.class);
        if (name == null) {
            throw new IllegalStateException(variant.getName() + " has no annotation @TypeName");
        }
        return name.value();
    }
}
