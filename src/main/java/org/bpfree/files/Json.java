package org.bpfree.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** JSON text of plain data: maps, lists, records, strings and numbers. */
public final class Json {
    private static final ObjectMapper EXACT = new ObjectMapper();
    private static final ObjectMapper LENIENT =
            new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);
    private static final ObjectMapper INDENTED = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private Json() {}

    /** On one line. */
    public static String line(Object data) {
        return write(EXACT, data);
    }

    /** Indented. */
    public static String pretty(Object data) {
        return write(INDENTED, data);
    }

    private static String write(ObjectMapper mapper, Object data) {
        try {
            return mapper.writeValueAsString(data);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("plain data can always be written", e);
        }
    }

    /** As a tree, to be put into another one. */
    public static JsonNode tree(Object data) {
        return EXACT.valueToTree(data);
    }

    /** An object without members. */
    public static ObjectNode object() {
        return EXACT.createObjectNode();
    }

    /** Reads whatever a text holds. */
    public static JsonNode parse(String text) throws JsonProcessingException {
        return EXACT.readTree(text);
    }

    /** Reads a record. Members that it does not know, which another version may have written, are passed over. */
    public static <T> T parse(String text, Class<T> type) throws JsonProcessingException {
        return LENIENT.readValue(text, type);
    }

    /** The names of the members of an object, in its order. */
    public static Set<String> names(JsonNode object) {
        Set<String> names = new LinkedHashSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** A tree as a record; nothing for null. */
    public static <T> Optional<T> convert(JsonNode tree, Class<T> type) {
        return tree == null || tree.isNull() ? Optional.empty() : Optional.of(LENIENT.convertValue(tree, type));
    }

    /** As {@link #parse(String, Class)}, but members that the record does not know are an error. */
    public static <T> T parseExactly(String text, Class<T> type) throws JsonProcessingException {
        return EXACT.readValue(text, type);
    }
}
