package org.bpfree.run;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Bytes of one message in the wire format of protocol buffers (protobuf.dev, "Encoding"): fields in the order they are added, numbers
 * little-endian.
 */
final class ProtocolBuffer {
    private static final int VARIABLE = 0;
    private static final int EIGHT_BYTES = 1;
    private static final int LENGTH_DELIMITED = 2;
    private static final int FOUR_BYTES = 5;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** An {@code int64} or {@code enum} field. */
    ProtocolBuffer integer(int field, long value) {
        tag(field, VARIABLE);
        variable(value);
        return this;
    }

    /** A {@code double} field. */
    ProtocolBuffer number(int field, double value) {
        tag(field, EIGHT_BYTES);
        bytes.writeBytes(ByteBuffer.allocate(Double.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putDouble(value)
                .array());
        return this;
    }

    /** A {@code float} field. */
    ProtocolBuffer number(int field, float value) {
        tag(field, FOUR_BYTES);
        bytes.writeBytes(ByteBuffer.allocate(Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(value)
                .array());
        return this;
    }

    /** A {@code string} field. */
    ProtocolBuffer text(int field, String value) {
        return delimited(field, value.getBytes(StandardCharsets.UTF_8));
    }

    /** A field that holds a message. */
    ProtocolBuffer message(int field, ProtocolBuffer value) {
        return delimited(field, value.toBytes());
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }

    private ProtocolBuffer delimited(int field, byte[] value) {
        tag(field, LENGTH_DELIMITED);
        variable(value.length);
        bytes.writeBytes(value);
        return this;
    }

    private void tag(int field, int wireType) {
        variable((long) field << 3 | wireType);
    }

    private void variable(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        bytes.write((int) rest);
    }
}
