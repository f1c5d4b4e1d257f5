package org.bpfree.binding;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bpfree.failure.Failure;
import org.bpfree.settings.Redefines;
import org.bpfree.settings.TypeName;

/**
 * Knows which records may stand where: the settings of a record and the variants of a family, which is an interface whose variants
 * the key {@code type} tells apart. A sealed family lists its own variants; those of an open one are registered here.
 */
public final class SettingsTypes {
    private final Map<Class<?>, List<Class<? extends Record>>> open;
    private final Map<Class<?>, Map<String, Class<? extends Record>>> variants = new HashMap<>();
    private final Map<Class<?>, List<Setting>> settings = new HashMap<>();
    private final Map<String, YamlNode> defaults = new HashMap<>();

    /** Types with the given variants of the open families. */
    public SettingsTypes(Map<Class<?>, List<Class<? extends Record>>> open) {
        this.open = Map.copyOf(open);
    }

    /**
     * Whether the key {@code type} tells variants apart: those of an interface, or of the interface whose keys stand in the same block as
     * the others of a record.
     */
    public boolean isFamily(Class<?> type) {
        return type.isInterface() && (type.isSealed() || open.containsKey(type))
                || kind(type).isPresent();
    }

    /** The setting of a record whose keys stand in the record's own block, if it has one. */
    Optional<Setting> kind(Class<?> type) {
        return type.isRecord()
                ? settings(type.asSubclass(Record.class)).stream()
                        .filter(Setting::sameBlock)
                        .findFirst()
                : Optional.empty();
    }

    /** The variants of a family by the name that selects them. */
    public Map<String, Class<? extends Record>> variants(Class<?> family) {
        return variants.computeIfAbsent(family, this::findVariants);
    }

    private Map<String, Class<? extends Record>> findVariants(Class<?> type) {
        Class<?> family =
                kind(type).<Class<?>>map(kind -> Setting.raw(kind.type())).orElse(type);
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

    /** The settings of a block of a family whose {@code type} is that of a variant, in order, without the type itself. */
    public List<Setting> settings(Class<?> family, Class<? extends Record> variant) {
        if (!family.isRecord()) {
            return settings(variant);
        }
        return common(family.asSubclass(Record.class), variant).stream()
                .flatMap(setting -> setting.sameBlock() ? settings(variant).stream() : Stream.of(setting))
                .toList();
    }

    /** The settings of the record around a variant, as the variant redefines them; the variant itself is one of them. */
    List<Setting> common(Class<? extends Record> around, Class<? extends Record> variant) {
        return settings(around).stream()
                .map(setting -> redefined(setting, variant))
                .toList();
    }

    private static Setting redefined(Setting setting, Class<? extends Record> variant) {
        return Arrays.stream(variant.getAnnotationsByType(Redefines.class))
                .filter(other -> other.setting().equals(setting.name()))
                .findFirst()
                .map(setting::as)
                .orElse(setting);
    }

    /** The settings of a record, in order, those of its parts among them. */
    public List<Setting> settings(Class<? extends Record> record) {
        // Not computeIfAbsent: reading annotations may come back here.
        List<Setting> known = settings.get(record);
        if (known == null) {
            known = Setting.of(record);
            settings.put(record, known);
        }
        return known;
    }

    /** The node of the text of a default. */
    YamlNode defaultNode(String text) {
        return defaults.computeIfAbsent(text, DefaultText::parse);
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
