package org.bpfree.data.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.bpfree.data.DatasetSource;
import org.bpfree.data.ImageSet;
import org.bpfree.data.ImageShape;
import org.bpfree.data.Splits;
import org.bpfree.data.TestImages;
import org.bpfree.failure.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetLoaderTest {
    @TempDir
    Path folder;

    @Test
    void trainAndValidationShareNoImageAndLoseNone() {
        TestImages.write(new BuiltInDatasets.Cifar10(), folder);
        Splits splits = open(new BuiltInDatasets.Cifar10(), 7, 0, 0, 1);
        assertThat(splits.train().size()).isEqualTo(13);
        assertThat(splits.validation().size()).isEqualTo(7);
        Set<ByteBuffer> images = new HashSet<>(images(splits.train()));
        images.addAll(images(splits.validation()));
        assertThat(images).isEqualTo(images(TestImages.random(new ImageShape(32, 32, 3), 20)));
    }

    @Test
    void labelsStayWithTheirImages() {
        TestImages.write(new BuiltInDatasets.Mnist(), folder);
        ImageSet train = open(new BuiltInDatasets.Mnist(), 5, 0, 0, 3).train();
        ImageSet all = TestImages.random(train.shape(), 20);
        int stored = 0;
        for (int i = 0; i < train.size(); i++) {
            while (!image(all, stored).equals(image(train, i))) {
                stored++; // the images that stay keep their order
            }
            assertThat(train.labels()[i]).isEqualTo(all.labels()[stored]);
        }
    }

    @Test
    void theSeedDecidesWhatIsHeldOut() {
        TestImages.write(new BuiltInDatasets.Mnist(), folder);
        ImageSet one = open(new BuiltInDatasets.Mnist(), 5, 0, 0, 1).validation();
        assertThat(images(open(new BuiltInDatasets.Mnist(), 5, 0, 0, 1).validation()))
                .isEqualTo(images(one));
        assertThat(images(open(new BuiltInDatasets.Mnist(), 5, 0, 0, 2).validation()))
                .isNotEqualTo(images(one));
    }

    @Test
    void limitsApplyAfterTheHoldOut() {
        TestImages.write(new BuiltInDatasets.Mnist(), folder);
        Splits splits = open(new BuiltInDatasets.Mnist(), 5, 4, 3, 1);
        assertThat(splits.train().size()).isEqualTo(4);
        assertThat(splits.validation().size()).isEqualTo(5);
        assertThat(splits.readTest().size()).isEqualTo(3);
        assertThat(images(splits.validation()))
                .isEqualTo(images(open(new BuiltInDatasets.Mnist(), 5, 0, 0, 1).validation()));
        assertThat(open(new BuiltInDatasets.Mnist(), 0, 4000, 0, 1).train().size())
                .isEqualTo(20);
    }

    @Test
    void testFilesAreOpenedOnlyWhenAskedFor() throws IOException {
        TestImages.write(new BuiltInDatasets.Svhn(), folder);
        Path test = folder.resolve("svhn/test_32x32.mat");
        byte[] sound = Files.readAllBytes(test);
        Files.write(test, new byte[10]);
        Splits splits = open(new BuiltInDatasets.Svhn(), 0, 0, 0, 1);
        assertThat(splits.checksums()).containsOnlyKeys("train_32x32.mat");
        assertThatThrownBy(splits::readTest).isInstanceOf(Failure.class).hasMessageContaining("test_32x32.mat");
        Files.write(test, sound);
        ImageSet read = splits.readTest();
        Files.delete(test);
        assertThat(splits.readTest()).as("read once, then from memory").isSameAs(read);
        assertThat(splits.checksums()).containsOnlyKeys("train_32x32.mat", "test_32x32.mat");
        assertThat(splits.checksums().get("test_32x32.mat")).hasSize(64);
    }

    @Test
    void aHoldOutThatLeavesNothingIsAUsageFailureWithTheNumbers() {
        TestImages.write(new BuiltInDatasets.Mnist(), folder);
        assertThatThrownBy(() -> open(new BuiltInDatasets.Mnist(), 20, 0, 0, 1))
                .isInstanceOfSatisfying(Failure.class, failure -> {
                    assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE);
                    assertThat(failure.hints()).containsExactly("Use a value from 0 to 19.");
                })
                .hasMessageContaining("data.validation = 20")
                .hasMessageContaining("'mnist' has 20 images");
    }

    @Test
    void filesUnderTheNameThatSevenZipGivesAreToldApartFromMissingOnes() throws IOException {
        TestImages.write(new BuiltInDatasets.Mnist(), folder);
        Path mnist = folder.resolve("mnist");
        java.nio.file.Files.move(mnist.resolve("train-images-idx3-ubyte.gz"), mnist.resolve("train-images.idx3-ubyte"));
        assertThatThrownBy(() -> open(new BuiltInDatasets.Mnist(), 5, 0, 0, 1))
                .isInstanceOf(Failure.class)
                .satisfies(failure -> assertThat(((Failure) failure).hints())
                        .containsExactly("Rename train-images.idx3-ubyte to train-images-idx3-ubyte."));
    }

    @Test
    void aMissingDatasetNamesFilesPlaceAndCommand() throws IOException {
        TestImages.write(new BuiltInDatasets.Cifar10(), folder);
        Files.delete(folder.resolve("cifar-10/cifar-10-batches-bin/data_batch_3.bin"));
        assertThatThrownBy(() -> open(new BuiltInDatasets.Cifar10(), 0, 0, 0, 1))
                .isInstanceOfSatisfying(Failure.class, failure -> {
                    assertThat(failure.kind()).isEqualTo(Failure.Kind.DATA);
                    assertThat(failure.hints().get(0)).contains("bpfree data get cifar-10");
                })
                .hasMessageContaining(folder.resolve("cifar-10") + " lacks")
                .hasMessageContaining("data_batch_3.bin")
                .message()
                .doesNotContain("data_batch_2");
    }

    @Test
    void generatedImagesNeedNoFolder() {
        Splits splits = DatasetLoader.open(TestImages.settings(new SyntheticDataset(), 20, 0, 0), null, 1);
        assertThat(splits.train().size()).isEqualTo(180);
        assertThat(splits.readTest().size()).isEqualTo(100);
        assertThat(splits.checksums()).isEmpty();
    }

    private Splits open(DatasetSource dataset, int validation, int trainLimit, int testLimit, long seed) {
        return DatasetLoader.open(TestImages.settings(dataset, validation, trainLimit, testLimit), folder, seed);
    }

    private static Set<ByteBuffer> images(ImageSet set) {
        Set<ByteBuffer> images = new HashSet<>();
        for (int i = 0; i < set.size(); i++) {
            images.add(image(set, i));
        }
        return images;
    }

    private static ByteBuffer image(ImageSet set, int image) {
        int size = set.shape().size();
        return ByteBuffer.wrap(Arrays.copyOfRange(set.pixels(), image * size, (image + 1) * size));
    }
}
