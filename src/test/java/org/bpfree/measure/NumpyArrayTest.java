package org.bpfree.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("An array as NumPy writes it")
class NumpyArrayTest {
    /** The 2x3x2 array whose element at [i, j, k] is 100 i + 10 j + k. */
    private static final double[] C_ORDER = {0, 1, 10, 11, 20, 21, 100, 101, 110, 111, 120, 121};

    private static final double[] FORTRAN_ORDER = {0, 100, 10, 110, 20, 120, 1, 101, 11, 111, 21, 121};

    private static byte[] npy(int version, String header, byte[] elements) {
        byte[] text = (header + " ".repeat(40) + "\n").getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(12 + text.length + elements.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
        if (version == 1) {
            file.putShort((short) text.length);
        } else {
            file.putInt(text.length);
        }
        file.put(text).put(elements);
        return java.util.Arrays.copyOf(file.array(), file.position());
    }

    private static byte[] elements(String type, double... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * (type.endsWith("8") ? 8 : 4))
                .order(type.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        for (double value : values) {
            if (type.endsWith("8")) {
                bytes.putDouble(value);
            } else {
                bytes.putFloat((float) value);
            }
        }
        return bytes.array();
    }

    @ParameterizedTest
    @CsvSource({
        "1, <f4, False",
        "2, <f8, False",
        "3, <f4, True",
        "1, >f8, True",
        "1, >f4, False",
        "2, >f4, True",
        "3, <f8, True"
    })
    @DisplayName("is read in every version, byte order and order of axes")
    void read(int version, String type, String fortran) throws Exception {
        String header = "{'descr': '" + type + "', 'fortran_order': " + fortran + ", 'shape': (2, 3, 2), }";
        Tensor tensor =
                NumpyArray.read(npy(version, header, elements(type, fortran.equals("True") ? FORTRAN_ORDER : C_ORDER)));
        assertThat(tensor.shape()).isEqualTo(Shape.of(2, 3, 2));
        assertThat(tensor.precision()).isEqualTo(type.endsWith("8") ? Precision.FLOAT64 : Precision.FLOAT32);
        assertThat(tensor.toDoubles()).isEqualTo(C_ORDER);
    }

    @Test
    @DisplayName("is told as not supported where it is of another type, and as damaged where it is")
    void refused() {
        byte[] four = new byte[16];
        assertThatThrownBy(() ->
                        NumpyArray.read(npy(1, "{'descr': '<f2', 'fortran_order': False, 'shape': (8,), }", four)))
                .hasMessageContaining("<f2")
                .hasMessageContaining("not supported");
        assertThatThrownBy(() -> NumpyArray.read(
                        npy(1, "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (4,), }", four)))
                .hasMessageContaining("not supported");
        assertThatThrownBy(() -> NumpyArray.read(npy(4, "{}", four))).hasMessageContaining("version 4");
        assertThatThrownBy(() ->
                        NumpyArray.read(npy(2, "{'descr': '<f4', 'fortran_order': False, 'shape': (5,), }", four)))
                .hasMessageContaining("damaged")
                .hasMessageContaining("16 bytes instead of 20");
        byte[] cut = java.util.Arrays.copyOf(npy(2, "{'descr': '<f4'}", four), 20);
        assertThatThrownBy(() -> NumpyArray.read(cut)).hasMessageContaining("ends inside its header");
        assertThatThrownBy(() -> NumpyArray.read(four)).hasMessageContaining("does not begin as .npy files do");
    }
}
