package org.bpfree.binding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpfree.files.Json;
import org.bpfree.settings.Doc;
import org.bpfree.settings.Range;
import org.bpfree.settings.Shorthand;

/** Writes the JSON Schema of experiment and other settings files from the same annotations that the binder reads. */
public final class SchemaWriter {
    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

    private final SettingsTypes types;
    private final ObjectNode root = JsonNodeFactory.instance.objectNode();
    private final ObjectNode definitions = JsonNodeFactory.instance.objectNode();

    private SchemaWriter(SettingsTypes types) {
        this.types = types;
    }

    /**
     * A schema as JSON text.
     *
     * @param file the record of the whole file
     * @param title what such a file is called
     */
    public static String write(SettingsTypes types, Class<? extends Record> file, String title) {
        return Json.pretty(new SchemaWriter(types).schema(file, title)) + "\n";
    }

    private ObjectNode schema(Class<? extends Record> file, String title) {
        root.put("$schema", DIALECT);
        root.put("title", title);
        describeRecord(root, file, types.settings(file), "");
        root.set("$defs", definitions);
        return root;
    }

    private void describeRecord(
            ObjectNode schema, Class<? extends Record> record, List<Setting> settings, String typeName) {
        doc(record).ifPresent(text -> schema.put("description", text));
        schema.put("type", "object");
        schema.put("additionalProperties", false);
        ArrayNode required = schema.arrayNode();
        ObjectNode properties = schema.putObject("properties");
        if (!typeName.isEmpty()) {
            properties.putObject("type").put("const", typeName);
            required.add("type");
        }
        for (Setting setting : settings) {
            ObjectNode property = properties.putObject(setting.name());
            if (!setting.doc().isEmpty()) {
                property.put("description", setting.doc());
            }
            describe(property, setting.type(), setting.range());
            setting.defaultText()
                    .ifPresent(text -> property.set("default", json(DefaultText.parse(text), setting.type())));
            if (setting.defaultText().isEmpty()) {
                required.add(setting.name());
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
    }

    private void describe(ObjectNode schema, Type type, Optional<Range> range) {
        Class<?> raw = Setting.raw(type);
        if (raw == AnyValue.class) {
            return; // a schema that names no type allows every value
        }
        if (raw == Optional.class) {
            ArrayNode either = schema.putArray("anyOf");
            describe(either.addObject(), Setting.argument(type), range);
            either.addObject().put("type", "null");
        } else if (raw == List.class) {
            schema.put("type", "array");
            describe(schema.putObject("items"), Setting.argument(type), range);
        } else if (raw == Map.class) {
            schema.put("type", "object");
            describe(schema.putObject("additionalProperties"), Setting.argument(type, 1), range);
        } else if (raw.isEnum()) {
            ArrayNode names = schema.putArray("enum");
            Expectation.constants(raw).forEach(names::add);
        } else if (types.isFamily(raw) && raw.isAnnotationPresent(Shorthand.class)) {
            ArrayNode either = schema.putArray("anyOf");
            ArrayNode names = either.addObject().putArray("enum");
            types.variants(raw).keySet().forEach(names::add);
            types.variants(raw).forEach((name, variant) -> either.addObject().put("$ref", define(raw, variant, name)));
        } else if (raw.isAnnotationPresent(Shorthand.class)) {
            Setting first = types.settings(raw.asSubclass(Record.class)).get(0);
            ArrayNode either = schema.putArray("anyOf");
            describe(either.addObject(), first.type(), first.range());
            either.addObject().put("$ref", define(raw.asSubclass(Record.class)));
        } else if (types.isFamily(raw)) {
            ArrayNode oneOf = schema.putArray("oneOf");
            for (Map.Entry<String, Class<? extends Record>> variant :
                    types.variants(raw).entrySet()) {
                oneOf.addObject().put("$ref", define(raw, variant.getValue(), variant.getKey()));
            }
        } else if (raw.isRecord()) {
            schema.put("$ref", define(raw.asSubclass(Record.class)));
        } else {
            schema.put("type", jsonType(raw));
            range.ifPresent(limits -> describe(schema, limits));
        }
    }

    private static void describe(ObjectNode schema, Range range) {
        if (!Double.isInfinite(range.min())) {
            schema.set(range.aboveMin() ? "exclusiveMinimum" : "minimum", number(range.min()));
        }
        if (!Double.isInfinite(range.max())) {
            schema.set(range.belowMax() ? "exclusiveMaximum" : "maximum", number(range.max()));
        }
    }

    private String define(Class<? extends Record> record) {
        return define(record, types.settings(record), "");
    }

    private String define(Class<?> family, Class<? extends Record> variant, String typeName) {
        return define(variant, types.settings(family, variant), typeName);
    }

    /** Adds the schema of a record to the shared definitions, once, and returns the reference to it. */
    private String define(Class<? extends Record> record, List<Setting> settings, String typeName) {
        Class<?> outer = record.getEnclosingClass();
        String name = outer == null ? record.getSimpleName() : outer.getSimpleName() + "." + record.getSimpleName();
        if (!definitions.has(name)) {
            describeRecord(definitions.putObject(name), record, settings, typeName);
        }
        return "#/$defs/" + name;
    }

    private static Optional<String> doc(Class<?> type) {
        return Optional.ofNullable(type.getAnnotation(Doc.class)).map(Doc::value);
    }

    private static String jsonType(Class<?> raw) {
        if (raw == String.class) {
            return "string";
        }
        if (raw == boolean.class || raw == Boolean.class) {
            return "boolean";
        }
        return raw == double.class || raw == Double.class ? "number" : "integer";
    }

    private static JsonNode number(double value) {
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return whole ? nodes.numberNode((long) value) : nodes.numberNode(value);
    }

    private JsonNode json(YamlNode node, Type type) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (node instanceof YamlNode.Sequence list) {
            ArrayNode array = nodes.arrayNode();
            list.items().forEach(item -> array.add(json(item, Setting.argument(type))));
            return array;
        }
        if (node instanceof YamlNode.Mapping block) {
            // The defaults of blocks are {} or name a type; whatever else they hold is a text to a reader of the
            // schema.
            ObjectNode object = nodes.objectNode();
            block.entries().forEach(entry -> object.set(entry.key(), json(entry.value(), String.class)));
            return object;
        }
        YamlNode.Scalar scalar = (YamlNode.Scalar) node;
        if (scalar.isNull()) {
            return nodes.nullNode();
        }
        Class<?> outer = Setting.raw(type);
        Class<?> raw = outer == Optional.class ? Setting.raw(Setting.argument(type)) : outer;
        return switch (raw.isEnum() || raw.isInterface() ? "string" : jsonType(raw)) {
            case "string" -> nodes.textNode(scalar.text());
            case "boolean" -> nodes.booleanNode(Boolean.parseBoolean(scalar.text()));
            default -> number(Double.parseDouble(scalar.text()));
        };
    }
}
