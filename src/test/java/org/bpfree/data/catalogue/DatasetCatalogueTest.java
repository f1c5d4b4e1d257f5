package org.bpfree.data.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.bpfree.data.DataSettings.DatasetName;
import org.bpfree.data.ImageShape;
import org.bpfree.data.TestImages;
import org.bpfree.data.catalogue.DatasetFile.Split;
import org.bpfree.failure.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DatasetCatalogueTest {
    @ParameterizedTest
    @EnumSource
    void everyDatasetHasACompleteManifest(DatasetName dataset) {
        DatasetManifest manifest = DatasetCatalogue.manifest(dataset);
        assertThat(manifest.name()).isEqualTo(DatasetCatalogue.name(dataset));
        assertThat(manifest.classes()).isEqualTo(10);
        assertThat(manifest.classNames()).doesNotHaveDuplicates();
        assertThat(manifest.title()).isNotBlank();
        assertThat(manifest.licence()).isNotBlank();
        assertThat(manifest.citation()).isNotBlank();
    }

    @ParameterizedTest
    @EnumSource(names = "SYNTHETIC", mode = EnumSource.Mode.EXCLUDE)
    void everyDownloadHasAddressesSizeAndChecksum(DatasetName dataset) {
        DatasetManifest manifest = DatasetCatalogue.manifest(dataset);
        assertThat(manifest.files(Split.TRAIN)).isNotEmpty();
        assertThat(manifest.files(Split.TEST)).isNotEmpty();
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
        assertThat(DatasetCatalogue.shape(TestImages.settings(DatasetName.CIFAR_10, 0, 0, 0)))
                .isEqualTo(new ImageShape(32, 32, 3));
        assertThat(DatasetCatalogue.shape(TestImages.settings(DatasetName.SYNTHETIC, 0, 0, 0)))
                .isEqualTo(new ImageShape(16, 16, 1));
        assertThat(DatasetCatalogue.classes(TestImages.settings(DatasetName.SYNTHETIC, 0, 0, 0)))
                .isEqualTo(10);
    }

    @Test
    void anUnknownNameListsTheKnownOnes() {
        assertThatThrownBy(() -> DatasetCatalogue.manifest("cifar10"))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE))
                .hasMessageContaining("'cifar10'")
                .hasMessageContaining("mnist, fashion-mnist, cifar-10, svhn, synthetic");
    }
}
