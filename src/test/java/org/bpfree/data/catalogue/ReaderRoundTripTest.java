package org.bpfree.data.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bpfree.data.Checksums;
import org.bpfree.data.ImageSet;
import org.bpfree.data.TestImages;
import org.bpfree.data.catalogue.DatasetFile.Split;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written in a published layout is read back unchanged. */
class ReaderRoundTripTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("org.bpfree.data.catalogue.DatasetCatalogue#published")
    void readersReturnWhatWritersWrote(PublishedDataset dataset) {
        DatasetManifest manifest = TestImages.write(dataset, folder);
        Checksums checksums = new Checksums();
        ImageSet train = new DatasetFiles(manifest, folder).read(Split.TRAIN, checksums);
        ImageSet expected = TestImages.random(manifest.shape(), 20);
        assertThat(train.size()).isEqualTo(20);
        assertThat(train.classes()).isEqualTo(manifest.classes());
        assertThat(train.shape()).isEqualTo(manifest.shape());
        assertThat(train.pixels()).isEqualTo(expected.pixels());
        assertThat(train.labels()).isEqualTo(expected.labels());
        assertThat(checksums.asMap()).hasSize(manifest.files(Split.TRAIN).size());
    }

    @Test
    void theBytesOfACifarRecordAreLabelThenRedThenGreenThenBlue() throws IOException {
        DatasetManifest manifest = TestImages.write(new BuiltInDatasets.Cifar10(), folder);
        byte[] file = Files.readAllBytes(folder.resolve("cifar-10/cifar-10-batches-bin/data_batch_1.bin"));
        ImageSet set = TestImages.random(manifest.shape(), 20);
        assertThat(file).hasSize(4 * 3073); // 20 images in five files
        assertThat(file[3073]).isEqualTo((byte) 1);
        assertThat(file[3073 + 1 + 1024 + 33]).isEqualTo(set.pixels()[3072 + 33 * 3 + 1]); // green, row 1, column 1
    }

    @Test
    void anIdxFileMayLieUnpacked() throws IOException {
        DatasetManifest manifest = TestImages.write(new BuiltInDatasets.Mnist(), folder);
        Path packed = folder.resolve("mnist/train-images-idx3-ubyte.gz");
        Path plain = folder.resolve("mnist/train-images-idx3-ubyte");
        try (var in = new java.util.zip.GZIPInputStream(Files.newInputStream(packed))) {
            Files.write(plain, in.readAllBytes());
        }
        Files.delete(packed);
        ImageSet train = new DatasetFiles(manifest, folder).read(Split.TRAIN, new Checksums());
        assertThat(train.pixels())
                .isEqualTo(TestImages.random(manifest.shape(), 20).pixels());
    }

    @Test
    void equalImagesGiveEqualFiles() throws IOException {
        for (PublishedDataset dataset : new PublishedDataset[] {
            new BuiltInDatasets.Mnist(), new BuiltInDatasets.Cifar10(), new BuiltInDatasets.Svhn()
        }) {
            DatasetManifest manifest = TestImages.write(dataset, folder.resolve("a"));
            TestImages.write(dataset, folder.resolve("b"));
            for (DatasetFile file : manifest.files()) {
                Path below = Path.of(manifest.name(), file.path());
                assertThat(folder.resolve("a").resolve(below))
                        .hasSameBinaryContentAs(folder.resolve("b").resolve(below));
            }
        }
    }
}
