package org.bpfree.random;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Named, independent streams of random numbers derived from one master seed.
 *
 * <p>A stream is identified by the seed, a purpose ({@code "initialize/conv1/weights"}, {@code "shuffle"}) and a position (epoch,
 * batch). Equal identities give equal numbers whatever else is drawn, so a new layer or metric does not shift the others, and a
 * resumed run needs no fast-forward.
 */
public final class RandomStream {
    private static final RandomGeneratorFactory<RandomGenerator> GENERATOR =
            RandomGeneratorFactory.of("L64X128MixRandom");

    private RandomStream() {}

    /**
     * Opens a stream at its beginning.
     *
     * @param seed the master seed of the experiment
     * @param purpose what the numbers are for
     * @param position where in the run they are drawn: epoch, batch, … (possibly none)
     */
    public static RandomGenerator of(long seed, String purpose, long... position) {
        byte[] name = purpose.getBytes(StandardCharsets.UTF_8);
        ByteBuffer identity = ByteBuffer.allocate(Long.BYTES * (1 + position.length) + name.length);
        identity.putLong(seed);
        for (long coordinate : position) {
            identity.putLong(coordinate);
        }
        identity.put(name);
        return GENERATOR.create(withoutSigns(sha256(identity.array())));
    }

    /**
     * JDK 17 and 18 let a negative byte of the seed overwrite the bytes before it (JDK-8282144), so that they drew other numbers than
     * later versions, from far fewer seeds.
     */
    private static byte[] withoutSigns(byte[] seed) {
        for (int i = 0; i < seed.length; i++) {
            seed[i] &= Byte.MAX_VALUE;
        }
        return seed;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
