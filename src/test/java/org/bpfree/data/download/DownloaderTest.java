package org.bpfree.data.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
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
import org.bpfree.failure.Failure;
import org.bpfree.files.LockOwner;
import org.bpfree.files.ProcessLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DownloaderTest extends DownloadFixture {
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
            ProcessLock.holding(
                    Downloader.lock(target().getParent()),
                    owner -> Failure.failed("unexpected"),
                    () -> assertThatThrownBy(() -> get(server.url()))
                            .isInstanceOf(Failure.class)
                            .hasMessage("Another download into " + target().getParent() + " is under way: "
                                    + LockOwner.self()));
            get(server.url());
        }
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed() throws IOException {
        Files.write(folder.resolve("svhn"), new byte[1]); // a file where the folder is to be
        assertThatThrownBy(() -> get("http://localhost:1/"))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.FAILED))
                .hasMessageStartingWith("cannot write " + folder.resolve("svhn"));
    }

    @Test
    void aFullDiskIsNoticedBeforeTheDownload() {
        DatasetFile huge = new DatasetFile(NAME, Split.TRAIN, Long.MAX_VALUE / 2, Optional.of("00"), Optional.empty());
        DatasetManifest manifest = TestManifests.withFiles(
                new BuiltInDatasets.Svhn().manifest(), List.of(huge), Optional.empty(), List.of("http://localhost:1"));
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
                    new BuiltInDatasets.Svhn().manifest(), List.of(file), Optional.empty(), List.of(server.url()));
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
}
