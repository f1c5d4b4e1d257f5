package org.bpfree.data;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.bpfree.files.UserPath;

/** Where the datasets lie: a folder with one folder a dataset in it. */
public final class DataFolder {
    private DataFolder() {}

    /**
     * The data folder: the option, else {@code BPFREE_DATA}, else {@code $XDG_CACHE_HOME/bpfree}, else {@code ~/.cache/bpfree}.
     * The folder need not exist. An empty variable counts as not set.
     *
     * @param option the value of {@code --data-dir}, or null
     * @param environment the environment variables
     * @param home tells the home folder of the user; asked only where it is needed
     */
    public static Path resolve(Path option, Map<String, String> environment, Supplier<Path> home) {
        if (option != null) {
            return option.toAbsolutePath().normalize();
        }
        String own = environment.getOrDefault("BPFREE_DATA", "");
        if (!own.isEmpty()) {
            return UserPath.of(own).toAbsolutePath().normalize();
        }
        String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
        Path caches = cache.isEmpty() ? home.get().resolve(".cache") : UserPath.of(cache);
        return caches.resolve("bpfree").toAbsolutePath().normalize();
    }

    /** As {@link #resolve}, for the environment and the home folder of this process. */
    public static Path resolve(Path option) {
        return resolve(option, System.getenv(), UserPath::home);
    }
}
