package org.bpfree.data.download;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.bpfree.data.Checksums;
import org.bpfree.data.DataFile;
import org.bpfree.data.catalogue.DatasetFile;
import org.bpfree.files.AtomicFile;
import org.bpfree.files.LocalFiles;

/**
 * A download in progress: {@code <name>.part} with the bytes so far, and {@code <name>.part.etag} with the address they came from
 * and the entity tag of its content. The checksum is worked out along the way.
 */
final class PartFile implements AutoCloseable {
    private final DatasetFile wanted;
    private final Path target;
    private final Path part;
    private final Path tag;
    private MessageDigest digest;
    private OutputStream out;
    private long length;

    PartFile(DatasetFile wanted, Path target) {
        this.wanted = wanted;
        this.target = target;
        this.part = target.resolveSibling(target.getFileName() + ".part");
        this.tag = target.resolveSibling(target.getFileName() + ".part.etag");
    }

    /** Opens it for going on where it stopped; nothing happens if it is open. */
    void open() {
        if (out != null) {
            return;
        }
        digest = Checksums.digest(wanted.sha256().isPresent() ? "SHA-256" : "MD5");
        length = 0;
        try {
            if (Files.exists(part)) {
                length = addTo(digest, part);
            }
            out = Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw LocalFiles.cannotWrite(e, part);
        }
    }

    private static long addTo(MessageDigest digest, Path path) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long length = 0;
        try (InputStream in = Files.newInputStream(path)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
                length += read;
            }
        }
        return length;
    }

    /** Bytes there so far. */
    long length() {
        return length;
    }

    /** Appends bytes; a failure here is one of this machine, not of the mirror. */
    void append(byte[] bytes, int count) {
        try {
            out.write(bytes, 0, count);
        } catch (IOException e) {
            throw LocalFiles.cannotWrite(e, part);
        }
        digest.update(bytes, 0, count);
        length += count;
    }

    /** Forgets all bytes, and begins anew. */
    void restart() {
        discard();
        open();
    }

    /** Deletes what there is. */
    void discard() {
        close();
        LocalFiles.delete(part);
        LocalFiles.delete(tag);
        length = 0;
    }

    /** The entity tag under which this address gave the bytes so far, if it is the same address and it gave one. */
    Optional<String> tagOf(String url) {
        try {
            List<String> lines = Files.exists(tag) ? Files.readAllLines(tag) : List.of();
            return lines.size() == 2 && lines.get(0).equals(url) ? Optional.of(lines.get(1)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // then the checksum alone decides
        }
    }

    /** Remembers the entity tag. A weak one promises equal meaning, not equal bytes, and is of no use. */
    void rememberTag(String url, Optional<String> entityTag) {
        try {
            if (entityTag.filter(value -> value.startsWith("\"")).isPresent()) {
                Files.write(tag, List.of(url, entityTag.get()), StandardCharsets.UTF_8);
            } else {
                Files.deleteIfExists(tag);
            }
        } catch (IOException e) {
            throw LocalFiles.cannotWrite(e, tag);
        }
    }

    /** What is wrong with the complete file, or empty if size and checksum are as they should be. */
    Optional<String> fault() {
        close();
        if (isWebPage()) {
            return Optional.of("it sent a web page instead of the file");
        }
        if (length != wanted.bytes()) {
            return Optional.of("it sent " + length + " bytes instead of " + wanted.bytes());
        }
        String expected = wanted.sha256().or(wanted::md5).orElse(null);
        String actual = HexFormat.of().formatHex(digest.digest());
        if (expected == null || expected.equals(actual)) {
            return Optional.empty();
        }
        return Optional.of("its content has the " + digest.getAlgorithm() + " " + actual + ", expected " + expected);
    }

    private boolean isWebPage() {
        byte[] start = new byte[200];
        try (InputStream in = Files.newInputStream(part)) {
            return DataFile.isWebPage(start, in.readNBytes(start, 0, start.length));
        } catch (IOException e) {
            throw LocalFiles.cannotWrite(e, part);
        }
    }

    /** Gives the checked file its name. */
    void publish() {
        close();
        AtomicFile.publish(part, target);
        LocalFiles.delete(tag);
    }

    @Override
    public void close() {
        try {
            if (out != null) {
                out.close();
            }
        } catch (IOException e) {
            throw LocalFiles.cannotWrite(e, part);
        } finally {
            out = null;
        }
    }
}
