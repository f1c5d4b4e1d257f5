package org.bpfree.data;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** SHA-256 of the files read so far, by file name. */
public final class Checksums {
    private final Map<String, String> byName = new TreeMap<>();

    public synchronized void add(DataFile file) {
        byName.put(file.path().getFileName().toString(), file.sha256());
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
