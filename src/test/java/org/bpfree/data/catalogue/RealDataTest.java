package org.bpfree.data.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.util.Arrays;
import org.bpfree.data.ImageSet;
import org.bpfree.data.Splits;
import org.bpfree.data.TestImages;
import org.bpfree.data.catalogue.FileReport.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The published files, where {@code BPFREE_DATA} names a folder that has them. */
@EnabledIfEnvironmentVariable(named = "BPFREE_DATA", matches = ".+")
class RealDataTest {
    private final Path folder = Path.of(System.getenv().getOrDefault("BPFREE_DATA", ""));

    @Test
    void cifar10(TestReporter reporter) {
        long start = System.nanoTime();
        Splits splits = open(new BuiltInDatasets.Cifar10());
        reporter.publishEntry("CIFAR-10 training split, seconds", String.valueOf((System.nanoTime() - start) / 1e9));
        assertThat(splits.train().size()).isEqualTo(50_000);
        // frog, truck, truck, deer, automobile: the first images of data_batch_1
        assertThat(Arrays.copyOf(splits.train().labels(), 5)).containsExactly(6, 9, 9, 4, 1);
        assertThat(splits.train().pixels()[0] & 0xff)
                .as("red of the first pixel")
                .isEqualTo(59);
        assertThat(counts(splits.train())).containsOnly(5_000);
        ImageSet test = splits.readTest();
        assertThat(Arrays.copyOf(test.labels(), 5)).containsExactly(3, 8, 8, 0, 6);
        assertThat(counts(test)).containsOnly(1_000);
    }

    @Test
    void fashionMnist() {
        Splits splits = open(new BuiltInDatasets.FashionMnist());
        assertThat(Arrays.copyOf(splits.train().labels(), 5)).containsExactly(9, 0, 0, 3, 0);
        assertThat(counts(splits.train())).containsOnly(6_000);
        assertThat(counts(splits.readTest())).containsOnly(1_000);
        DatasetManifest manifest = new BuiltInDatasets.FashionMnist().manifest();
        assertThat(DataVerifier.verify(manifest, folder).status()).isEqualTo(Status.OFFICIAL);
    }

    @Test
    void svhnIsSoundWhetherOrNotItIsASubset() {
        Splits splits = open(new BuiltInDatasets.Svhn());
        assertThat(splits.train().size()).isPositive();
        // Ones are the most frequent digit of house numbers in every part of SVHN.
        int[] counts = counts(splits.train());
        assertThat(Arrays.stream(counts).max().orElseThrow()).isEqualTo(counts[1]);
        DatasetManifest manifest = new BuiltInDatasets.Svhn().manifest();
        assertThat(DataVerifier.verify(manifest, folder).usable()).isTrue();
    }

    private Splits open(PublishedDataset dataset) {
        DatasetManifest manifest = dataset.manifest();
        assumeThat(manifest.missing(folder)).as("missing files").isEmpty();
        return DatasetLoader.open(TestImages.settings(dataset, 0, 0, 0), folder, 1);
    }

    private static int[] counts(ImageSet set) {
        int[] counts = new int[set.classes()];
        for (int i = 0; i < set.size(); i++) {
            counts[set.labels()[i]]++;
        }
        return counts;
    }
}
