package org.bpfree.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.random.RandomGenerator;
import org.bpfree.random.RandomStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is never woken waits for ever, so every test has a time limit, in a thread of its own that may be left behind. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@DisplayName("Loops shared between threads")
class ParallelTest {
    private static final int IMAGES = 9;
    private static final Shape MAPS =
            Shape.of(IMAGES, 64, 66, 12); // enough for several shares, and not a multiple of any

    @AfterEach
    void oneThreadForTheOtherTests() {
        Backend.start(1);
    }

    @ParameterizedTest
    @CsvSource({"1, 100, 1", "2, 100, 1", "2, 7, 3", "2, 5, 10"})
    void visitEveryIndexOnce(int threads, int length, int least) {
        Backend.start(threads);
        AtomicIntegerArray visits = new AtomicIntegerArray(length);

        Parallel.loop(length, least, (from, to) -> () -> {
                    for (int i = from; i < to; i++) {
                        visits.incrementAndGet(i);
                    }
                })
                .run();

        for (int i = 0; i < length; i++) {
            assertThat(visits.get(i)).isEqualTo(1);
        }
    }

    @Test
    void areAsManyAsThreadsAndLongEnough() {
        Backend.start(2);

        assertThat(Parallel.shares(100, 10)).isEqualTo(2);
        assertThat(Parallel.shares(19, 10)).isEqualTo(1);
        assertThat(Parallel.shares(9, 10)).isEqualTo(1);
        Backend.start(1);
        assertThat(Parallel.shares(100, 10)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void passOnWhatAShareThrows(int failing) {
        assertThatThrownBy(() -> Parallel.each(2, share -> {
                    if (share == failing) {
                        throw new IllegalStateException("share " + share);
                    }
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("share " + failing);
    }

    @Test
    void runWithinEachOtherAndFromSeveralThreads() throws InterruptedException {
        AtomicIntegerArray visits = new AtomicIntegerArray(4);
        IntConsumer nested = outer -> Parallel.each(2, inner -> visits.incrementAndGet(2 * outer + inner));
        Thread other = new Thread(() -> repeat(1000, () -> Parallel.each(2, nested)));
        other.start();
        repeat(1000, () -> Parallel.each(2, nested));
        other.join();

        for (int i = 0; i < 4; i++) {
            assertThat(visits.get(i)).isEqualTo(2000);
        }
    }

    @Test
    void wakeHelpersThatSleep() throws InterruptedException {
        AtomicIntegerArray visits = new AtomicIntegerArray(2);
        for (int i = 0; i < 20; i++) {
            Parallel.each(2, visits::incrementAndGet);
            while (!helpersSleep()) {
                Thread.sleep(1);
            }
        }

        assertThat(visits.get(1)).isEqualTo(20);
    }

    @Test
    void takeBackSharesThatNobodyHasBegun() {
        Helper idle = new Helper(); // never started
        AtomicIntegerArray visits = new AtomicIntegerArray(2);
        idle.take(visits::incrementAndGet, 1);
        assertThat(idle.await()).isNull();
        assertThat(visits.get(1)).isEqualTo(1);

        idle.take(
                share -> {
                    throw new IllegalStateException("share " + share);
                },
                1);
        assertThat(idle.await()).hasMessage("share 1");
    }

    /** Whether every helper has lost patience: until then it looks out for work and would find some without being woken. */
    private static boolean helpersSleep() {
        List<Thread> helpers = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("bpfree-helper"))
                .toList();
        assertThat(helpers).isNotEmpty();
        return helpers.stream().allMatch(helper -> helper.getState() == Thread.State.WAITING);
    }

    private static void repeat(int times, Runnable body) {
        for (int i = 0; i < times; i++) {
            body.run();
        }
    }

    @Test
    void giveEqualBytesForActivations() {
        for (ActivationFunction function : ActivationFunction.values()) {
            assertSameWithTwoThreads(output -> Activation.forward(function, maps("input"), output));
            assertSameWithTwoThreads(
                    output -> Activation.backward(function, maps("input"), activated(function), maps("error"), output));
        }
    }

    @Test
    void giveEqualBytesForErrorsOfMaxPools() {
        Window window = new Window(2, 2, false);
        Tensor pooled = Tensor.zeros(Precision.FLOAT32, Shape.of(IMAGES, 32, 33, 12));
        Pooling.forward(Pooling.Reduction.MAX, maps("input"), pooled, window).run();
        Tensor error = Tensor.zeros(Precision.FLOAT32, pooled.shape());
        error.fill(0.5);

        assertSameWithTwoThreads(
                output -> Pooling.backward(Pooling.Reduction.MAX, maps("input"), pooled, error, output, window));
    }

    @Test
    void giveEqualBytesForWhatHeadsReadOfMaps() {
        int size = 64 * 66 * 12;
        Tensor rows = maps("input").reshape(Shape.of(IMAGES, size));
        Tensor lengths = Tensor.zeros(Precision.FLOAT32, Shape.of(IMAGES));
        Tensor units = Tensor.zeros(Precision.FLOAT32, rows.shape());
        assertSameWithTwoThreads(output -> UnitRows.forward(rows, output.reshape(rows.shape()), lengths));
        UnitRows.forward(rows, units, lengths).run();
        assertSameWithTwoThreads(output ->
                UnitRows.backward(units, lengths, maps("error").reshape(rows.shape()), output.reshape(rows.shape())));

        RectangleMean quarters = new RectangleMean(2, 2);
        Tensor means = Tensor.zeros(
                Precision.FLOAT32, quarters.of(maps("input").shape().inner()).batched(IMAGES));
        quarters.forward(maps("input"), means).run();
        assertSameWithTwoThreads(output -> quarters.backward(means, output));

        Tensor deviations = Tensor.zeros(Precision.FLOAT32, Shape.of(IMAGES, 12));
        ChannelDeviation.forward(maps("input"), deviations).run();
        Tensor shares = Tensor.zeros(Precision.FLOAT32, deviations.shape());
        shares.fill(0.25);
        assertSameWithTwoThreads(output -> ChannelDeviation.backward(maps("input"), deviations, shares, output));
    }

    @Test
    void addUpToTheSumsOfChannels() {
        Backend.start(2);
        Tensor maps = maps("input");
        Tensor sums = Tensor.zeros(Precision.FLOAT32, Shape.of(12));
        ColumnSum.of(maps, sums).run();

        double[] elements = maps.toDoubles();
        for (int c = 0; c < 12; c++) {
            double expected = 0;
            for (int i = c; i < elements.length; i += 12) {
                expected += elements[i];
            }
            assertThat(sums.at(c)).isCloseTo(expected, within(2e-3)); // of 38016 numbers around 1
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void mergeTheMomentsOfChannels(Precision precision) {
        Backend.start(2);
        long rows = MAPS.size() / 12;
        RandomGenerator random = RandomStream.of(1, "moments");
        double[] x = random.doubles(MAPS.size(), 99, 101).toArray(); // far from zero beside its spread
        for (int i = 0; i < x.length / 2; i++) {
            x[i] -= 7; // the pieces differ
        }
        Tensor maps = Tensor.of(precision, MAPS, x);
        double[] mean = new double[12];
        double[] squares = new double[12];
        ChannelPasses.over(maps, 12).moments(maps, mean, squares);

        for (int c = 0; c < 12; c++) {
            double expectedMean = 0;
            for (int i = c; i < x.length; i += 12) {
                expectedMean += x[i] / rows;
            }
            double expectedSquares = 0;
            for (int i = c; i < x.length; i += 12) {
                expectedSquares += (x[i] - expectedMean) * (x[i] - expectedMean);
            }
            assertThat(mean[c]).isCloseTo(expectedMean, within(1e-4));
            assertThat(squares[c] / expectedSquares).isCloseTo(1, within(1e-5));
        }
    }

    private static void assertSameWithTwoThreads(Function<Tensor, Routine> binding) {
        assertThat(Arrays.equals(result(2, binding), result(1, binding))).isTrue();
    }

    private static double[] result(int threads, Function<Tensor, Routine> binding) {
        Backend.start(threads);
        Tensor output = Tensor.zeros(Precision.FLOAT32, MAPS);
        binding.apply(output).run();
        return output.toDoubles();
    }

    private static Tensor activated(ActivationFunction function) {
        Tensor output = Tensor.zeros(Precision.FLOAT32, MAPS);
        Activation.forward(function, maps("input"), output).run();
        return output;
    }

    private static Tensor maps(String name) {
        RandomGenerator random = RandomStream.of(1, name);
        Tensor tensor = Tensor.zeros(Precision.FLOAT32, MAPS);
        tensor.write(random.doubles(MAPS.size(), -2, 2).toArray());
        return tensor;
    }
}
