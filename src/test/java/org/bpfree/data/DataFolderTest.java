package org.bpfree.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DataFolderTest {
    private static final Path HOME = Path.of("/home/ada").toAbsolutePath();
    private static final Map<String, String> BOTH = Map.of("BPFREE_DATA", "/data", "XDG_CACHE_HOME", "/cache");

    @Test
    void theOptionComesFirst() {
        assertThat(DataFolder.resolve(Path.of("here"), BOTH, () -> HOME))
                .isEqualTo(Path.of("here").toAbsolutePath());
    }

    @Test
    void thenTheVariableOfBpfree() {
        assertThat(DataFolder.resolve(null, BOTH, () -> HOME))
                .isEqualTo(Path.of("/data").toAbsolutePath());
    }

    @Test
    void aTildeInAVariableIsTheHomeFolder() {
        Path home = org.bpfree.files.UserPath.home().toAbsolutePath().normalize();
        assertThat(DataFolder.resolve(null, Map.of("BPFREE_DATA", "~/data"), () -> HOME))
                .isEqualTo(home.resolve("data"));
        assertThat(DataFolder.resolve(null, Map.of("XDG_CACHE_HOME", "~/caches"), () -> HOME))
                .isEqualTo(home.resolve("caches/bpfree"));
    }

    @Test
    void theHomeFolderIsNotAskedForWhereItIsNotNeeded() {
        assertThat(DataFolder.resolve(null, BOTH, () -> {
                    throw new AssertionError("asked");
                }))
                .isEqualTo(Path.of("/data").toAbsolutePath());
    }

    @Test
    void thenTheCacheFolder() {
        Map<String, String> environment = Map.of("BPFREE_DATA", "", "XDG_CACHE_HOME", "/cache");
        assertThat(DataFolder.resolve(null, environment, () -> HOME))
                .isEqualTo(Path.of("/cache/bpfree").toAbsolutePath());
    }

    @Test
    void thenTheCacheFolderOfTheHome() {
        assertThat(DataFolder.resolve(null, Map.of(), () -> HOME)).isEqualTo(HOME.resolve(".cache/bpfree"));
    }
}
