package org.bpfree.data.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bpfree.data.ImageSet;
import org.bpfree.data.ImageShape;
import org.bpfree.failure.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MalformedCifarTest {
    private static final ImageShape SHAPE = new ImageShape(32, 32, 3);

    @TempDir
    Path folder;

    @Test
    void aSoundFileIsRead() throws IOException {
        assertThat(read(new byte[2 * 3073]).size()).isEqualTo(2);
    }

    @Test
    void anEmptyFileIsRefused() {
        refused(new byte[0], "is empty (0 bytes)");
    }

    @Test
    void aFileThatIsNoWholeNumberOfRecordsIsRefused() {
        refused(new byte[2 * 3073 - 1], "has 6145 bytes", "1 records of 3073 bytes and 3072 bytes more");
        refused(new byte[2 * 3073 + 5], "2 records of 3073 bytes and 5 bytes more");
    }

    @Test
    void aLabelBeyondTheClassesIsRefused() {
        byte[] records = new byte[3 * 3073];
        records[2 * 3073] = 10;
        refused(records, "gives image 2 the label 10; labels are 0 to 9");
    }

    @Test
    void aFileOfGigabytesIsRefusedWithoutMemoryForIt() throws IOException {
        Path path = folder.resolve("batch.bin");
        try (RandomAccessFile sparse = new RandomAccessFile(path.toFile(), "rw")) {
            sparse.setLength(3073L * 1_000_000);
        }
        assertThatThrownBy(() -> new CifarReader(SHAPE, 1, 0).read(List.of(path), 10, file -> {}))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("has 3073000000 bytes, more than any dataset file may have");
    }

    @Test
    void aMissingFileIsNamed() {
        Path path = folder.resolve("nowhere.bin");
        assertThatThrownBy(() -> new CifarReader(SHAPE, 1, 0).read(List.of(path), 10, file -> {}))
                .isInstanceOf(Failure.class)
                .hasMessage("The dataset file " + path + " does not exist");
    }

    private void refused(byte[] bytes, String... facts) {
        assertThatThrownBy(() -> read(bytes))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.DATA))
                .hasMessageStartingWith("The dataset file " + folder.resolve("batch.bin"))
                .hasMessageContainingAll(facts);
    }

    private ImageSet read(byte[] bytes) throws IOException {
        Path path = Files.write(folder.resolve("batch.bin"), bytes);
        return new CifarReader(SHAPE, 1, 0).read(List.of(path), 10, file -> {});
    }
}
