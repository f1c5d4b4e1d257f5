package org.bpfree.data.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.bpfree.data.DataSettings;
import org.bpfree.data.DataSettings.Augmentation;
import org.bpfree.data.DataSettings.Limit;
import org.bpfree.data.DataSettings.Normalization;
import org.bpfree.data.DatasetDescription;
import org.bpfree.data.DatasetSource;
import org.bpfree.data.ImageShape;
import org.bpfree.data.TestImages;
import org.bpfree.data.catalogue.DatasetFile.Split;
import org.bpfree.failure.Failure;
import org.bpfree.settings.TypeName;
import org.bpfree.testing.Yaml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DatasetCatalogueTest {
    @ParameterizedTest
    @MethodSource("org.bpfree.data.catalogue.DatasetCatalogue#all")
    void everyDatasetIsDescribed(DatasetSource dataset) {
        DatasetDescription images = dataset.describe();
        assertThat(images.classes()).isGreaterThanOrEqualTo(10);
        assertThat(images.classNames()).doesNotHaveDuplicates();
        assertThat(images.title()).isNotBlank();
        assertThat(images.licence()).isNotBlank();
        assertThat(images.citation()).isNotBlank();
    }

    @Test
    void theDatasetsOfTheProgramComeInThisOrder() {
        assertThat(DatasetCatalogue.names())
                .containsExactly(
                        "mnist",
                        "fashion-mnist",
                        "cifar-10",
                        "cifar-100",
                        "svhn",
                        "kmnist",
                        "emnist-letters",
                        "emnist-balanced",
                        "tiny-imagenet",
                        "synthetic");
        assertThat(DatasetCatalogue.published())
                .containsExactly(
                        new BuiltInDatasets.Mnist(),
                        new BuiltInDatasets.FashionMnist(),
                        new BuiltInDatasets.Cifar10(),
                        new Cifar100(),
                        new BuiltInDatasets.Svhn(),
                        new BuiltInDatasets.Kmnist(),
                        new BuiltInDatasets.EmnistLetters(),
                        new BuiltInDatasets.EmnistBalanced());
    }

    @ParameterizedTest
    @MethodSource("org.bpfree.data.catalogue.DatasetCatalogue#published")
    void everyDownloadHasAddressesSizeAndChecksum(PublishedDataset dataset) {
        DatasetManifest manifest = dataset.manifest();
        assertThat(manifest.name()).isEqualTo(dataset.name());
        assertThat(manifest.files(Split.TRAIN)).isNotEmpty();
        assertThat(manifest.files(Split.TEST)).isNotEmpty();
        if (!manifest.byHand().isEmpty()) {
            assertThat(manifest.files())
                    .allSatisfy(file -> assertThat(file.md5().orElseThrow()).matches("[0-9a-f]{32}"));
            return;
        }
        assertThat(manifest.mirrors()).isNotEmpty().allSatisfy(mirror -> assertThat(URI.create(mirror))
                .hasNoQuery()
                .satisfies(uri -> assertThat(uri.getScheme()).startsWith("http"))
                .satisfies(uri -> assertThat(uri.getPath()).endsWith("/")));
        assertThat(manifest.downloads()).allSatisfy(file -> {
            assertThat(file.bytes()).isPositive();
            assertThat(file.sha256().orElseThrow()).matches("[0-9a-f]{64}");
            assertThat(file.md5().orElseThrow()).matches("[0-9a-f]{32}");
        });
        assertThat(manifest.files())
                .allSatisfy(file -> assertThat(file.sha256()).isPresent());
    }

    @Test
    void shapesAreKnownWithoutReadingAnyData() {
        assertThat(settings("{dataset: cifar-10}").description().shape()).isEqualTo(new ImageShape(32, 32, 3));
        DatasetDescription drawn = settings("{dataset: synthetic, synthetic: {size: 12, channels: 3, train: 200}}")
                .description();
        assertThat(drawn.shape()).isEqualTo(new ImageShape(12, 12, 3));
        assertThat(drawn.trainImages()).isEqualTo(200);
        assertThat(drawn.testImages()).isEqualTo(1000);
    }

    private static DataSettings settings(String block) {
        return Yaml.settings(DataSettings.class, block);
    }

    @Test
    void onlyWhatIsNotOnDiskIsMissing(@TempDir Path folder) {
        assertThat(new SyntheticDataset().files(folder)).isEmpty();
        DatasetSource cifar = new BuiltInDatasets.Cifar10();
        assertThat(cifar.missing(folder)).isEqualTo(cifar.files(folder)).hasSize(6);
        TestImages.write(new BuiltInDatasets.Cifar10(), folder);
        assertThat(cifar.missing(folder)).isEmpty();
    }

    @Test
    void mistakesInAManifestAreToldWithTheirPlaces() {
        assertThatThrownBy(() -> ManifestReader.read("name: x\nformat: zip\nshape: [1, 2]\nfilse: []\n", "x.yaml"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("x.yaml:2:9: format: 'zip' is not allowed, expected one of idx, cifar, svhn")
                .hasMessageContaining("filse: unknown key")
                .hasMessageContaining("mirrors: is missing");
    }

    @Test
    void aSourceWhoseImagesAreNotWhatItSaysIsRefused() {
        DataSettings settings = new DataSettings(
                new Liar(),
                0,
                Normalization.UNIT,
                DataSettings.Order.AUTO,
                new Augmentation(false, 0),
                Limit.NONE,
                0,
                null);
        assertThatThrownBy(() -> DatasetLoader.open(settings, null, 1))
                .isInstanceOf(Failure.class)
                .hasMessage("the dataset 'liar' has images of 8x8x1 in 10 classes, but says they are of 8x8x1 in 2");
    }

    /** Says two classes, gives ten. */
    @TypeName("liar")
    private record Liar() implements DatasetSource {
        @Override
        public DatasetDescription describe() {
            return new DatasetDescription("Lies", new ImageShape(8, 8, 1), List.of("a", "b"), 20, 20, "", "", "");
        }

        @Override
        public Opened open(Opening opening) {
            return new Opened(
                    () -> TestImages.random(describe().shape(), 20),
                    () -> TestImages.random(describe().shape(), 20));
        }
    }

    @Test
    void anUnknownNameListsTheKnownOnes() {
        assertThatThrownBy(() -> DatasetCatalogue.source("cifar10"))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE))
                .hasMessageContaining("'cifar10'")
                .hasMessageContaining("mnist, fashion-mnist, cifar-10, cifar-100, svhn, kmnist,");
    }
}
