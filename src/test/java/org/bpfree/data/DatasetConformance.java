package org.bpfree.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bpfree.data.BatchStream.Arrangement;
import org.bpfree.data.DataSettings.Augmentation;
import org.bpfree.data.DataSettings.Normalization;
import org.bpfree.data.DatasetSource.Opened;
import org.bpfree.data.DatasetSource.Opening;
import org.bpfree.testing.Yaml;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every dataset keeps, wherever its images come from. A subclass says which datasets, so that those of another JAR can be tried, too; the
 * class is in the JAR of tests ({@code bpfree-conformance.jar}).
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class DatasetConformance {
    private static final long SEED = 3;

    /** The datasets that are tried. */
    protected abstract Stream<Case> datasets();

    /**
     * A dataset with its files.
     *
     * @param dataset as an experiment has it as {@code data.dataset}, such as {@code bars} or {@code {folder: pictures}}
     * @param dataFolder the folder with one folder a dataset; where nothing is needed, any
     * @param official whether the files are the published ones: then there are as many images as the dataset says
     */
    public record Case(String dataset, Path dataFolder, boolean official) {
        private DataSettings settings() {
            return Yaml.settings(DataSettings.class, "dataset: " + dataset);
        }

        private Opened open(Checksums checksums) {
            DataSettings settings = settings();
            return settings.dataset().open(new Opening(settings, dataFolder, SEED, checksums, ReadingListener.SILENT));
        }

        @Override
        public String toString() {
            return dataset;
        }
    }

    @ParameterizedTest
    @MethodSource("datasets")
    @DisplayName("has the images it says it has")
    void isAsDescribed(Case each) {
        DatasetDescription said = each.settings().description();
        Opened opened = each.open(new Checksums());
        for (ImageSet images : List.of(opened.train().get(), opened.test().get())) {
            assertThat(images.shape()).isEqualTo(said.shape());
            assertThat(images.classes()).isEqualTo(said.classes());
            assertThat(images.size()).isPositive();
        }
        if (each.official) {
            assertThat(opened.train().get().size()).isEqualTo(said.trainImages());
            assertThat(opened.test().get().size()).isEqualTo(said.testImages());
        }
        assertThat(said.classNames()).doesNotHaveDuplicates().allMatch(name -> !name.isEmpty());
        assertThat(said.title()).isNotBlank();
        assertThat(said.licence()).isNotBlank();
        assertThat(said.citation()).isNotBlank();
    }

    @ParameterizedTest
    @MethodSource("datasets")
    @DisplayName("gives every image a class there is, and not all the same one")
    void labelsAreClasses(Case each) {
        Opened opened = each.open(new Checksums());
        for (ImageSet images : List.of(opened.train().get(), opened.test().get())) {
            for (int image = 0; image < images.size(); image++) {
                assertThat(images.label(image)).isBetween(0, images.classes() - 1);
            }
        }
        ImageSet train = opened.train().get();
        assertThat(Arrays.stream(train.labels(), 0, train.size()).distinct().count())
                .isGreaterThan(1);
    }

    @ParameterizedTest
    @MethodSource("datasets")
    @DisplayName("has the same bytes whenever it is opened, in whatever order its splits are read")
    void isTheSameEachTime(Case each) {
        Opened first = each.open(new Checksums());
        Opened second = each.open(new Checksums());
        byte[] train = first.train().get().pixels();
        byte[] test = first.test().get().pixels();

        assertThat(second.test().get().pixels()).isEqualTo(test);
        assertThat(second.train().get().pixels()).isEqualTo(train);
        assertThat(labels(second.train().get())).isEqualTo(labels(first.train().get()));
        assertThat(each.settings().description()).isEqualTo(each.settings().description());
    }

    @ParameterizedTest
    @MethodSource("datasets")
    @DisplayName("has an image at every place, whichever is read first")
    void imagesAreReadInAnyOrder(Case each) {
        ImageSet train = each.open(new Checksums()).train().get();
        byte[] pixels = train.pixels();
        int size = train.shape().size();
        for (int image = train.size() - 1; image >= 0; image -= 1 + train.size() / 50) {
            assertThat(train.read(image, 1))
                    .as("image %d", image)
                    .isEqualTo(Arrays.copyOfRange(pixels, image * size, (image + 1) * size));
        }
    }

    @ParameterizedTest
    @MethodSource("datasets")
    @DisplayName("notes the files of the test only when the test is read")
    void testFilesAreLeftAlone(Case each) {
        Checksums checksums = new Checksums();
        Opened opened = each.open(checksums);
        opened.train().get();
        Map<String, String> trained = checksums.asMap();
        opened.test().get();
        Map<String, String> tested = checksums.asMap();

        assertThat(tested).containsAllEntriesOf(trained);
        assumeThat(trained).as("it comes from no files").isNotEmpty();
        assertThat(tested.size()).isGreaterThan(trained.size());
    }

    @ParameterizedTest
    @MethodSource("datasets")
    @DisplayName("needs no files but those it names")
    void filesAreThere(Case each) {
        DatasetSource source = each.settings().dataset();
        assertThat(source.missing(each.dataFolder)).isEmpty();
        assertThat(source.files(each.dataFolder)).allMatch(file -> file.toFile().exists());
    }

    @ParameterizedTest
    @MethodSource("datasets")
    @DisplayName("gives batches in which every image comes once an epoch")
    void everyImageComesOnce(Case each) {
        ImageSet train = each.open(new Checksums()).train().get();
        Normalizer unit = Normalizer.of(Normalization.UNIT, train);
        for (Arrangement arrangement : Arrangement.values()) {
            List<Integer> seen = new ArrayList<>();
            try (BatchStream stream = new BatchStream(train, unit, Augmentation.NONE, 7, SEED, arrangement)) {
                stream.start(0, 0);
                for (Batch batch = stream.next(); batch != null; batch = stream.next()) {
                    for (int i = 0; i < batch.size; i++) {
                        seen.add(batch.labels[i]);
                        assertThat(batch.images[i * train.shape().size()]).isBetween(0f, 1f);
                    }
                }
            }
            assertThat(seen.stream().sorted().mapToInt(Integer::intValue).toArray())
                    .isEqualTo(Arrays.stream(labels(train)).sorted().toArray());
        }
    }

    private static int[] labels(ImageSet images) {
        return Arrays.copyOf(images.labels(), images.size());
    }
}
