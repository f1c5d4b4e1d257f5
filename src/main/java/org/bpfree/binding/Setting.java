package org.bpfree.binding;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.Key;
import org.bpfree.settings.Range;
import org.bpfree.settings.Redefines;
import org.bpfree.settings.Remembered;
import org.bpfree.settings.SameBlock;

/**
 * One component of a settings record, with what its annotations say.
 *
 * @param name the key in an experiment file
 * @param type the type of the value
 * @param doc what it means; empty when nobody wrote it down
 * @param defaultText the default as YAML text; absent when the setting is required
 * @param range the numbers allowed
 * @param sameBlock whether its own keys stand beside it, see {@link SameBlock}
 */
public record Setting(
        String name, Type type, String doc, Optional<String> defaultText, Optional<Range> range, boolean sameBlock) {
    /** The settings of a record in the order of its components, those of its parts among them. */
    static List<Setting> of(Class<? extends Record> record) {
        return components(record).stream()
                .flatMap(setting ->
                        setting.isPart() ? of(raw(setting.type).asSubclass(Record.class)).stream() : Stream.of(setting))
                .toList();
    }

    /** The components of a record, its parts each as one; what is {@link Remembered} is none. */
    static List<Setting> components(Class<? extends Record> record) {
        return Arrays.stream(record.getRecordComponents())
                .filter(component -> component.getType() != Remembered.class)
                .map(Setting::of)
                .toList();
    }

    /** Whether this is a record whose settings are settings of the record around it. */
    boolean isPart() {
        return sameBlock && raw(type).isRecord();
    }

    private static Setting of(RecordComponent component) {
        Doc doc = component.getAnnotation(Doc.class);
        return new Setting(
                keyOf(component),
                component.getGenericType(),
                doc == null ? "" : doc.value(),
                Optional.ofNullable(component.getAnnotation(Default.class)).map(Default::value),
                Optional.ofNullable(component.getAnnotation(Range.class)),
                component.isAnnotationPresent(SameBlock.class));
    }

    /** What files call a component. */
    static String keyOf(RecordComponent component) {
        Key key = component.getAnnotation(Key.class);
        return key == null ? component.getName() : key.value();
    }

    /** This setting as a member of a family redefines it. */
    Setting as(Redefines other) {
        return new Setting(
                name,
                type,
                other.doc().isEmpty() ? doc : other.doc(),
                other.standard().isEmpty() ? defaultText : Optional.of(other.standard()),
                range,
                sameBlock);
    }

    /** The class of a type: {@code List} for {@code List<Integer>}. */
    public static Class<?> raw(Type type) {
        return type instanceof ParameterizedType generic ? (Class<?>) generic.getRawType() : (Class<?>) type;
    }

    /** The type inside: {@code Integer} for {@code List<Integer>}. */
    public static Type argument(Type type) {
        return argument(type, 0);
    }

    /** One of the types inside: {@code Long} for {@code Map<String, Long>} at position 1. */
    public static Type argument(Type type, int position) {
        return ((ParameterizedType) type).getActualTypeArguments()[position];
    }

    /** An enum constant as experiment files write it: {@code FASHION_MNIST} is {@code fashion-mnist}. */
    public static String nameOf(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
