package org.bpfree.data.download;

import java.time.Duration;
import java.util.List;

/**
 * How to download.
 *
 * @param mirrors URL prefixes to use instead of those of the manifest; empty for those of the manifest
 * @param replace whether files that are there but are not the official ones are replaced
 * @param connectTimeout how long a mirror may take to accept a connection
 * @param stallTimeout how long a mirror may send nothing
 * @param attempts how often one mirror is asked to go on after it broke off
 */
public record DownloadSettings(
        List<String> mirrors, boolean replace, Duration connectTimeout, Duration stallTimeout, int attempts) {
    /** Takes a copy of the list. */
    public DownloadSettings {
        mirrors = List.copyOf(mirrors);
    }

    /** The usual patience, with the mirrors given or, if there are none, those of the manifest. */
    public static DownloadSettings standard(List<String> mirrors, boolean replace) {
        return new DownloadSettings(mirrors, replace, Duration.ofSeconds(15), Duration.ofSeconds(30), 3);
    }
}
