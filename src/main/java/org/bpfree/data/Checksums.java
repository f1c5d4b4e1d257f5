package org.bpfree.data;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** SHA-256 of the files read so far, by file name; of images in many files, of the images. */
public final class Checksums {
    private final Map<String, String> byName = new TreeMap<>();

    public synchronized void add(DataFile file) {
        byName.put(file.path().getFileName().toString(), file.sha256());
    }

    /** Adds images that come from many files, by what they are called and {@linkplain #of what they are} after reading. */
    public synchronized void add(String name, String sha256) {
        byName.put(name, sha256);
    }

    /** SHA-256 of all pixels, then of all labels as big-endian numbers of 32 bits. */
    public static String of(ImageSet images) {
        MessageDigest digest = digest("SHA-256");
        byte[] pixels = new byte[images.shape().size()];
        for (int image = 0; image < images.size(); image++) {
            images.read(image, pixels, 0);
            digest.update(pixels);
        }
        ByteBuffer labels = ByteBuffer.allocate(Integer.BYTES * images.size());
        for (int image = 0; image < images.size(); image++) {
            labels.putInt(images.label(image));
        }
        return HexFormat.of().formatHex(digest.digest(labels.array()));
    }

    public synchronized Map<String, String> asMap() {
        return Collections.unmodifiableMap(new TreeMap<>(byName));
    }

    /** A digest that every Java platform has: {@code SHA-256} or {@code MD5}. */
    public static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has " + algorithm, e);
        }
    }
}
