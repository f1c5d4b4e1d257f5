package org.bpfree.data.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.bpfree.data.DataFile;
import org.bpfree.data.ImageSet;
import org.bpfree.data.ImageShape;
import org.bpfree.failure.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MalformedIdxTest {
    private static final ImageShape SHAPE = new ImageShape(2, 3, 1);
    private static final byte[] IMAGES = idx(0x803, new int[] {4, 2, 3}, 24);
    private static final byte[] LABELS = idx(0x801, new int[] {4}, 4);

    @TempDir
    Path folder;

    @Test
    void soundFilesAreRead() throws IOException {
        assertThat(read(IMAGES, LABELS).size()).isEqualTo(4);
        assertThat(read(gzip(IMAGES), gzip(LABELS)).size()).isEqualTo(4);
    }

    @Test
    void anEmptyFileIsRefused() {
        refused(new byte[0], LABELS, "is empty (0 bytes)");
    }

    @Test
    void aWrongMagicNumberIsRefused() {
        byte[] wrong = IMAGES.clone();
        wrong[2] = 0x0d; // 32-bit floats
        refused(wrong, LABELS, "0x00000d03", "0x00000803");
    }

    @Test
    void swappedFilesAreRecognised() {
        refused(LABELS, LABELS, "it holds labels, so two files may have been swapped");
    }

    @Test
    void aFileThatEndsInItsHeaderIsRefused() {
        refused(Arrays.copyOf(IMAGES, 9), LABELS, "ends inside its header");
    }

    @Test
    void aTruncatedFileIsRefused() {
        refused(Arrays.copyOf(IMAGES, IMAGES.length - 1), LABELS, "ends after 23 of the 24 bytes");
        refused(gzip(Arrays.copyOf(IMAGES, IMAGES.length - 1)), LABELS, "ends after 23 of the 24 bytes");
    }

    @Test
    void trailingBytesAreRefused() {
        refused(Arrays.copyOf(IMAGES, IMAGES.length + 1), LABELS, "goes on after the 24 bytes");
        refused(gzip(Arrays.copyOf(IMAGES, IMAGES.length + 1)), LABELS, "goes on after the 24 bytes");
    }

    @Test
    void anAbsurdCountIsRefusedWithoutMemoryForIt() {
        byte[] huge = IMAGES.clone();
        ByteBuffer.wrap(huge).putInt(4, Integer.MAX_VALUE);
        refused(huge, LABELS, "announces " + 6L * Integer.MAX_VALUE + " bytes");
        refused(gzip(huge), LABELS, "cannot hold");
        ByteBuffer.wrap(huge).putInt(4, -1);
        refused(huge, LABELS, "announces 4294967295 for dimension 0");
    }

    @Test
    void noImagesAtAllAreRefused() {
        refused(idx(0x803, new int[] {0, 2, 3}, 0), LABELS, "announces 0 for dimension 0, so it is empty");
    }

    @Test
    void imagesOfAnotherSizeAreRefused() {
        refused(idx(0x803, new int[] {4, 3, 2}, 24), LABELS, "announces 3 for dimension 1", "has 2");
    }

    @Test
    void differentCountsOfImagesAndLabelsAreRefused() {
        refused(IMAGES, idx(0x801, new int[] {3}, 3), "holds 4 images", "labels holds 3 labels");
    }

    @Test
    void aLabelBeyondTheClassesIsRefused() {
        byte[] wrong = LABELS.clone();
        wrong[wrong.length - 1] = 10;
        refused(IMAGES, wrong, "labels is damaged", "gives image 3 the label 10; labels are 0 to 9");
        wrong[wrong.length - 1] = -1;
        refused(IMAGES, wrong, "the label 255");
    }

    @Test
    void brokenGzipIsRefused() {
        byte[] cut = gzip(IMAGES);
        refused(Arrays.copyOf(cut, cut.length - 12), LABELS, "ends in the middle of its gzip data");
        byte[] flipped = gzip(IMAGES);
        flipped[flipped.length - 6] ^= 1; // in the checksum of the content
        refused(flipped, LABELS, "broken gzip data");
    }

    private void refused(byte[] images, byte[] labels, String... facts) {
        assertThatThrownBy(() -> read(images, labels))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.DATA))
                .hasMessageStartingWith("The dataset file " + folder)
                .hasMessageContainingAll(facts);
    }

    private ImageSet read(byte[] images, byte[] labels) throws IOException {
        Path imagePath = Files.write(folder.resolve("images"), images);
        Path labelPath = Files.write(folder.resolve("labels"), labels);
        return new IdxReader(0, false).read(DataFile.read(imagePath), DataFile.read(labelPath), SHAPE, 10);
    }

    private static byte[] idx(int magic, int[] extents, int content) {
        ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * extents.length + content).putInt(magic);
        for (int extent : extents) {
            bytes.putInt(extent);
        }
        return bytes.array();
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return packed.toByteArray();
    }
}
