package org.bpfree.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IndexRangesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"3 7 8 9|3,7-9", "5|5", "0 1|0-1", "9 8 7 3 8|3,7-9", "0 2 4|0,2,4", "0 1 2 3|0-3"})
    void neighboursBecomeRanges(String numbers, String ranges) {
        List<Integer> list =
                Arrays.stream(numbers.split(" ")).map(Integer::valueOf).toList();

        assertThat(IndexRanges.of(list)).isEqualTo(ranges);
    }

    @Test
    void nothingIsNoText() {
        assertThat(IndexRanges.of(List.of())).isEmpty();
    }

    @Test
    void rangesSpellOutToTheSameNumbers() {
        Random random = new Random(1);
        for (int trial = 0; trial < 200; trial++) {
            TreeSet<Integer> numbers = new TreeSet<>();
            random.ints(random.nextInt(1, 30), 0, 40).forEach(numbers::add);

            assertThat(spelledOut(IndexRanges.of(numbers))).containsExactlyElementsOf(numbers);
        }
    }

    private static List<Integer> spelledOut(String ranges) {
        return Stream.of(ranges.split(","))
                .flatMap(range -> {
                    String[] ends = range.split("-");
                    return IntStream.rangeClosed(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]))
                            .boxed();
                })
                .toList();
    }
}
