package org.bpfree.data.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpfree.data.DataFile;
import org.bpfree.data.TestImages;
import org.bpfree.data.catalogue.FileReport.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DataVerifierTest {
    @TempDir
    Path folder;

    @Test
    void soundFilesThatAreNotTheOfficialOnesAreUsable() {
        DatasetReport report = DataVerifier.verify(TestImages.write(new BuiltInDatasets.Cifar10(), folder), folder);
        assertThat(report.status()).isEqualTo(Status.SOUND);
        assertThat(report.usable()).isTrue();
        assertThat(report.images()).isEqualTo(30);
        assertThat(report.officialImages()).isEqualTo(60_000);
        assertThat(report.files().get(0).detail()).startsWith("not the official file: its SHA-256 is not cee9");
    }

    @Test
    void filesWithTheOfficialChecksumAreOfficial() {
        DatasetManifest manifest = official(TestImages.write(new BuiltInDatasets.Svhn(), folder));
        assertThat(DataVerifier.verify(manifest, folder).status()).isEqualTo(Status.OFFICIAL);
    }

    @Test
    void onlyTheDamagedFileIsBlamed() throws IOException {
        TestImages.write(new BuiltInDatasets.Cifar10(), folder);
        Path damaged = folder.resolve("cifar-10/cifar-10-batches-bin/data_batch_2.bin");
        Files.write(damaged, new byte[100]);
        DatasetReport report = DataVerifier.verify(new BuiltInDatasets.Cifar10().manifest(), folder);
        assertThat(report.status()).isEqualTo(Status.DAMAGED);
        assertThat(report.usable()).isFalse();
        assertThat(report.files())
                .filteredOn(file -> file.status() == Status.DAMAGED)
                .singleElement()
                .satisfies(file -> {
                    assertThat(file.path()).isEqualTo(damaged);
                    assertThat(file.detail()).contains("has 100 bytes");
                });
    }

    @Test
    void ofAPairTheDamagedOneIsBlamed() throws IOException {
        TestImages.write(new BuiltInDatasets.Mnist(), folder);
        Path labels = folder.resolve("mnist/t10k-labels-idx1-ubyte.gz");
        Files.write(labels, new byte[100]);
        DatasetReport report = DataVerifier.verify(new BuiltInDatasets.Mnist().manifest(), folder);
        assertThat(report.files())
                .extracting(FileReport::status)
                .containsExactly(Status.SOUND, Status.SOUND, Status.SOUND, Status.DAMAGED);
    }

    @Test
    void eachOfAPairIsCheckedByItselfWhereTheOtherIsMissing() throws IOException {
        TestImages.write(new BuiltInDatasets.Mnist(), folder);
        Files.delete(folder.resolve("mnist/train-labels-idx1-ubyte.gz"));
        Files.delete(folder.resolve("mnist/t10k-labels-idx1-ubyte.gz"));
        Files.write(folder.resolve("mnist/t10k-images-idx3-ubyte.gz"), new byte[100]);
        DatasetReport report = DataVerifier.verify(new BuiltInDatasets.Mnist().manifest(), folder);
        assertThat(report.files())
                .extracting(FileReport::status)
                .containsExactly(Status.SOUND, Status.MISSING, Status.DAMAGED, Status.MISSING);
    }

    @Test
    void imagesThatAreMoreThanTheirLabelsAreBlamed() throws IOException {
        TestImages.write(new BuiltInDatasets.Mnist(), folder);
        Path mnist = folder.resolve("mnist");
        Files.copy(
                mnist.resolve("t10k-labels-idx1-ubyte.gz"),
                mnist.resolve("train-labels-idx1-ubyte.gz"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        DatasetReport report = DataVerifier.verify(new BuiltInDatasets.Mnist().manifest(), folder);
        assertThat(report.files())
                .extracting(FileReport::status)
                .containsExactly(Status.DAMAGED, Status.SOUND, Status.SOUND, Status.SOUND);
    }

    @ParameterizedTest
    @MethodSource("org.bpfree.data.catalogue.DatasetCatalogue#published")
    void webPagesInPlaceOfFilesAreToldAsThat(PublishedDataset dataset) throws IOException {
        DatasetManifest manifest = TestImages.write(dataset, folder);
        String page = "\ufeff\n<!DOCTYPE HTML><html><body>404 not found</body></html>";
        for (DatasetFile file : manifest.files()) {
            Files.writeString(folder.resolve(manifest.name()).resolve(file.path()), page);
        }
        assertThat(DataVerifier.verify(manifest, folder).files()).allSatisfy(file -> {
            assertThat(file.status()).isEqualTo(Status.DAMAGED);
            assertThat(file.detail()).contains(file.path() + " ", "is a web page");
        });
    }

    @Test
    void missingFilesAreWorseThanDamagedOnes() throws IOException {
        TestImages.write(new BuiltInDatasets.Svhn(), folder);
        Files.write(folder.resolve("svhn/train_32x32.mat"), new byte[100]);
        Files.delete(folder.resolve("svhn/test_32x32.mat"));
        DatasetReport report = DataVerifier.verify(new BuiltInDatasets.Svhn().manifest(), folder);
        assertThat(report.status()).isEqualTo(Status.MISSING);
        assertThat(report.absent()).isFalse();
        assertThat(report.files()).extracting(FileReport::status).containsExactly(Status.DAMAGED, Status.MISSING);
    }

    @Test
    void aDatasetWithoutAnyFileIsAbsent() {
        assertThat(DataVerifier.verify(new BuiltInDatasets.Svhn().manifest(), folder)
                        .absent())
                .isTrue();
    }

    /** A manifest that declares the files in the folder to be the official ones. */
    private DatasetManifest official(DatasetManifest manifest) {
        List<DatasetFile> files = new ArrayList<>();
        for (DatasetFile file : manifest.files()) {
            DataFile content = DataFile.read(folder.resolve(manifest.name()).resolve(file.path()));
            files.add(new DatasetFile(
                    file.path(),
                    file.split(),
                    content.bytes().length,
                    Optional.of(content.sha256()),
                    Optional.empty()));
        }
        return TestManifests.withFiles(manifest, files, Optional.empty(), List.of());
    }
}
