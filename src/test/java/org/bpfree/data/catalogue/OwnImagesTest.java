package org.bpfree.data.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.bpfree.data.ImageSet;
import org.bpfree.data.ImageShape;
import org.bpfree.data.Splits;
import org.bpfree.experiment.Experiment;
import org.bpfree.experiment.ExperimentLoader;
import org.bpfree.failure.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images of people's own, in folders, tables and NumPy files: the same images however they are kept. */
class OwnImagesTest {
    private static final ImageShape SHAPE = new ImageShape(8, 8, 1);

    @TempDir
    private Path folder;

    private final ImageSet train = SyntheticImages.of(SHAPE, 40, 1, SyntheticImages.TRAIN);
    private final ImageSet test = SyntheticImages.of(SHAPE, 20, 1, SyntheticImages.TEST);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{folder: DIR/pics, size: [8, 8], channels: 1}",
                "{csv: DIR/train.csv, test: DIR/test.csv, size: [8, 8], channels: 1}",
                "{npz: DIR/keras.npz}",
                "{npz: DIR/medmnist.npz}"
            })
    void theSameImagesComeFromEveryForm(String dataset) {
        pictures("pics/train", train);
        pictures("pics/test", test);
        table("train.csv", "pics/train", train);
        table("test.csv", "pics/test", test);
        archive("keras.npz", "x_train", "y_train", "x_test", "y_test", false);
        archive("medmnist.npz", "train_images", "train_labels", "test_images", "test_labels", true);

        Splits splits = open(dataset);

        assertSame(splits.train(), train);
        assertSame(splits.readTest(), test);
        assertThat(splits.checksums().keySet()).anyMatch(name -> name.contains("test images"));
    }

    @Test
    void withoutAFolderOfTestImagesEachClassGivesItsShareAndAlwaysTheSameImages() {
        pictures("all", train);

        Splits splits = open("{folder: DIR/all, size: [8, 8], channels: 1, split: 0.25}");

        assertThat(splits.readTest().size()).isEqualTo(10);
        for (int label = 0; label < 10; label++) {
            int of = label;
            assertThat(Arrays.stream(splits.readTest().labels(), 0, 10).filter(each -> each == of))
                    .hasSize(1);
        }
        assertThat(open("{folder: DIR/all, size: [8, 8], channels: 1, split: 0.25}")
                        .readTest()
                        .pixels())
                .isEqualTo(splits.readTest().pixels());
    }

    @Test
    void namesOfClassesAreInTheOrderOfTheirCharactersWhateverTheScript() {
        for (String name : List.of("zebra", "Ähre", "apple", "日本", "שלום", "a b", "10", "9")) {
            picture(folder.resolve("many/" + name + "/1.png"), 8, 8);
            picture(folder.resolve("many/" + name + "/2.PNG"), 8, 8);
        }
        assertThat(experiment("{folder: DIR/many, size: [8, 8], split: 0.5}")
                        .data()
                        .description()
                        .classNames())
                .containsExactly("10", "9", "a b", "apple", "zebra", "Ähre", "שלום", "日本");
    }

    @Test
    void hiddenFilesAndOtherFilesAreLeftAlone() throws IOException {
        pictures("pics/train", train);
        pictures("pics/test", test);
        Files.writeString(folder.resolve("pics/train/class0/.DS_Store"), "x");
        Files.writeString(folder.resolve("pics/train/class0/notes.txt"), "x");
        Files.createDirectories(folder.resolve("pics/train/.cache"));

        assertThat(open("{folder: DIR/pics, size: [8, 8], channels: 1}").train().size())
                .isEqualTo(40);
    }

    @Test
    void cropKeepsTheMiddleAndPadTheWhole() throws IOException {
        for (String name : List.of("a", "b")) {
            BufferedImage wide = new BufferedImage(24, 8, BufferedImage.TYPE_INT_RGB);
            for (int x = 0; x < 24; x++) {
                for (int y = 0; y < 8; y++) {
                    wide.setRGB(x, y, x >= 8 && x < 16 ? 0xffffff : 0x808080);
                }
            }
            Path file = Files.createDirectories(folder.resolve("wide/" + name)).resolve("1.png");
            ImageIO.write(wide, "png", file.toFile());
            Files.copy(file, file.resolveSibling("2.png"));
        }
        byte[] crop = open("{folder: DIR/wide, size: [8, 8], channels: 1, fit: crop, split: 0.5}")
                .train()
                .pixels();
        byte[] pad = open("{folder: DIR/wide, size: [24, 24], channels: 1, fit: pad, split: 0.5}")
                .train()
                .pixels();

        assertThat(crop[0]).isEqualTo((byte) 255);
        assertThat(crop[63]).isEqualTo((byte) 255);
        assertThat(pad[0]).isZero();
        assertThat(pad[12 * 24]).isEqualTo((byte) 0x80);
        assertThat(pad[12 * 24 + 12]).isEqualTo((byte) 255);
        assertThat(pad[23 * 24 + 23]).isZero();
    }

    @Test
    void moreThanTwoHundredClassesAreNumbersAndNotBytes() {
        for (int i = 0; i < 300; i++) {
            picture(folder.resolve(String.format(Locale.ROOT, "classes/%03d/1.png", i)), 4, 4);
            picture(folder.resolve(String.format(Locale.ROOT, "classes/%03d/2.png", i)), 4, 4);
        }
        Splits splits = open("{folder: DIR/classes, size: [8, 8], channels: 1, split: 0.5}");

        assertThat(splits.train().classes()).isEqualTo(300);
        assertThat(Arrays.stream(splits.train().labels(), 0, splits.train().size())
                        .max())
                .hasValue(299);
    }

    @Test
    void whatIsWrongIsSaidWithItsPlace() throws IOException {
        picture(folder.resolve("one/cat/1.png"), 8, 8);
        assertProblem("{folder: DIR/one}", "has 1 folder of classes, expected 2 to 65535");
        assertProblem("{folder: DIR/none}", "there is no folder");
        Files.createDirectories(folder.resolve("one/dog"));
        assertProblem("{folder: DIR/one}", "the class folder", "dog has no picture");
        Files.writeString(folder.resolve("one/dog/1.png"), "not a picture");
        Files.writeString(folder.resolve("one/dog/2.png"), "");
        assertProblem(
                "{folder: DIR/one, split: 0.5}",
                "pictures cannot be read",
                "dog",
                "'allowUnreadable: true' leaves them out");

        pictures("pics/train", train);
        assertProblem("{folder: DIR/pics}", "none of test images ('test' or 'val')");
        picture(folder.resolve("pics/test/unicorn/1.png"), 8, 8);
        picture(folder.resolve("pics/test/class1/1.png"), 8, 8);
        assertProblem("{folder: DIR/pics}", "has the class 'unicorn', which");

        Files.writeString(folder.resolve("bad.csv"), "pics/train/class1/00000.png,a\nno-such.png\n");
        assertProblem("{csv: DIR/bad.csv}", "bad.csv:2: has 1 column, expected a file and its class");
        Files.writeString(folder.resolve("empty.csv"), "file,label\n");
        assertProblem("{csv: DIR/empty.csv}", "names no picture that exists");
        assertProblem("{npz: DIR/none.npz}", "none.npz");
        archive("swapped.npz", "x_train", "labels", "x_test", "y_test", false);
        assertProblem("{npz: DIR/swapped.npz}", "has no array y_train or train_labels", "labels.npy");
    }

    @Test
    void aPictureThatAnnouncesTooManyPixelsIsRefusedBeforeItIsDecoded() throws IOException {
        picture(folder.resolve("bomb/a/1.png"), 8, 8);
        byte[] bytes = Files.readAllBytes(folder.resolve("bomb/a/1.png"));
        ByteBuffer.wrap(bytes).putInt(16, 50_000).putInt(20, 50_000);
        CRC32 checksum = new CRC32();
        checksum.update(bytes, 12, 17);
        ByteBuffer.wrap(bytes).putInt(29, (int) checksum.getValue());
        Files.createDirectories(folder.resolve("bomb/b"));
        for (String name : List.of("a/1.png", "a/2.png", "b/1.png", "b/2.png")) {
            Files.write(folder.resolve("bomb/" + name), bytes);
        }
        assertProblem("{folder: DIR/bomb, split: 0.5}", "50000 x 50000 pixels, more than the 100000000");
    }

    private void assertProblem(String dataset, String... words) {
        Failure failure = catchThrowableOfType(Failure.class, () -> open(dataset));
        assertThat(failure).as(dataset).isNotNull();
        assertThat(failure.kind()).as(dataset).isEqualTo(Failure.Kind.DATA);
        assertThat(failure.getMessage() + String.join(" ", failure.hints())).contains(words);
    }

    private static void assertSame(ImageSet read, ImageSet written) {
        assertThat(read.shape()).isEqualTo(written.shape());
        assertThat(read.size()).isEqualTo(written.size());
        assertThat(Arrays.copyOf(read.labels(), read.size()))
                .isEqualTo(Arrays.copyOf(written.labels(), written.size()));
        assertThat(read.pixels()).isEqualTo(written.pixels());
    }

    private Experiment experiment(String dataset) {
        return ExperimentLoader.installed()
                .read("experiment", """
                name: own
                data: {dataset: %s}
                model: {layers: [{type: flatten}, {type: dense, units: %d}]}
                learner: {type: backprop}
                optimizer: {type: sgd, learningRate: 0.1}
                training: {epochs: 1}
                """.formatted(dataset.replace("DIR", folder.toString()), units(dataset)), List.of())
                .experiment();
    }

    /** The output layer needs as many units as there are classes. */
    private static int units(String dataset) {
        return dataset.contains("/classes")
                ? 300
                : dataset.contains("/many")
                        ? 8
                        : dataset.contains("/wide") || dataset.contains("/bomb") || dataset.contains("/one") ? 2 : 10;
    }

    private Splits open(String dataset) {
        return DatasetLoader.open(experiment(dataset).data(), folder, 1);
    }

    private void pictures(String name, ImageSet set) {
        for (int i = 0; i < set.size(); i++) {
            write(file(name, set, i), set, i);
        }
    }

    private Path file(String name, ImageSet set, int image) {
        return folder.resolve(name)
                .resolve("class" + set.label(image))
                .resolve(String.format(Locale.ROOT, "%05d.png", image));
    }

    private void table(String name, String pictures, ImageSet set) {
        StringBuilder lines = new StringBuilder("file,label\n");
        for (int i = 0; i < set.size(); i++) {
            lines.append(folder.relativize(file(pictures, set, i)))
                    .append(",\"class")
                    .append(set.label(i))
                    .append("\"\n");
        }
        try {
            Files.writeString(folder.resolve(name), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, ImageSet set, int image) {
        BufferedImage picture =
                new BufferedImage(set.shape().width(), set.shape().height(), BufferedImage.TYPE_BYTE_GRAY);
        picture.getRaster()
                .setDataElements(
                        0,
                        0,
                        set.shape().width(),
                        set.shape().height(),
                        Arrays.copyOfRange(
                                set.pixels(),
                                image * set.shape().size(),
                                (image + 1) * set.shape().size()));
        try {
            Files.createDirectories(file.getParent());
            ImageIO.write(picture, "png", file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void picture(Path file, int height, int width) {
        write(file, new ImageSet(new ImageShape(height, width, 1), 1, 1, new byte[height * width], new byte[1]), 0);
    }

    private void archive(String name, String xTrain, String yTrain, String xTest, String yTest, boolean columns) {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(folder.resolve(name)))) {
            array(zip, xTrain, "|u1", "(40, 8, 8)", train.pixels());
            array(zip, yTrain, columns ? "<i8" : "|u1", columns ? "(40, 1)" : "(40,)", labels(train, columns));
            array(zip, xTest, "|u1", "(20, 8, 8)", test.pixels());
            array(zip, yTest, columns ? "<i8" : "|u1", columns ? "(20, 1)" : "(20,)", labels(test, columns));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] labels(ImageSet set, boolean wide) {
        ByteBuffer bytes = ByteBuffer.allocate(set.size() * (wide ? 8 : 1)).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < set.size(); i++) {
            if (wide) {
                bytes.putLong(set.label(i));
            } else {
                bytes.put((byte) set.label(i));
            }
        }
        return bytes.array();
    }

    private static void array(ZipOutputStream zip, String name, String type, String shape, byte[] data)
            throws IOException {
        String header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }\n";
        zip.putNextEntry(new ZipEntry(name + ".npy"));
        zip.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) header.length(), 0});
        zip.write(header.getBytes(StandardCharsets.US_ASCII));
        zip.write(data);
        zip.closeEntry();
    }
}
