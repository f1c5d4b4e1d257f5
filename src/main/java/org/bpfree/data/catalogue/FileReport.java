package org.bpfree.data.catalogue;

import java.nio.file.Path;

/**
 * What {@link DataVerifier} found out about one file.
 *
 * @param path where the file is, or should be
 * @param status its state
 * @param detail what is wrong with it, or empty
 * @param sha256 checksum of its content, or empty when it was not read
 */
public record FileReport(Path path, Status status, String detail, String sha256) {
    /** The state of a file, better ones first. */
    public enum Status {
        /** Byte for byte the published file. */
        OFFICIAL,
        /** Readable throughout, but not the published file. */
        SOUND,
        /** Its content is not what it should be. */
        DAMAGED,
        /** May not be read by this user. */
        UNREADABLE,
        /** Not there. */
        MISSING
    }
}
