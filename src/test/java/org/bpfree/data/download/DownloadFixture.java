package org.bpfree.data.download;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.bpfree.data.Checksums;
import org.bpfree.data.catalogue.BuiltInDatasets;
import org.bpfree.data.catalogue.DatasetFile;
import org.bpfree.data.catalogue.DatasetFile.Split;
import org.bpfree.data.catalogue.DatasetManifest;
import org.bpfree.data.catalogue.TestManifests;
import org.bpfree.data.download.FileServer.Manner;
import org.bpfree.random.RandomStream;
import org.junit.jupiter.api.io.TempDir;

/** One file of 300,000 bytes to be fetched, and a folder to fetch it into. */
abstract class DownloadFixture {
    static final String NAME = "train_32x32.mat";
    static final byte[] CONTENT = new byte[300_000];

    static {
        RandomStream.of(1, "downloader-test").nextBytes(CONTENT);
    }

    @TempDir
    Path folder;

    void get(String... mirrors) {
        downloader(false, mirrors).get(manifest("http://localhost:1/unused/"), folder);
    }

    static Downloader downloader(boolean replace, String... mirrors) {
        return new Downloader(settings(replace, mirrors), DownloadProgress.SILENT);
    }

    static DownloadSettings settings(boolean replace, String... mirrors) {
        return new DownloadSettings(List.of(mirrors), replace, Duration.ofSeconds(2), Duration.ofSeconds(1), 3);
    }

    static DatasetManifest manifest(String mirror) {
        DatasetFile file =
                new DatasetFile(NAME, Split.TRAIN, CONTENT.length, Optional.of(sha256(CONTENT)), Optional.empty());
        return TestManifests.withFiles(
                new BuiltInDatasets.Svhn().manifest(), List.of(file), Optional.empty(), List.of(mirror));
    }

    static FileServer server(Manner manner) {
        return new FileServer(manner).with(NAME, CONTENT);
    }

    /** An address where nobody listens: that of a server that was closed. */
    static String downUrl() {
        try (FileServer server = server(Manner.SOUND)) {
            return server.url();
        }
    }

    void startedPart(byte[] content, int length) throws IOException {
        Files.createDirectories(part().getParent());
        Files.write(part(), java.util.Arrays.copyOf(content, length));
    }

    Path target() {
        return folder.resolve("svhn").resolve(NAME);
    }

    Path part() {
        return folder.resolve("svhn").resolve(NAME + ".part");
    }

    void assertNothingLeftOver() throws IOException {
        try (var files = Files.list(target().getParent())) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder(NAME, ".bpfree.lock");
        }
    }

    static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(Checksums.digest("SHA-256").digest(bytes));
    }
}
