package org.bpfree.measure;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.bpfree.data.Batch;
import org.bpfree.data.BatchStream;
import org.bpfree.data.BatchStream.Arrangement;
import org.bpfree.data.DataSettings.Augmentation;
import org.bpfree.data.DataSettings.Normalization;
import org.bpfree.data.ImageSet;
import org.bpfree.data.ImageShape;
import org.bpfree.data.Normalizer;
import org.bpfree.random.RandomStream;
import org.bpfree.tensor.Backend;
import org.bpfree.tensor.Shape;
import org.bpfree.train.TrainingStep;

/**
 * Times training steps as training takes them: random images of the right shape come from the batch-preparing thread, are augmented,
 * learned and followed by the optimizer.
 */
public final class StepBenchmark implements AutoCloseable {
    private static final int BATCHES = 4;
    private static final int MOST_PAIRS = 10_000;
    private static final double BLOCK_SECONDS = 0.05;
    private static final double WINDOW_SECONDS = 0.5; // of the warm-up
    private static final double MOST_WARM_UP = 5; // in times the time of measuring

    /** Share of a window below which what Java still compiles does not slow the steps. */
    private static final double QUIET = 0.05;

    private static final double RATE = 1e-6; // small, so that random labels cannot make a long benchmark diverge

    private final TrainingStep step;
    private final BatchStream stream;
    private final int batchSize;
    private final double rate;
    private long steps;

    /** A benchmark of steps on random images. */
    public StepBenchmark(TrainingStep step, Shape image, int classes, int batchSize, Augmentation augmentation) {
        this.step = step;
        this.batchSize = batchSize;
        this.rate = RATE;
        ImageSet images = randomImages(image, classes, BATCHES * batchSize);
        stream = new BatchStream(
                images, Normalizer.of(Normalization.CENTERED, images), augmentation, batchSize, 1, Arrangement.ANY);
        stream.start(0, 0);
    }

    private static ImageSet randomImages(Shape image, int classes, int count) {
        RandomGenerator random = RandomStream.of(1, "benchmark/images");
        byte[] pixels = new byte[Math.toIntExact(image.size()) * count];
        byte[] labels = new byte[count];
        random.nextBytes(pixels);
        for (int i = 0; i < count; i++) {
            labels[i] = (byte) random.nextInt(classes);
        }
        ImageShape shape = new ImageShape(image.extent(0), image.extent(1), image.extent(2));
        return new ImageSet(shape, count, classes, pixels, labels);
    }

    /**
     * What was measured.
     *
     * @param steps number of timed steps
     * @param stepMillis median time of a step
     * @param cpuMillis processor time a step takes of all threads together, or -1 where the system does not tell; other programs lengthen
     *     a step more than this
     * @param imagesPerSecond images a second over all timed steps
     * @param peakMemoryBytes largest resident memory of the process
     * @param offHeapBytesPerStep growth of the native memory that JavaCPP counts, a step, at least 0; what a step allocates and frees
     *     again shows as page faults only
     * @param pageFaultsPerStep pages of memory that a step touches for the first time, Java heap included, or -1 where the system does
     *     not tell
     */
    public record Result(
            int steps,
            double stepMillis,
            double cpuMillis,
            double imagesPerSecond,
            long peakMemoryBytes,
            long offHeapBytesPerStep,
            double pageFaultsPerStep) {}

    /**
     * Runs {@code warmUp} steps, more until Java has compiled its loops or five times {@code seconds} are over, then times steps for about
     * {@code seconds}, at least three.
     */
    public Result run(int warmUp, double seconds) {
        warmUp(warmUp, MOST_WARM_UP * seconds);
        System.gc();
        next();
        long nativeBefore = Backend.offHeapBytes();
        long faultsBefore = ProcessFigures.pageFaults();
        long cpuBefore = ProcessFigures.cpuNanos();
        double[] millis = new double[1024];
        int count = 0;
        long begin = System.nanoTime();
        while (count < 3 || (System.nanoTime() - begin) * 1e-9 < seconds) {
            long start = System.nanoTime();
            next();
            millis = count == millis.length ? Arrays.copyOf(millis, 2 * count) : millis;
            millis[count++] = (System.nanoTime() - start) * 1e-6;
        }
        double elapsed = (System.nanoTime() - begin) * 1e-9;
        long faults = ProcessFigures.pageFaults() - faultsBefore;
        long cpu = ProcessFigures.cpuNanos() - cpuBefore;
        long growth = Math.max(0, Backend.offHeapBytes() - nativeBefore);
        double[] sorted = Arrays.copyOf(millis, count);
        Arrays.sort(sorted);
        return new Result(
                count,
                sorted[count / 2],
                cpuBefore < 0 ? -1 : cpu * 1e-6 / count,
                (double) count * batchSize / elapsed,
                ProcessFigures.peakBytes(),
                growth / count,
                faultsBefore < 0 ? -1 : (double) faults / count);
    }

    /**
     * Takes steps until Java hardly compiles any more: the first steps of a small network take several times as long as its others.
     *
     * @param least number of steps
     * @param most seconds, however much is compiled still
     */
    public void warmUp(int least, double most) {
        long begin = System.nanoTime();
        long windowBegin = begin;
        long compiled = ProcessFigures.compilationMillis();
        boolean warm = false;
        for (int i = 0; i < least || !warm; i++) {
            next();
            long now = System.nanoTime();
            double window = (now - windowBegin) * 1e-9;
            if (window > Math.min(WINDOW_SECONDS, most)) {
                long total = ProcessFigures.compilationMillis();
                warm = total - compiled < 1e3 * QUIET * window || (now - begin) * 1e-9 > most;
                windowBegin = now;
                compiled = total;
            }
        }
    }

    /**
     * How long a step takes, measured in steps of another benchmark.
     *
     * @param median of all pairs
     * @param lowerQuartile a quarter of the pairs are below
     * @param upperQuartile a quarter of the pairs are above
     * @param otherMillis median time of a step of the other
     */
    public record Ratio(double median, double lowerQuartile, double upperQuartile, double otherMillis) {}

    /**
     * Takes steps in turn with another benchmark for about {@code seconds}, in blocks long enough for the clock, and compares block with
     * neighbouring block.
     */
    public Ratio inTurnWith(StepBenchmark other, double seconds) {
        int block = (int) Math.max(1, Math.min(1000, BLOCK_SECONDS / Math.max(1e-6, other.seconds(1))));
        double[] ratios = new double[MOST_PAIRS];
        double[] others = new double[MOST_PAIRS];
        int pairs = 0;
        long begin = System.nanoTime();
        while (pairs < 5 || pairs < MOST_PAIRS && (System.nanoTime() - begin) * 1e-9 < seconds) {
            double own = seconds(block);
            others[pairs] = other.seconds(block);
            ratios[pairs] = own / others[pairs];
            pairs++;
        }
        Arrays.sort(ratios, 0, pairs);
        Arrays.sort(others, 0, pairs);
        double otherMillis = 1e3 * others[pairs / 2] / block;
        return new Ratio(ratios[pairs / 2], ratios[pairs / 4], ratios[3 * pairs / 4], otherMillis);
    }

    /** Time of a block of steps. */
    private double seconds(int count) {
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            next();
        }
        return (System.nanoTime() - start) * 1e-9;
    }

    private void next() {
        Batch batch = stream.next();
        if (batch == null) {
            stream.start(steps, 0);
            batch = stream.next();
        }
        step.take(batch, settings -> rate, steps++);
    }

    @Override
    public void close() {
        stream.close();
    }
}
