package org.bpfree.data.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.zip.Deflater;
import org.bpfree.data.DataFile;
import org.bpfree.data.ImageSet;
import org.bpfree.data.ImageShape;
import org.bpfree.data.catalogue.DatasetWriter;
import org.bpfree.failure.Failure;
import org.bpfree.random.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.format.Mat5File;
import us.hebi.matlab.mat.types.MatlabType;
import us.hebi.matlab.mat.types.Matrix;

class MalformedSvhnTest {
    private static final ImageShape SHAPE = new ImageShape(32, 32, 3);

    @TempDir
    Path folder;

    @Test
    void theLabelTenIsTheDigitZero() throws IOException {
        assertThat(read(mat("X", images(3), "y", digits(10, 1, 9))).labels()).containsExactly(0, 1, 9);
    }

    @Test
    void aSingleImageHasNoFourthDimension() throws IOException {
        Matrix one = Mat5.newMatrix(new int[] {32, 32, 3}, MatlabType.UInt8);
        assertThat(read(mat("X", one, "y", digits(3))).size()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = MatlabType.class,
            names = {"Int64", "UInt64", "Int32", "Double"})
    void labelsOfAnyTypeAreRead(MatlabType type) throws IOException {
        for (int level : new int[] {Deflater.NO_COMPRESSION, Deflater.DEFAULT_COMPRESSION}) {
            Matrix labels = Mat5.newMatrix(3, 1, type);
            labels.setLong(0, 10);
            labels.setLong(1, 1);
            labels.setLong(2, 9);
            assertThat(read(mat("X", images(3), "y", labels, level)).labels()).containsExactly(0, 1, 9);
        }
    }

    @Test
    void labelsOutsideOneToTenAreRefused() throws IOException {
        refused(mat("X", images(2), "y", digits(1, 11)), "gives image 1 the label 11.0; labels are 1 to 10");
        refused(mat("X", images(2), "y", digits(0, 1)), "gives image 0 the label 0.0");
    }

    @Test
    void differentCountsOfImagesAndLabelsAreRefused() throws IOException {
        refused(mat("X", images(2), "y", digits(1)), "holds 2 images in X, but 1 labels in y");
    }

    @Test
    void missingVariablesAreNamed() throws IOException {
        refused(mat("X", images(1), "labels", digits(1)), "has no variable 'y'; it has X, labels");
    }

    @Test
    void imagesOfAnotherShapeOrTypeAreRefused() throws IOException {
        Matrix small = Mat5.newMatrix(new int[] {28, 28, 1, 2}, MatlabType.UInt8);
        refused(mat("X", small, "y", digits(1, 2)), "has X of size [28, 28, 1, 2]; SVHN has [32, 32, 3, N]");
        Matrix real = Mat5.newMatrix(new int[] {32, 32, 3, 1}, MatlabType.Double);
        refused(mat("X", real, "y", digits(1)), "has X of class 6; SVHN has class 9, uint8");
    }

    @Test
    void aTruncatedFileIsRefusedWhereverItEnds() throws IOException {
        byte[] whole = mat("X", images(2), "y", digits(1, 2));
        RandomGenerator random = RandomStream.of(1, "truncate");
        for (int i = 0; i < 50; i++) {
            int length = 1 + random.nextInt(whole.length - 1);
            refused(Arrays.copyOf(whole, length), "is damaged or not what its name says");
        }
    }

    @Test
    void trailingBytesAreRefused() throws IOException {
        byte[] whole = mat("X", images(1), "y", digits(1));
        refused(Arrays.copyOf(whole, whole.length + 3), "ends with 3 bytes that belong to no variable");
        refused(Arrays.copyOf(whole, whole.length + 16), "has an element of type 0 at byte " + whole.length);
    }

    @ParameterizedTest
    @ValueSource(ints = {Deflater.NO_COMPRESSION, Deflater.DEFAULT_COMPRESSION})
    void garbageIsRefusedWithoutMemoryForIt(int level) throws IOException {
        byte[] whole = mat("X", images(2), "y", digits(1, 2), level);
        RandomGenerator random = RandomStream.of(2, "garble");
        int refused = 0;
        for (int i = 0; i < 200; i++) {
            byte[] garbled = whole.clone();
            for (int j = 0; j < 4; j++) {
                garbled[random.nextInt(Math.min(300, garbled.length))] ^=
                        (byte) (1 + random.nextInt(255)); // headers, tags, first pixels
            }
            try {
                read(garbled);
            } catch (Failure failure) {
                refused++;
            }
        }
        assertThat(refused)
                .as("garbled files refused; the others lost only text or pixels")
                .isGreaterThan(20);
    }

    @Test
    void absurdDimensionsAreRefused() throws IOException {
        byte[] whole = mat("X", images(2), "y", digits(1, 2), Deflater.NO_COMPRESSION);
        // Tag of the element, array flags with their tag, tag of the dimensions, three dimensions, then N.
        int fourth = 128 + 8 + 16 + 8 + 12;
        ByteBuffer bytes = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(bytes.getInt(fourth)).isEqualTo(2);
        bytes.putInt(fourth, 600_000);
        refused(whole, "6144 bytes of storage type 2 for 1843200000 bytes");
        // Even where the tags agree, the file is too small.
        bytes.putInt(132, Integer.MAX_VALUE);
        refused(whole, "inside a variable that goes to byte");
    }

    @Test
    void otherFilesAreRefused() {
        refused(new byte[100], "has 100 bytes; the header of a MATLAB 5 file alone has 128");
        refused(new byte[5000], "has no byte-order mark at byte 126");
        byte[] hdf5 = Arrays.copyOf("MATLAB 7.3 MAT-file".getBytes(java.nio.charset.StandardCharsets.US_ASCII), 600);
        refused(hdf5, "is a MATLAB 7.3 (HDF5) file");
    }

    private void refused(byte[] bytes, String fact) {
        assertThatThrownBy(() -> read(bytes))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.DATA))
                .hasMessageStartingWith("The dataset file " + folder.resolve("digits.mat"))
                .hasMessageContaining(fact);
    }

    private ImageSet read(byte[] bytes) throws IOException {
        return SvhnReader.read(DataFile.read(Files.write(folder.resolve("digits.mat"), bytes)), SHAPE, 10);
    }

    private static Matrix images(int count) {
        return Mat5.newMatrix(new int[] {32, 32, 3, count}, MatlabType.UInt8);
    }

    private static Matrix digits(int... digits) {
        Matrix matrix = Mat5.newMatrix(digits.length, 1, MatlabType.UInt8);
        for (int i = 0; i < digits.length; i++) {
            matrix.setInt(i, digits[i]);
        }
        return matrix;
    }

    private static byte[] mat(String first, Matrix one, String second, Matrix two) throws IOException {
        return mat(first, one, second, two, Deflater.DEFAULT_COMPRESSION);
    }

    private static byte[] mat(String first, Matrix one, String second, Matrix two, int level) throws IOException {
        try (Mat5File mat = Mat5.newMatFile()) {
            mat.addArray(first, one).addArray(second, two);
            return DatasetWriter.bytes(mat, level);
        }
    }
}
