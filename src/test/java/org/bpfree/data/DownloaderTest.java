package org.bpfree.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.bpfree.data.DataSettings.DatasetName;
import org.bpfree.data.DatasetFile.Split;
import org.bpfree.data.FileServer.Manner;
import org.bpfree.failure.Failure;
import org.bpfree.random.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class DownloaderTest {
    private static final String NAME = "train_32x32.mat";
    private static final byte[] CONTENT = new byte[300_000];

    static {
        RandomStream.of(1, "downloader-test").nextBytes(CONTENT);
    }

    @TempDir
    Path folder;

    @Test
    void aFileIsFetchedCheckedAndNamed() throws IOException {
        try (FileServer server = server(Manner.SOUND)) {
            get(server.url());
            assertThat(target()).hasBinaryContent(CONTENT);
            assertNothingLeftOver();
        }
    }

    @Test
    void whatIsThereAlreadyIsNotFetchedAgain() throws IOException {
        try (FileServer server = server(Manner.SOUND)) {
            get(server.url());
            get(server.url());
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void aConnectionThatBreaksOffIsGoneOnWith() throws IOException {
        try (FileServer server = server(Manner.BREAKS_OFF)) {
            assertThatThrownBy(() -> get(server.url()))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("Cannot fetch " + NAME)
                    .hasMessageContaining(server.url() + NAME);
            List<Integer> begins = server.requests().stream()
                    .map(request -> request.range() == null
                            ? 0
                            : Integer.parseInt(request.range().replaceAll("\\D", "")))
                    .toList();
            assertThat(begins).hasSize(3).isSorted().doesNotHaveDuplicates().startsWith(0);
        }
    }

    @Test
    void theNextCommandGoesOnWhereTheLastOneStopped() throws IOException {
        try (FileServer server = server(Manner.BREAKS_OFF)) {
            assertThatThrownBy(() -> get(server.url())).isInstanceOf(Failure.class);
            long kept = Files.size(part());
            assertThat(kept).isBetween(1L, CONTENT.length - 1L);
            server.behave(Manner.SOUND);
            get(server.url());
            assertThat(target()).hasBinaryContent(CONTENT);
            FileServer.Request last = server.requests().get(server.requests().size() - 1);
            assertThat(last.range()).isEqualTo("bytes=" + kept + "-");
            assertThat(last.ifRange()).isEqualTo("\"v1\"");
            assertNothingLeftOver();
        }
    }

    @Test
    void aFileThatChangedMeanwhileIsFetchedAnew() throws IOException {
        try (FileServer server = server(Manner.BREAKS_OFF)) {
            assertThatThrownBy(() -> get(server.url())).isInstanceOf(Failure.class);
            server.behave(Manner.SOUND);
            server.retag("\"v2\"");
            get(server.url());
            assertThat(target()).hasBinaryContent(CONTENT);
        }
    }

    @Test
    void aMirrorWithoutRangesStartsAnew() throws IOException {
        startedPart(CONTENT, 1000);
        try (FileServer server = server(Manner.WITHOUT_RANGES)) {
            get(server.url());
            assertThat(target()).hasBinaryContent(CONTENT);
        }
    }

    @Test
    void bytesOfAnotherSourceDoNotSpoilASoundMirror() throws IOException {
        startedPart(new byte[CONTENT.length], 1000);
        try (FileServer server = server(Manner.SOUND)) {
            get(server.url());
            assertThat(target()).hasBinaryContent(CONTENT);
            assertThat(server.requests()).extracting(FileServer.Request::range).containsExactly("bytes=1000-", null);
        }
    }

    @Test
    void aCompletePartOnlyNeedsItsName() throws IOException {
        startedPart(CONTENT, CONTENT.length);
        try (FileServer server = server(Manner.NOT_FOUND)) {
            get(server.url());
            assertThat(server.requests()).isEmpty();
            assertThat(target()).hasBinaryContent(CONTENT);
        }
    }

    @Test
    void aPartThatIsTooLongIsDropped() throws IOException {
        startedPart(new byte[CONTENT.length + 1], CONTENT.length + 1);
        try (FileServer server = server(Manner.SOUND)) {
            get(server.url());
            assertThat(target()).hasBinaryContent(CONTENT);
        }
    }

    @Test
    void theNextMirrorIsTriedAndAllCausesAreNamedAtTheEnd() throws IOException {
        try (FileServer missing = server(Manner.NOT_FOUND);
                FileServer wrong = server(Manner.WRONG_BYTES);
                FileServer portal = server(Manner.WRONG_SIZE);
                FileServer overloaded = server(Manner.OVERLOADED);
                FileServer sound = server(Manner.SOUND)) {
            String down = downUrl();
            assertThatThrownBy(() -> get(missing.url(), wrong.url(), portal.url(), overloaded.url(), down))
                    .isInstanceOfSatisfying(
                            Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.DATA))
                    .hasMessageContaining(missing.url() + NAME + ": HTTP 404")
                    .hasMessageContaining(wrong.url() + NAME + ": its content has the SHA-256 ")
                    .hasMessageContaining(", expected " + sha256(CONTENT))
                    .hasMessageContaining(portal.url() + NAME + ": it offers 26 bytes instead of 300000")
                    .hasMessageContaining(overloaded.url() + NAME + ": HTTP 503")
                    .hasMessageContaining(down + NAME + ": connection refused");
            assertThat(part())
                    .as("wrong bytes are not kept")
                    .satisfiesAnyOf(path -> assertThat(path).doesNotExist(), path -> assertThat(path)
                            .isEmptyFile());
            get(down, wrong.url(), sound.url());
            assertThat(target()).hasBinaryContent(CONTENT);
        }
    }

    @Test
    void aMirrorThatStallsIsLeft() throws IOException {
        try (FileServer stalls = server(Manner.STALLS);
                FileServer sound = server(Manner.SOUND)) {
            get(stalls.url(), sound.url());
            assertThat(target()).hasBinaryContent(CONTENT);
            assertThat(stalls.requests()).hasSize(3);
        }
    }

    @Test
    void anUnknownHostIsACauseLikeAnyOther() {
        assertThatThrownBy(() -> get("http://nowhere.invalid/"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("http://nowhere.invalid/" + NAME + ": unknown host");
    }

    @Test
    void aPrefixThatIsNoAddressIsACauseLikeAnyOther() {
        assertThatThrownBy(() -> get("ftp://example.org/", "not an address"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("ftp://example.org/" + NAME + ": not an http address")
                .hasMessageContaining("not an address/" + NAME + ": not an http address");
    }

    @Test
    void filesThatAreNotTheOfficialOnesAreReplacedOnlyOnRequest() throws IOException {
        Files.createDirectories(target().getParent());
        Files.write(target(), new byte[5]);
        try (FileServer server = server(Manner.SOUND)) {
            assertThatThrownBy(() -> get(server.url()))
                    .isInstanceOf(Failure.class)
                    .hasMessage("Already there, but not the official files: " + target());
            assertThat(server.requests()).isEmpty();
            downloader(true, server.url()).get(manifest(server.url()), folder);
            assertThat(target()).hasBinaryContent(CONTENT);
        }
    }

    @Test
    void aSecondDownloadIntoTheSameFolderIsRefusedWithItsHolder() throws IOException {
        Files.createDirectories(target().getParent());
        try (FileServer server = server(Manner.SOUND)) {
            FolderLock.during(target().getParent(), () -> assertThatThrownBy(() -> get(server.url()))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("Another download into " + target().getParent() + " is under way")
                    .hasMessageContaining("process " + ProcessHandle.current().pid()));
            get(server.url());
        }
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed() throws IOException {
        Files.write(folder.resolve("svhn"), new byte[1]); // a file where the folder is to be
        assertThatThrownBy(() -> get("http://localhost:1/"))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.FAILED))
                .hasMessageStartingWith("Cannot write " + folder.resolve("svhn"));
    }

    @Test
    void aFullDiskIsNoticedBeforeTheDownload() {
        DatasetFile huge = new DatasetFile(NAME, Split.TRAIN, Long.MAX_VALUE / 2, Optional.of("00"), Optional.empty());
        DatasetManifest manifest = TestManifests.withFiles(
                DatasetCatalogue.manifest(DatasetName.SVHN),
                List.of(huge),
                Optional.empty(),
                List.of("http://localhost:1"));
        assertThatThrownBy(() -> downloader(false).get(manifest, folder))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("bytes free, and " + Long.MAX_VALUE / 2 + " bytes are needed");
    }

    @Test
    void anMd5IsEnoughWhereNoSha256IsKnown() {
        DatasetFile file = new DatasetFile(
                NAME,
                Split.TRAIN,
                CONTENT.length,
                Optional.empty(),
                Optional.of(HexFormat.of().formatHex(Checksums.digest("MD5").digest(CONTENT))));
        try (FileServer server = server(Manner.WRONG_BYTES)) {
            DatasetManifest manifest = TestManifests.withFiles(
                    DatasetCatalogue.manifest(DatasetName.SVHN),
                    List.of(file),
                    Optional.empty(),
                    List.of(server.url()));
            assertThatThrownBy(() -> downloader(false).get(manifest, folder)).hasMessageContaining("the MD5 ");
            server.behave(Manner.SOUND);
            downloader(false).get(manifest, folder);
            assertThat(target()).hasBinaryContent(CONTENT);
        }
    }

    @Test
    void progressTellsBytesAndTotal() {
        List<String> told = new ArrayList<>();
        DownloadProgress progress = new DownloadProgress() {
            @Override
            public void begin(String name, long done, long total) {
                told.add(name + " " + done + "/" + total);
            }

            @Override
            public void advance(long done) {
                told.add(String.valueOf(done));
            }

            @Override
            public void end() {
                told.add("end");
            }

            @Override
            public void note(String message) {}
        };
        try (FileServer server = server(Manner.SOUND)) {
            new Downloader(settings(false), progress).get(manifest(server.url()), folder);
        }
        assertThat(told).startsWith(NAME + " 0/300000").endsWith("300000", "end");
    }

    private void get(String... mirrors) {
        downloader(false, mirrors).get(manifest("http://localhost:1/unused/"), folder);
    }

    private static Downloader downloader(boolean replace, String... mirrors) {
        return new Downloader(settings(replace, mirrors), DownloadProgress.SILENT);
    }

    private static DownloadSettings settings(boolean replace, String... mirrors) {
        return new DownloadSettings(List.of(mirrors), replace, Duration.ofSeconds(2), Duration.ofMillis(400), 3);
    }

    private static DatasetManifest manifest(String mirror) {
        DatasetFile file =
                new DatasetFile(NAME, Split.TRAIN, CONTENT.length, Optional.of(sha256(CONTENT)), Optional.empty());
        return TestManifests.withFiles(
                DatasetCatalogue.manifest(DatasetName.SVHN), List.of(file), Optional.empty(), List.of(mirror));
    }

    private static FileServer server(Manner manner) {
        return new FileServer(manner).with(NAME, CONTENT);
    }

    /** An address where nobody listens: that of a server that was closed. */
    private static String downUrl() {
        try (FileServer server = server(Manner.SOUND)) {
            return server.url();
        }
    }

    private void startedPart(byte[] content, int length) throws IOException {
        Files.createDirectories(part().getParent());
        Files.write(part(), java.util.Arrays.copyOf(content, length));
    }

    private Path target() {
        return folder.resolve("svhn").resolve(NAME);
    }

    private Path part() {
        return folder.resolve("svhn").resolve(NAME + ".part");
    }

    private void assertNothingLeftOver() throws IOException {
        try (var files = Files.list(target().getParent())) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder(NAME, ".bpfree.lock");
        }
    }

    static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(Checksums.digest("SHA-256").digest(bytes));
    }
}
