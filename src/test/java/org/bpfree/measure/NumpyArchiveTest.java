package org.bpfree.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipFile;
import org.bpfree.failure.Failure;
import org.bpfree.tensor.Precision;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Tensor;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("NumPy archives")
class NumpyArchiveTest {
    @TempDir
    Path folder;

    private Path write(Shape shape, Precision precision) {
        NumpyArchive archive = new NumpyArchive();
        double[] elements = new double[Math.toIntExact(shape.size())];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = i / 4.0 - 1;
        }
        archive.add("parameter/a/weights", Tensor.of(precision, shape, elements));
        archive.add("loss", 2.5);
        archive.add("labels", new int[] {3, 1, 9}, 2);
        archive.addText("layout.json", "{}");
        Path file = folder.resolve("x.npz");
        archive.write(file);
        return file;
    }

    @Test
    @DisplayName("give back shapes and elements in both precisions, for any number of axes")
    void roundTrip() {
        for (Precision precision : Precision.values()) {
            for (Shape shape : new Shape[] {Shape.of(5), Shape.of(2, 3), Shape.of(2, 3, 3, 4)}) {
                Map<String, Tensor> read = NumpyArchive.read(write(shape, precision), name -> !name.equals("labels"));
                Tensor tensor = read.get("parameter/a/weights");
                assertThat(tensor.shape()).isEqualTo(shape);
                assertThat(tensor.precision()).isEqualTo(precision);
                assertThat(tensor.at(1)).isEqualTo(-0.75);
                assertThat(read).containsOnlyKeys("parameter/a/weights", "loss");
            }
        }
    }

    @Test
    @DisplayName("have the header that numpy.lib.format 1.0 prescribes, padded to 64 bytes")
    void header() throws IOException {
        Path file = write(Shape.of(2, 3), Precision.FLOAT32);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            byte[] array =
                    zip.getInputStream(zip.getEntry("parameter/a/weights.npy")).readAllBytes();
            assertThat(array).startsWith(0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0);
            String header = new String(array, 10, 118, StandardCharsets.US_ASCII);
            assertThat(header)
                    .startsWith("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }")
                    .endsWith(" \n");
            assertThat(array).hasSize(128 + 24);
            byte[] one = zip.getInputStream(zip.getEntry("labels.npy")).readAllBytes();
            assertThat(new String(one, StandardCharsets.US_ASCII)).contains("'shape': (2,)");
            byte[] scalar = zip.getInputStream(zip.getEntry("loss.npy")).readAllBytes();
            assertThat(new String(scalar, StandardCharsets.US_ASCII)).contains("'shape': ()");
        }
    }

    @Test
    @DisplayName("have equal bytes for equal content")
    void equalBytes() throws IOException {
        byte[] first = Files.readAllBytes(write(Shape.of(3), Precision.FLOAT64));
        assertThat(Files.readAllBytes(write(Shape.of(3), Precision.FLOAT64))).isEqualTo(first);
    }

    @Test
    @DisplayName("that are missing or something else are refused by name")
    void refused() throws IOException {
        Path text = Files.writeString(folder.resolve("text.npz"), "not a zip");
        assertThatThrownBy(() -> NumpyArchive.read(text, name -> true))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("text.npz");
        assertThatThrownBy(() -> NumpyArchive.read(folder.resolve("none.npz"), name -> true))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("none.npz");
        Path archive = write(Shape.of(3), Precision.FLOAT32);
        assertThatThrownBy(() -> NumpyArchive.read(archive, "labels"::equals))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("'labels'")
                .hasMessageContaining("<i4")
                .hasMessageContaining("float32 or float64");
    }
}
