package org.bpfree.data.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.bpfree.data.TestImages;
import org.bpfree.data.catalogue.BuiltInDatasets;
import org.bpfree.data.catalogue.DataVerifier;
import org.bpfree.data.catalogue.DatasetFile;
import org.bpfree.data.catalogue.DatasetFile.Split;
import org.bpfree.data.catalogue.DatasetManifest;
import org.bpfree.data.catalogue.FileReport.Status;
import org.bpfree.data.catalogue.TestManifests;
import org.bpfree.data.download.FileServer.Manner;
import org.bpfree.failure.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class ArchiveDownloadTest {
    @TempDir
    Path folder;

    @Test
    void anArchiveIsFetchedUnpackedCheckedAndRemoved() throws IOException {
        DatasetManifest written = TestImages.write(new BuiltInDatasets.Cifar10(), folder.resolve("source"));
        Path source = folder.resolve("source/cifar-10");
        List<DatasetFile> files = new ArrayList<>();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            for (DatasetFile file : written.files()) {
                byte[] content = Files.readAllBytes(source.resolve(file.path()));
                put(tar, file.path(), content);
                files.add(described(file.path(), file.split(), content));
            }
        }
        DatasetFile archive = described("cifar-10-binary.tar.gz", Split.BOTH, bytes.toByteArray());
        try (FileServer server = new FileServer(Manner.SOUND).with(archive.path(), bytes.toByteArray())) {
            DatasetManifest manifest =
                    TestManifests.withFiles(written, files, Optional.of(archive), List.of(server.url()));
            Path target = folder.resolve("target");
            downloader().get(manifest, target);
            assertThat(DataVerifier.verify(manifest, target).status()).isEqualTo(Status.OFFICIAL);
            assertThat(target.resolve("cifar-10/cifar-10-binary.tar.gz")).doesNotExist();
            downloader().get(manifest, target);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../escaped", "a/../../escaped", "../../../../../../tmp/bpfree-escaped"})
    void anEntryOutsideTheFolderIsRefused(String name) throws IOException {
        Path inside = Files.createDirectories(folder.resolve("inside"));
        Path archive = Files.write(folder.resolve("bad.tar.gz"), tar(name));
        assertThatThrownBy(() -> TarGz.unpack(archive, inside))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("the entry '" + name + "', which would be written outside " + inside);
        assertThat(folder.resolve("escaped")).doesNotExist();
        assertThat(inside).isEmptyDirectory();
    }

    @Test
    void anAbsoluteEntryIsRefused() throws IOException {
        Path inside = Files.createDirectories(folder.resolve("inside"));
        Path outside = folder.resolve("outside").toAbsolutePath();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            TarArchiveEntry entry = new TarArchiveEntry(outside.toString(), true);
            entry.setSize(3);
            tar.putArchiveEntry(entry);
            tar.write(new byte[3]);
            tar.closeArchiveEntry();
        }
        Path archive = Files.write(folder.resolve("bad.tar.gz"), bytes.toByteArray());
        assertThatThrownBy(() -> TarGz.unpack(archive, inside)).hasMessageContaining("outside " + inside);
        assertThat(outside).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(bytes = {TarConstants.LF_SYMLINK, TarConstants.LF_LINK, TarConstants.LF_FIFO})
    void linksAndDevicesAreRefused(byte flag) throws IOException {
        Path inside = Files.createDirectories(folder.resolve("inside"));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            TarArchiveEntry entry = new TarArchiveEntry("link", flag);
            entry.setLinkName("/etc");
            tar.putArchiveEntry(entry);
            tar.closeArchiveEntry();
        }
        Path archive = Files.write(folder.resolve("bad.tar.gz"), bytes.toByteArray());
        assertThatThrownBy(() -> TarGz.unpack(archive, inside))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("the entry 'link', which is no plain file");
        assertThat(inside).isEmptyDirectory();
    }

    @Test
    void aTruncatedArchiveIsRefused() throws IOException {
        byte[] whole = tar("file");
        Path archive = Files.write(folder.resolve("bad.tar.gz"), Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> TarGz.unpack(archive, folder))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("cannot be unpacked");
    }

    private static byte[] tar(String name) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            put(tar, name, new byte[5000]);
        }
        return bytes.toByteArray();
    }

    private static void put(TarArchiveOutputStream tar, String name, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    private static DatasetFile described(String path, Split split, byte[] content) {
        return new DatasetFile(
                path, split, content.length, Optional.of(DownloadFixture.sha256(content)), Optional.empty());
    }

    private static Downloader downloader() {
        return new Downloader(DownloadSettings.standard(List.of(), false), DownloadProgress.SILENT);
    }
}
