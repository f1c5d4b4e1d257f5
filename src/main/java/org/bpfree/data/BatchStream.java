package org.bpfree.data;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.bpfree.data.DataSettings.Augmentation;
import org.bpfree.failure.Failure;
import org.bpfree.random.RandomStream;

/**
 * The batches of one epoch after another, prepared on a thread of their own while the caller trains on the one before.
 *
 * <p>The order of images follows from (seed, epoch) and the changes to images from (seed, epoch, batch), so an epoch entered at
 * batch k goes on with the very bytes of one that began at batch 0. Nothing but random generators is allocated after construction.
 *
 * <p>One thread at a time calls {@link #start}, {@link #next} and {@link #close}.
 */
public final class BatchStream implements AutoCloseable {
    /** In which order images come. */
    public enum Arrangement {
        /** As they are stored. */
        STORED,
        /** Each epoch in an order of its own, all equally likely. */
        ANY,
        /** Each epoch in an order of its own, in which images that come together lie near each other. */
        BLOCKS;

        /** That of training images as a setting has it. */
        public static Arrangement of(DataSettings.Order order, ImageSet images) {
            return order.inBlocks(images) ? BLOCKS : ANY;
        }
    }

    /** One batch with the caller, one ready, one being filled. */
    private static final int RING = 3;

    private final ImageSet set;
    private final Normalizer normalizer;
    private final Augmenter augmenter;
    private final Mixup mixup;
    private final int batchSize;
    private final long seed;
    private final Arrangement arrangement;
    private final byte[] pixels; // of one image
    private final int[] order; // [set.size()]: which image comes at which place of the epoch
    private final Batch[] ring = new Batch[RING];
    private final Thread worker;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    // All below is guarded by the lock. The three counters are batch numbers within the epoch: released <= taken <=
    // filled.
    private long epoch;
    private long generation;
    private int filled;
    private int taken;
    private int released;
    private boolean started;
    private boolean filling;
    private boolean closed;
    private Throwable problem;

    /**
     * Allocates the buffers and starts the thread, which waits for {@link #start}.
     *
     * @param set the images
     * @param normalizer how pixels become numbers
     * @param augmentation random changes; {@link Augmentation#NONE} for none
     * @param batchSize images a batch; the last one of an epoch may have fewer
     * @param seed the master seed of the experiment
     * @param arrangement in which order images come
     */
    public BatchStream(
            ImageSet set,
            Normalizer normalizer,
            Augmentation augmentation,
            int batchSize,
            long seed,
            Arrangement arrangement) {
        if (batchSize < 1) {
            throw new IllegalArgumentException("batchSize = " + batchSize + "; it is at least 1");
        }
        this.set = set;
        this.normalizer = normalizer;
        this.augmenter = new Augmenter(set.shape(), normalizer, augmentation);
        this.mixup = new Mixup(
                augmentation.mixup(),
                Math.min(batchSize, Math.max(1, set.size())),
                set.shape().size());
        this.batchSize = batchSize;
        this.seed = seed;
        this.arrangement = arrangement;
        this.pixels = new byte[set.shape().size()];
        this.order = new int[set.size()];
        for (int i = 0; i < RING; i++) {
            ring[i] = new Batch(Math.min(batchSize, Math.max(1, set.size())), set.shape());
        }
        worker = new Thread(this::work, "bpfree-batches");
        worker.setDaemon(true);
        worker.start();
    }

    /** Batches an epoch, the last partial one included. */
    public int batches() {
        return (int) (((long) set.size() + batchSize - 1) / batchSize);
    }

    /**
     * Enters an epoch; whatever was left of another one is dropped.
     *
     * @param newEpoch number of the epoch, which decides the order of the images
     * @param firstBatch the batch to begin with, 0 .. {@link #batches()}
     */
    public void start(long newEpoch, int firstBatch) {
        if (firstBatch < 0 || firstBatch > batches()) {
            throw new IllegalArgumentException("First batch " + firstBatch + " of an epoch of " + batches());
        }
        lock.lock();
        try {
            requireOpen();
            generation++;
            started = false;
            while (filling) {
                await(); // the worker still reads the order of the old epoch
            }
            arrange(newEpoch);
            epoch = newEpoch;
            filled = firstBatch;
            taken = firstBatch;
            released = firstBatch;
            problem = null;
            started = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void arrange(long newEpoch) {
        if (arrangement == Arrangement.BLOCKS) {
            BlockOrder.fill(order, set.shape(), RandomStream.of(seed, "shuffle", newEpoch));
            return;
        }
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        if (arrangement == Arrangement.ANY) {
            Permutation.shuffle(order, RandomStream.of(seed, "shuffle", newEpoch));
        }
    }

    /** The next batch, valid until the following call; null at the end of the epoch. */
    public Batch next() {
        lock.lock();
        try {
            requireOpen();
            if (!started) {
                throw new IllegalStateException("Enter an epoch with start(epoch, firstBatch) first");
            }
            released = taken; // the caller is done with the batch it had
            changed.signalAll();
            if (taken == batches()) {
                return null;
            }
            while (filled == taken && problem == null) {
                await();
                requireOpen();
            }
            if (filled == taken) {
                throw asFailure(problem);
            }
            return ring[taken++ % RING];
        } finally {
            lock.unlock();
        }
    }

    private RuntimeException asFailure(Throwable cause) {
        if (cause instanceof Failure failure) {
            return failure;
        }
        return new IllegalStateException("Preparing batch " + taken + " of epoch " + epoch + " failed", cause);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("This stream of batches is closed");
        }
    }

    private void await() {
        try {
            changed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for a batch", e);
        }
    }

    private void work() {
        lock.lock();
        try {
            while (!closed) {
                if (!started || problem != null || filled == batches() || filled - released >= RING) {
                    changed.awaitUninterruptibly();
                } else {
                    prepare(filled, epoch, generation);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Fills one batch, with the lock released meanwhile; the result counts only if no other epoch was entered. */
    private void prepare(int batch, long ofEpoch, long ofGeneration) {
        filling = true;
        Throwable thrown = null;
        lock.unlock();
        try {
            fill(ring[batch % RING], ofEpoch, batch);
        } catch (Throwable e) { // an OutOfMemoryError, too, is to reach the caller instead of a thread nobody watches
            thrown = e;
        } finally {
            lock.lock();
        }
        filling = false;
        if (ofGeneration == generation) {
            problem = thrown;
            filled += thrown == null ? 1 : 0;
        }
        changed.signalAll();
    }

    private void fill(Batch batch, long ofEpoch, int number) {
        int first = number * batchSize;
        int imageSize = set.shape().size();
        batch.size = Math.min(batchSize, set.size() - first);
        RandomGenerator random = augmenter.active() ? RandomStream.of(seed, "augment", ofEpoch, number) : null;
        for (int i = 0; i < batch.size; i++) {
            int image = order[first + i];
            batch.labels[i] = set.label(image);
            set.read(image, pixels, 0);
            if (random == null) {
                normalizer.apply(pixels, 0, batch.images, i * imageSize, imageSize);
            } else {
                augmenter.write(pixels, 0, batch.images, i * imageSize, random);
            }
        }
        if (mixup.active()) {
            mixup.apply(batch, imageSize, RandomStream.of(seed, "mixup", ofEpoch, number));
        }
    }

    /** Ends the thread. Batches handed out keep their memory but are not filled again. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        boolean interrupted = false;
        while (worker.isAlive()) {
            try {
                worker.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
