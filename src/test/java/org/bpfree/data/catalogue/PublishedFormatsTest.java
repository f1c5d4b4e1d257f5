package org.bpfree.data.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.bpfree.data.DataSettings;
import org.bpfree.data.ImageSet;
import org.bpfree.data.Splits;
import org.bpfree.failure.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files made by hand, byte for byte as their publishers lay them out, as ready datasets and as images of one's own. */
class PublishedFormatsTest {
    private static final int PLANE = 1024;

    @TempDir
    private Path folder;

    private OwnPictures data;

    /** Records of a coarse label, a fine label, and planes of red, green and blue; here pixels of 3 * image + channel. */
    private Path cifar100() throws IOException {
        Path target = Files.createDirectories(folder.resolve("cifar-100/cifar-100-binary"));
        for (String name : new String[] {"train.bin", "test.bin"}) {
            byte[] records = new byte[4 * (2 + 3 * PLANE)];
            for (int image = 0; image < 4; image++) {
                int from = image * (2 + 3 * PLANE);
                records[from] = (byte) (19 - image);
                records[from + 1] = (byte) (99 - image);
                for (int i = 0; i < 3 * PLANE; i++) {
                    records[from + 2 + i] = (byte) (3 * image + i / PLANE);
                }
            }
            Files.write(target.resolve(name), records);
        }
        return target;
    }

    private Splits open(String dataset, int classes) {
        data = new OwnPictures(folder);
        DataSettings settings = data.settings(dataset, classes);
        return DatasetLoader.open(settings, folder, 1, data);
    }

    @Test
    void cifar100HasAFineAndACoarseLabel() throws IOException {
        cifar100();
        ImageSet fine = open("cifar-100", 100).train();
        ImageSet coarse = open("{type: cifar-100, labels: coarse}", 20).readTest();

        assertThat(fine.labels()).startsWith(99, 98, 97, 96);
        assertThat(coarse.labels()).startsWith(19, 18, 17, 16);
        assertThat(fine.read(2, 1)).startsWith(6, 7, 8, 6, 7, 8).hasSize(3 * PLANE);
        assertThat(data.settings("{type: cifar-100, labels: coarse}", 20)
                        .description()
                        .classNames())
                .hasSize(20)
                .endsWith("trees", "vehicles 1", "vehicles 2");
    }

    @Test
    void filesLaidOutAsCifarAreReadFromAnywhere() throws IOException {
        Path target = cifar100();
        String own = "{cifar: " + target + ", labelBytes: 2, label: %d}";

        assertThat(open(own.formatted(1), 100).train().labels()).startsWith(99, 98, 97, 96);
        assertThat(open(own.formatted(0), 20).readTest().labels()).startsWith(19, 18, 17, 16);
        assertThat(open(own.formatted(0), 20).train().read(1, 1)).startsWith(3, 4, 5);
        assertThatThrownBy(() -> open(own.formatted(2), 20)).hasMessageContaining("2 is not one of the 2 label bytes");
        assertThatThrownBy(() -> open("{cifar: " + target + "}", 20))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("truncated, or with bytes at the end");
    }

    /** Images of 28x28, column by column, in which the pixel of row r and column c is r + 2 * c; labels from 1 on. */
    private void emnist(String prefix, int first) throws IOException {
        Path target = Files.createDirectories(folder.resolve("emnist-letters"));
        for (String split : new String[] {"train", "test"}) {
            ByteArrayOutputStream images = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(images);
            for (int number : new int[] {0x803, 3, 28, 28}) {
                out.writeInt(number);
            }
            for (int i = 0; i < 3 * 784; i++) {
                int column = i % 784 / 28;
                out.writeByte(i % 28 + 2 * column);
            }
            Files.write(target.resolve(prefix + split + "-images-idx3-ubyte"), images.toByteArray());
            ByteArrayOutputStream labels = new ByteArrayOutputStream();
            out = new DataOutputStream(labels);
            out.writeInt(0x801);
            out.writeInt(3);
            out.write(new byte[] {(byte) first, 2, 26});
            Files.write(target.resolve(prefix + split + "-labels-idx1-ubyte"), labels.toByteArray());
        }
    }

    @Test
    void lettersOfEmnistStandUprightAndBeginAtOne() throws IOException {
        emnist("emnist-letters-", 1);
        ImageSet letters = open("emnist-letters", 26).train();
        ImageSet own = open("{idx: DIR/emnist-letters, prefix: emnist-letters-, firstLabel: 1, transposed: true}", 26)
                .train();

        for (ImageSet each : new ImageSet[] {letters, own}) {
            assertThat(each.labels()).startsWith(0, 1, 25);
            byte[] image = each.read(1, 1);
            for (int row = 0; row < 28; row++) {
                for (int column = 0; column < 28; column++) {
                    assertThat(image[row * 28 + column])
                            .as(String.format(Locale.ROOT, "row %d, column %d", row, column))
                            .isEqualTo((byte) (row + 2 * column));
                }
            }
        }
    }

    @Test
    void aLabelBelowTheFirstIsTold() throws IOException {
        emnist("emnist-letters-", 0);
        assertThatThrownBy(() -> open("emnist-letters", 26))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("gives image 0 the label 0; labels begin at 1");
    }

    @Test
    void tinyImageNetIsReadFromItsFolders() throws IOException {
        data = new OwnPictures(folder);
        StringBuilder classes = new StringBuilder();
        StringBuilder table = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            String name = String.format(Locale.ROOT, "n%08d", i);
            classes.append(name).append("\n");
            String picture = "tiny-imagenet/tiny-imagenet-200/train/" + name + "/images/" + name + "_0.png";
            data.picture(picture, i, 64, 64);
        }
        for (int i = 0; i < 3; i++) {
            data.picture("tiny-imagenet/tiny-imagenet-200/val/images/val_" + i + ".png", 250 - i, 64, 64);
            table.append("val_" + i + ".png\tn" + String.format(Locale.ROOT, "%08d", 199 - i) + "\t0\t0\t9\t9\n");
        }
        Path root = folder.resolve("tiny-imagenet/tiny-imagenet-200");
        Files.writeString(root.resolve("wnids.txt"), classes);
        Files.writeString(root.resolve("val/val_annotations.txt"), table);

        Splits splits = open("tiny-imagenet", 200);

        assertThat(splits.train().size()).isEqualTo(200);
        assertThat(splits.train().read(7, 1)).containsOnly(7);
        assertThat(splits.readTest().labels()).containsExactly(199, 198, 197);
    }
}
