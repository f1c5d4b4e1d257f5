package org.bpfree.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bpfree.data.BatchStream.Arrangement;
import org.bpfree.data.DataSettings.Augmentation;
import org.bpfree.data.DataSettings.Normalization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BatchStreamTest {
    private static final ImageShape SHAPE = new ImageShape(4, 4, 3);
    private static final ImageSet SET = TestImages.random(SHAPE, 25);
    private static final Normalizer NORMALIZER = Normalizer.of(Normalization.UNIT, SET);
    private static final Augmentation CHANGING = new Augmentation(true, 1);

    /** What one batch held, copied. */
    private record Seen(List<Integer> labels, float[] images) {
        static Seen of(Batch batch) {
            List<Integer> labels =
                    Arrays.stream(batch.labels, 0, batch.size).boxed().toList();
            return new Seen(labels, Arrays.copyOf(batch.images, batch.size * SHAPE.size()));
        }
    }

    @Test
    void withoutShuffleImagesComeAsStoredAndTheLastBatchIsPartial() {
        List<Seen> batches = epoch(TestImages.UNCHANGED, false, 0, 0);
        assertThat(batches).hasSize(3);
        assertThat(batches.get(0).labels).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(batches.get(2).labels).containsExactly(0, 1, 2, 3, 4);
        float[] expected = new float[5 * SHAPE.size()];
        NORMALIZER.apply(SET.pixels(), 20 * SHAPE.size(), expected, 0, expected.length);
        assertThat(batches.get(2).images).isEqualTo(expected);
    }

    @Test
    void shuffledEpochsHoldEachImageOnceInAnOrderOfTheirOwn() {
        List<Integer> stored = labels(epoch(TestImages.UNCHANGED, false, 0, 0));
        List<Integer> first = labels(epoch(TestImages.UNCHANGED, true, 0, 0));
        List<Integer> second = labels(epoch(TestImages.UNCHANGED, true, 1, 0));
        assertThat(first).isNotEqualTo(stored).isNotEqualTo(second).containsExactlyInAnyOrderElementsOf(stored);
        assertThat(labels(epoch(TestImages.UNCHANGED, true, 0, 0))).isEqualTo(first);
    }

    @Test
    void startingAtABatchEqualsSkippingTheOnesBefore() {
        List<Seen> whole = epoch(CHANGING, true, 3, 0);
        for (int firstBatch = 0; firstBatch <= 3; firstBatch++) {
            List<Seen> rest = epoch(CHANGING, true, 3, firstBatch);
            assertThat(rest).hasSize(3 - firstBatch);
            for (int i = 0; i < rest.size(); i++) {
                assertThat(rest.get(i).labels).isEqualTo(whole.get(firstBatch + i).labels);
                assertThat(rest.get(i).images).isEqualTo(whole.get(firstBatch + i).images);
            }
        }
    }

    @Test
    void anotherEpochMayBeEnteredAtAnyMoment() {
        List<Seen> expected = epoch(CHANGING, true, 9, 1);
        try (BatchStream stream = stream(CHANGING, true)) {
            for (int abandoned = 0; abandoned < 200; abandoned++) {
                stream.start(abandoned, 0);
                if (abandoned % 3 == 0) {
                    stream.next();
                }
            }
            stream.start(9, 1);
            assertThat(Seen.of(stream.next()).images).isEqualTo(expected.get(0).images);
            assertThat(Seen.of(stream.next()).images).isEqualTo(expected.get(1).images);
            assertThat(stream.next()).isNull();
            assertThat(stream.next()).isNull();
        }
    }

    @Test
    void aBatchStaysAsItIsUntilTheNextIsAskedFor() throws InterruptedException {
        try (BatchStream stream = new BatchStream(SET, NORMALIZER, CHANGING, 2, 1, Arrangement.ANY)) {
            stream.start(0, 0);
            for (Batch batch = stream.next(); batch != null; batch = stream.next()) {
                Seen before = Seen.of(batch);
                Thread.sleep(2); // time for the worker to fill whatever it may
                assertThat(Seen.of(batch).images).isEqualTo(before.images);
            }
        }
    }

    @Test
    void anEpochInBlocksThatIsEnteredLaterGoesOnAsItWould() {
        // Images of 1 MiB, so that a block has four of them.
        ImageShape large = new ImageShape(512, 512, 4);
        byte[] pixels = new byte[11 * large.size()];
        byte[] labels = new byte[11];
        for (int i = 0; i < 11; i++) {
            labels[i] = (byte) i;
        }
        ImageSet set = new ImageSet(large, 11, 11, pixels, labels);
        Normalizer plain = Normalizer.of(Normalization.NONE, set);
        List<Integer> whole = new ArrayList<>();
        List<Integer> rest = new ArrayList<>();
        for (int firstBatch : new int[] {0, 2}) {
            try (BatchStream stream = new BatchStream(set, plain, TestImages.UNCHANGED, 3, 8, Arrangement.BLOCKS)) {
                stream.start(5, firstBatch);
                for (Batch batch = stream.next(); batch != null; batch = stream.next()) {
                    Arrays.stream(batch.labels, 0, batch.size).forEach((firstBatch == 0 ? whole : rest)::add);
                }
            }
        }
        assertThat(whole).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        assertThat(rest).isEqualTo(whole.subList(6, 11));
    }

    @Test
    void anExceptionOfTheWorkerReachesTheCaller() {
        PixelStore failing = new PixelStore() {
            @Override
            public long bytes() {
                return 25L * SHAPE.size();
            }

            @Override
            public void read(long from, byte[] out, int at, int count) {
                throw new ArrayIndexOutOfBoundsException("in the middle of a batch");
            }

            @Override
            public boolean mapped() {
                return true;
            }
        };
        ImageSet broken = new ImageSet(SHAPE, 25, 10, failing, new int[25]);
        try (BatchStream stream = new BatchStream(broken, NORMALIZER, CHANGING, 10, 1, Arrangement.ANY)) {
            stream.start(0, 0);
            assertThatThrownBy(stream::next)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("Preparing batch 0 of epoch 0 failed")
                    .hasCauseInstanceOf(ArrayIndexOutOfBoundsException.class);
        }
    }

    @Test
    void closeEndsTheThread() {
        try (BatchStream stream = stream(CHANGING, true)) {
            stream.start(0, 0);
            assertThat(workers()).isPositive();
        }
        assertThat(workers()).isZero();
    }

    @Test
    void aClosedStreamAndAnEpochNotEnteredAreRefused() {
        BatchStream stream = stream(CHANGING, true);
        assertThatThrownBy(stream::next).hasMessageContaining("start(epoch, firstBatch)");
        assertThatThrownBy(() -> stream.start(0, 4)).hasMessage("First batch 4 of an epoch of 3");
        stream.close();
        stream.close();
        assertThatThrownBy(stream::next).hasMessage("This stream of batches is closed");
    }

    @Test
    void anEmptySetHasNoBatches() {
        ImageSet empty = new ImageSet(SHAPE, 0, 10, new byte[0], new byte[0]);
        try (BatchStream stream = new BatchStream(empty, NORMALIZER, CHANGING, 10, 1, Arrangement.ANY)) {
            stream.start(0, 0);
            assertThat(stream.batches()).isZero();
            assertThat(stream.next()).isNull();
        }
    }

    @Test
    void aSteadyEpochAllocatesAlmostNothingOnTheCallersThread() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        ImageSet many = TestImages.random(SHAPE, 4000);
        try (BatchStream stream = new BatchStream(many, NORMALIZER, TestImages.UNCHANGED, 4, 1, Arrangement.ANY)) {
            drain(stream, 0);
            long before = threads.getCurrentThreadAllocatedBytes();
            drain(stream, 1);
            long perBatch = (threads.getCurrentThreadAllocatedBytes() - before) / stream.batches();
            assertThat(perBatch).as("bytes a batch; its images alone have 768").isLessThan(300);
        }
    }

    private static void drain(BatchStream stream, long epoch) {
        stream.start(epoch, 0);
        while (stream.next() != null) {
            continue;
        }
    }

    private static long workers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("bpfree-batches"))
                .count();
    }

    private static BatchStream stream(Augmentation augmentation, boolean shuffle) {
        return new BatchStream(SET, NORMALIZER, augmentation, 10, 42, shuffle ? Arrangement.ANY : Arrangement.STORED);
    }

    private static List<Seen> epoch(Augmentation augmentation, boolean shuffle, long epoch, int firstBatch) {
        List<Seen> batches = new ArrayList<>();
        try (BatchStream stream = stream(augmentation, shuffle)) {
            stream.start(epoch, firstBatch);
            for (Batch batch = stream.next(); batch != null; batch = stream.next()) {
                batches.add(Seen.of(batch));
            }
        }
        return batches;
    }

    private static List<Integer> labels(List<Seen> batches) {
        return batches.stream().flatMap(batch -> batch.labels.stream()).toList();
    }
}
