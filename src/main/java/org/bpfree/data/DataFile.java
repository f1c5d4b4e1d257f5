package org.bpfree.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Stream;
import org.bpfree.failure.Failure;
import org.bpfree.files.InputFile;

/**
 * One file of a dataset, read whole, with its SHA-256. The files are at most a few hundred megabytes, and holding the bytes makes
 * checksum and decoding see the same content.
 *
 * @param path where it was read
 * @param bytes its content
 * @param sha256 checksum of the content, lower-case hexadecimal
 */
public record DataFile(Path path, byte[] bytes, String sha256) {
    /** Larger than any file of the catalogue; beyond it, a file is refused before memory is asked for. */
    private static final long LARGEST = 1L << 30;

    /** Completes the sentence "The file … is damaged or not what its name says: it …". */
    static final String WEB_PAGE =
            "is a web page, such as one that asks to log in or says that something was not found";

    /** Whether bytes begin as web pages do; no format of a dataset begins with a "<". */
    public static boolean isWebPage(byte[] bytes, int length) {
        String start = new String(bytes, 0, Math.min(length, 200), StandardCharsets.ISO_8859_1)
                .replaceFirst("^\u00ef\u00bb\u00bf", "")
                .stripLeading()
                .toLowerCase(Locale.ROOT);
        return Stream.of("<!doctype html", "<html", "<head", "<?xml", "<!--").anyMatch(start::startsWith);
    }

    /** Reads a file, or says why it cannot be read. */
    public static DataFile read(Path path) {
        try {
            long size = Files.size(path);
            if (size == 0) {
                throw damaged(path, "is empty (0 bytes)");
            }
            if (size > LARGEST) {
                throw damaged(
                        path, "has " + size + " bytes, more than the " + LARGEST + " bytes any dataset file may have");
            }
            byte[] bytes = Files.readAllBytes(path);
            if (isWebPage(bytes, bytes.length)) {
                throw damaged(path, WEB_PAGE);
            }
            return new DataFile(
                    path,
                    bytes,
                    HexFormat.of().formatHex(Checksums.digest("SHA-256").digest(bytes)));
        } catch (NoSuchFileException e) {
            throw Failure.causedBy(e, Failure.Kind.DATA, "The dataset file " + path + " does not exist");
        } catch (IOException e) {
            throw InputFile.cannotRead(Failure.Kind.DATA, path, e);
        }
    }

    /** The failure that a damaged file leads to; {@code fact} completes the sentence "The file X …". */
    public static Failure damaged(Path path, String fact) {
        return damaged(null, path, fact);
    }

    /** The failure for a sound file in a form that is not read; {@code fact} completes the sentence "The file X …". */
    public Failure unsupported(String fact) {
        return Failure.data(
                "The dataset file " + path + " is not supported: it " + fact,
                "Write it in that form, or fetch the published file with 'bpfree data get'.");
    }

    /** As {@link #damaged(Path, String)}, caused by another exception. */
    public static Failure damaged(Throwable cause, Path path, String fact) {
        String message = "The dataset file " + path + " is damaged or not what its name says: it " + fact;
        return Failure.causedBy(
                cause,
                Failure.Kind.DATA,
                message,
                "Delete it and fetch it again with 'bpfree data get', or copy it again from where it came from.");
    }

    /** As {@link #damaged(Path, String)}, for this file. */
    public Failure damaged(String fact) {
        return damaged(path, fact);
    }
}
