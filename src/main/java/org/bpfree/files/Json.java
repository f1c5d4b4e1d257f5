package org.bpfree.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;

/** JSON text of plain data: maps, lists, records, strings and numbers. */
public final class Json {
    private Json() {}

    /** On one line. */
    public static String line(Object data) {
        return write(new ObjectMapper(), data);
    }

    /** Indented. */
    public static String pretty(Object data) {
        return write(new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT), data);
    }

    private static String write(ObjectMapper mapper, Object data) {
        try {
            return mapper.writeValueAsString(data);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("plain data can always be written", e);
        }
    }
}
