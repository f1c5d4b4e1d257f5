package org.bpfree.data;

import java.nio.file.Path;
import java.util.Map;

/** Where the datasets lie: a folder with one folder a dataset in it. */
public final class DataFolder {
    private DataFolder() {}

    /**
     * The data folder: the option, else {@code BPFREE_DATA}, else {@code $XDG_CACHE_HOME/bpfree}, else {@code ~/.cache/bpfree}.
     * The folder need not exist. An empty variable counts as not set.
     *
     * @param option the value of {@code --data-dir}, or null
     * @param environment the environment variables
     * @param home the home folder of the user
     */
    public static Path resolve(Path option, Map<String, String> environment, Path home) {
        if (option != null) {
            return option.toAbsolutePath().normalize();
        }
        String own = environment.getOrDefault("BPFREE_DATA", "");
        if (!own.isEmpty()) {
            return Path.of(own).toAbsolutePath().normalize();
        }
        String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
        Path caches = cache.isEmpty() ? home.resolve(".cache") : Path.of(cache);
        return caches.resolve("bpfree").toAbsolutePath().normalize();
    }

    /** As {@link #resolve}, for the environment and the home folder of this process. */
    public static Path resolve(Path option) {
        return resolve(option, System.getenv(), Path.of(System.getProperty("user.home")));
    }
}
