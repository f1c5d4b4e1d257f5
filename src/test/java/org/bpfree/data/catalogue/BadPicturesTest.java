package org.bpfree.data.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.bpfree.data.Splits;
import org.bpfree.failure.Failure;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people's folders, tables and files have that they should not: one clear message each, or none where it does no harm. */
class BadPicturesTest {
    @TempDir
    private Path folder;

    private OwnPictures pictures;

    @BeforeEach
    void make() {
        pictures = new OwnPictures(folder);
        for (String name : new String[] {"p/train/a", "p/train/b", "p/test/a"}) {
            for (int i = 0; i < 3; i++) {
                pictures.picture(name + "/" + i + ".png", 40 * i + name.length() + name.charAt(name.length() - 1));
            }
        }
    }

    @Test
    void aClassWithoutTestPicturesIsNoHarmWhateverTheFolderIsCalled() throws IOException {
        Files.createDirectories(folder.resolve("p/test/b"));
        assertThat(open("{folder: DIR/p}").readTest().size()).isEqualTo(3);
        Files.move(folder.resolve("p/test"), folder.resolve("p/val"));
        assertThat(open("{folder: DIR/p}").readTest().size()).isEqualTo(3);
    }

    @Test
    void anEmptyClassFolderToLearnFromIsTold() throws IOException {
        Files.createDirectories(folder.resolve("p/train/empty"));
        assertProblem("{folder: DIR/p}", "the class folder " + folder + "/p/train/empty has no picture");
    }

    @Test
    void anEmptyPictureIsToldAsOne() throws IOException {
        Files.write(folder.resolve("p/train/a/0.png"), new byte[0]);
        assertProblem("{folder: DIR/p}", "1 of 6 pictures cannot be read", "a/0.png is empty (0 bytes)");
        assertThat(open("{folder: DIR/p, allowUnreadable: true}").train().size())
                .isEqualTo(5);
    }

    @Test
    void aPictureOfOnePixelIsOneOfOneColour() {
        pictures.picture("p/train/a/0.png", 77, 1, 1);
        assertThat(open("{folder: DIR/p, size: [8, 8], channels: 1}").train().read(0, 1))
                .containsOnly(77);
    }

    @Test
    void endingsMayBeInCapitals() throws IOException {
        Files.move(folder.resolve("p/train/a/0.png"), folder.resolve("p/train/a/0.PNG"));
        assertThat(open("{folder: DIR/p}").train().size()).isEqualTo(6);
    }

    @Test
    void aCircleOfLinksIsAPictureThatCannotBeRead() throws IOException {
        Files.createSymbolicLink(folder.resolve("p/train/a/loop.png"), folder.resolve("p/train/a/loop.png"));
        Files.createSymbolicLink(folder.resolve("p/train/a/up"), folder.resolve("p"));
        assertProblem("{folder: DIR/p}", "1 of 7 pictures cannot be read", "loop.png");
    }

    @Test
    void aFolderNamedAsAPictureIsTold() throws IOException {
        Files.createDirectories(folder.resolve("p/train/a/folder.png"));
        assertProblem("{folder: DIR/p}", "1 of 7 pictures cannot be read", "there is no picture", "folder.png");
    }

    @Test
    void aTestClassThatIsNotLearnedIsToldForTablesWithItsLine() throws IOException {
        Files.writeString(folder.resolve("train.csv"), "p/train/a/0.png,a\np/train/b/0.png,b\n");
        Files.writeString(folder.resolve("test.csv"), "p/test/a/0.png,a\np/test/a/1.png,unicorn\n");
        assertProblem(
                "{csv: DIR/train.csv, test: DIR/test.csv}",
                "test.csv:2: the class 'unicorn' is not among those to learn (2 classes)");
    }

    @Test
    void aPictureThatATableNamesAndIsNotThereIsToldWithItsLine() throws IOException {
        Files.writeString(
                folder.resolve("t.csv"), "p/train/a/0.png,a\np/train/a/1.png,a\np/train/b/0.png,b\nnone.png,b\n");
        assertProblem("{csv: DIR/t.csv, split: 0.5}", "t.csv:4: there is no picture " + folder + "/none.png");
        assertProblem("{csv: DIR/t.csv, split: 0.1}", "gives 4 pictures to learn from and 0 to test with");
    }

    @Test
    void labelsOfNumpyFilesThatAreNotLearnedAreTold() throws IOException {
        Path file = folder.resolve("n.npz");
        numpy(file, new byte[] {0, 1}, new byte[] {0, 2});
        Failure failure = catchThrowableOfType(
                Failure.class, () -> open("{npz: DIR/n.npz}").readTest());
        assertThat(failure.getMessage()).contains("gives image 1 of x_test the label 2; labels to learn are 0 to 1");
    }

    @Test
    void oneClassIsTold() throws IOException {
        numpy(folder.resolve("one.npz"), new byte[] {0, 0}, new byte[] {0});
        assertProblem("{npz: DIR/one.npz}", "one.npz has images of 1 class, expected at least 2");
    }

    @Test
    void anArchiveThatUnpacksToMoreThanItAnnouncesIsNotUnpacked() throws IOException {
        Path bomb = folder.resolve("bomb.npz");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(bomb))) {
            zip.putNextEntry(new ZipEntry("x_train.npy"));
            zip.write(header("|u1", "(1, 8, 8)"));
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 300; i++) {
                zip.write(zeros);
            }
            zip.closeEntry();
            for (String name : new String[] {"x_test", "y_train", "y_test"}) {
                zip.putNextEntry(new ZipEntry(name + ".npy"));
                zip.write(header("|u1", name.startsWith("x") ? "(1, 8, 8)" : "(1,)"));
                zip.write(name.startsWith("x") ? new byte[64] : new byte[] {1});
                zip.closeEntry();
            }
        }
        assertThat(Files.size(bomb)).isLessThan(1 << 20);
        assertProblem("{npz: DIR/bomb.npz}", "bomb.npz", "holds more than the 64 bytes");
    }

    @Test
    void anIdxFileThatUnpacksToMoreThanItAnnouncesIsRefused() throws IOException {
        Path idx = Files.createDirectories(folder.resolve("idx"));
        for (String split : new String[] {"train", "t10k"}) {
            try (GZIPOutputStream out =
                    new GZIPOutputStream(Files.newOutputStream(idx.resolve(split + "-images-idx3-ubyte.gz")))) {
                out.write(new byte[] {0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 4, 0, 0, 0, 4});
                out.write(new byte[1 << 20]);
            }
            Files.write(idx.resolve(split + "-labels-idx1-ubyte"), new byte[] {0, 0, 8, 1, 0, 0, 0, 2, 0, 1});
        }
        assertProblem("{idx: DIR/idx}", "goes on after the 32 bytes that its header announces");
    }

    private static byte[] header(String type, String shape) {
        String text = "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }\n";
        byte[] header = new byte[10 + text.length()];
        byte[] magic = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) text.length(), 0};
        System.arraycopy(magic, 0, header, 0, 10);
        for (int i = 0; i < text.length(); i++) {
            header[10 + i] = (byte) text.charAt(i);
        }
        return header;
    }

    private static void numpy(Path file, byte[] train, byte[] test) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (byte[] labels : new byte[][] {train, test}) {
                String split = labels == train ? "train" : "test";
                zip.putNextEntry(new ZipEntry("x_" + split + ".npy"));
                zip.write(header("|u1", "(" + labels.length + ", 4, 4)"));
                zip.write(new byte[16 * labels.length]);
                zip.closeEntry();
                zip.putNextEntry(new ZipEntry("y_" + split + ".npy"));
                zip.write(header("|u1", "(" + labels.length + ",)"));
                zip.write(labels);
                zip.closeEntry();
            }
        }
    }

    private Splits open(String dataset) {
        return pictures.open(dataset);
    }

    private void assertProblem(String dataset, String... words) {
        Failure failure = catchThrowableOfType(Failure.class, () -> open(dataset));
        assertThat(failure).as(dataset).isNotNull();
        assertThat(failure.kind()).as(dataset).isEqualTo(Failure.Kind.DATA);
        assertThat(failure.getMessage()).contains(words);
    }
}
