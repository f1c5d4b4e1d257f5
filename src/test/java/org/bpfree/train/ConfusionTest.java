package org.bpfree.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.bpfree.data.ImageSet;
import org.bpfree.data.ImageShape;
import org.bpfree.train.TrainingSettings.ClassWeights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Figures of classes by their definitions, and a file that does not grow with the square of the classes. */
class ConfusionTest {
    @TempDir
    private Path folder;

    @Test
    void figuresOfClassesAreThoseOfTheirDefinitions() {
        Confusion confusion = new Confusion(List.of("a", "b", "c"), new int[][] {{6, 2, 0}, {1, 1, 0}, {0, 0, 0}});

        assertThat(confusion.recall(0)).isEqualTo(6.0 / 8);
        assertThat(confusion.precision(0)).isEqualTo(6.0 / 7);
        assertThat(confusion.f1(0)).isCloseTo(2 / (8.0 / 6 + 7.0 / 6), within(1e-12));
        assertThat(confusion.recall(2)).isNaN();
        assertThat(confusion.precision(2)).isNaN();
        assertThat(confusion.balancedAccuracy()).isCloseTo((0.75 + 0.5) / 2, within(1e-12));
        assertThat(confusion.macroF1()).isCloseTo((12.0 / 15 + 2.0 / 5) / 2, within(1e-12));
    }

    @Test
    void fewClassesAreAMatrixAndManyAreWhatOccurs() throws IOException {
        Path small = folder.resolve("small.json");
        new Confusion(List.of("a", "b"), new int[][] {{8, 2}, {1, 9}}).write(small);
        assertThat(Files.readString(small)).isEqualTo("{\"classes\":[\"a\",\"b\"],\"counts\":[[8,2],[1,9]]}\n");
        assertThat(Confusion.read(small).matrix()).isDeepEqualTo(new int[][] {{8, 2}, {1, 9}});

        List<String> names =
                IntStream.range(0, 65_535).mapToObj(String::valueOf).toList();
        Confusion many = Confusion.empty(names);
        for (int i = 0; i < 10_000; i++) {
            many.predicted(65_534 - i, i % 3 == 0 ? 65_534 - i : 7, 0);
        }
        Path large = folder.resolve("large.json");
        many.write(large);
        assertThat(Files.size(large)).isLessThan(1_000_000);
        assertThat(Confusion.read(large).recall(65_534)).isEqualTo(1);
        assertThat(Confusion.read(large).cells()).isEqualTo(many.cells()).hasSize(10_000);
    }

    @Test
    void topFiveCountsLabelsAmongTheFiveLargestScores() {
        TopFive topFive = new TopFive();
        for (int rank = 0; rank < 10; rank++) {
            topFive.predicted(0, 1, rank);
        }
        assertThat(topFive.share(10)).isEqualTo(0.5);
        assertThat(topFive.share(5)).isNull();
    }

    @Test
    void balancedWeightsMakeAllClassesCountAlike() {
        byte[] labels = {0, 0, 0, 0, 0, 0, 1, 1, 3};
        ImageSet set = new ImageSet(new ImageShape(1, 1, 1), 9, 4, new byte[9], labels);

        double[] weights = ClassWeights.BALANCED.of(set).orElseThrow();

        // 9 images of 3 classes that have any: 9 / (3 * 6), 9 / (3 * 2), none, 9 / (3 * 1).
        assertThat(weights).containsExactly(new double[] {0.5, 1.5, 0, 3}, within(1e-12));
        assertThat(ClassWeights.NONE.of(set)).isEmpty();
    }
}
