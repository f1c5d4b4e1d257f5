package org.bpfree.data.download;

import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpfree.data.DataFile;
import org.bpfree.data.catalogue.DatasetFile;
import org.bpfree.data.catalogue.DatasetManifest;
import org.bpfree.data.download.Mirror.MirrorException;
import org.bpfree.failure.Failure;
import org.bpfree.files.LocalFiles;
import org.bpfree.files.LockOwner;
import org.bpfree.files.ProcessLock;

/**
 * Fetches a dataset: each file from the first mirror that has it whole, with what was fetched before it broke off kept and gone on
 * with, its checksum verified, and its name given only then.
 */
public final class Downloader {
    private final DownloadSettings settings;
    private final DownloadProgress progress;
    private final HttpClient client;

    /** A downloader that reports to the given listener. */
    public Downloader(DownloadSettings settings, DownloadProgress progress) {
        this.settings = settings;
        this.progress = progress;
        // HTTP/1.1: a file a connection gains nothing from HTTP/2, and proxies know it better.
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(settings.connectTimeout())
                .build();
    }

    /**
     * Brings the files of a dataset into the data folder; files that are there already and are the official ones stay.
     *
     * @param manifest of the dataset
     * @param dataFolder the data folder, created where needed
     */
    public void get(DatasetManifest manifest, Path dataFolder) {
        Path folder = dataFolder.resolve(manifest.name());
        List<DatasetFile> lacking = lacking(manifest, folder);
        if (lacking.isEmpty()) {
            progress.note("All files of '" + manifest.name() + "' are in " + folder + " already");
            return;
        }
        LocalFiles.createFolder(folder);
        ProcessLock.holding(lock(folder), owner -> underWay(folder, owner), () -> getLocked(manifest, folder));
    }

    /** The lock of a folder that is downloaded into. */
    static Path lock(Path folder) {
        return folder.resolve(".bpfree.lock");
    }

    private static Failure underWay(Path folder, Optional<LockOwner> owner) {
        return Failure.failed(
                "Another download into " + folder + " is under way"
                        + owner.map(process -> ": " + process).orElse(""),
                "Wait until it is done, or stop that process; the lock " + lock(folder) + " ends with it.");
    }

    private void getLocked(DatasetManifest manifest, Path folder) {
        if (manifest.archive().isPresent()) {
            getArchive(manifest, manifest.archive().get(), folder);
            return;
        }
        // Asked again: a process that held the lock until now may have fetched them.
        for (DatasetFile file : lacking(manifest, folder)) {
            fetch(manifest, file, folder.resolve(file.path()));
        }
    }

    /** The files that are missing, or are to be replaced since they are not the official ones. */
    private List<DatasetFile> lacking(DatasetManifest manifest, Path folder) {
        List<DatasetFile> lacking = new ArrayList<>();
        List<String> foreign = new ArrayList<>();
        for (DatasetFile file : manifest.files()) {
            Path path = folder.resolve(file.path());
            if (!Files.exists(path)) {
                lacking.add(file);
            } else if (!isOfficial(file, path)) {
                lacking.add(file);
                foreign.add(path.toString());
            }
        }
        if (!foreign.isEmpty() && !settings.replace()) {
            throw Failure.data(
                    "Already there, but not the official files: " + String.join(", ", foreign),
                    "'bpfree data verify " + manifest.name()
                            + "' tells whether they are sound; keep them, or replace them" + " with 'bpfree data get "
                            + manifest.name() + " --replace'.");
        }
        return lacking;
    }

    private static boolean isOfficial(DatasetFile file, Path path) {
        return path.toFile().length() == file.bytes()
                && file.sha256().map(DataFile.read(path).sha256()::equals).orElse(true);
    }

    private void getArchive(DatasetManifest manifest, DatasetFile archive, Path folder) {
        long unpacked = manifest.files().stream().mapToLong(DatasetFile::bytes).sum();
        LocalFiles.requireSpace(folder, archive.bytes() + unpacked);
        Path path = folder.resolve(archive.path());
        if (!Files.exists(path) || !isOfficial(archive, path)) {
            fetch(manifest, archive, path);
        }
        progress.note("Unpacking " + archive.name());
        TarGz.unpack(path, folder);
        for (DatasetFile file : manifest.files()) {
            Path unpackedFile = folder.resolve(file.path());
            if (!Files.exists(unpackedFile) || !isOfficial(file, unpackedFile)) {
                throw DataFile.damaged(path, "does not unpack to the official " + file.path());
            }
        }
        LocalFiles.delete(path); // what it held is there, checked; the archive would only take space
    }

    private void fetch(DatasetManifest manifest, DatasetFile file, Path target) {
        LocalFiles.createFolder(target.getParent());
        List<String> urls = urls(manifest, file);
        List<String> causes = new ArrayList<>();
        try (PartFile part = new PartFile(file, target)) {
            part.open();
            if (part.length() >= file.bytes()) {
                if (part.fault().isEmpty()) {
                    part.publish(); // only its name was missing
                    return;
                }
                part.discard();
            }
            LocalFiles.requireSpace(target.getParent(), file.bytes() - part.length());
            for (String url : urls) {
                String cause = fetch(file, url, part);
                if (cause == null) {
                    part.publish();
                    return;
                }
                causes.add(url + ": " + cause);
                progress.note(url + ": " + cause);
            }
        }
        throw Failure.data(
                "Cannot fetch " + file.name() + "; every mirror failed:\n  " + String.join("\n  ", causes),
                "The same command goes on where this one stopped; --mirror names another source.",
                "'bpfree data get " + manifest.name() + " --offline' says how to fetch the files by hand.");
    }

    private List<String> urls(DatasetManifest manifest, DatasetFile file) {
        List<String> prefixes = settings.mirrors().isEmpty() ? manifest.mirrors() : settings.mirrors();
        return prefixes.stream()
                .map(prefix -> (prefix.endsWith("/") ? prefix : prefix + "/") + file.name())
                .toList();
    }

    /** Fetches from one mirror, asking again where it broke off; returns what went wrong, or null for a sound file. */
    private String fetch(DatasetFile file, String url, PartFile part) {
        Mirror mirror = new Mirror(client, settings.stallTimeout(), url, file);
        part.open();
        boolean resumed = part.length() > 0;
        for (int attempt = 1; ; attempt++) {
            try {
                part.open();
                mirror.fetch(part, progress);
                String fault = part.fault().orElse(null);
                if (fault == null) {
                    return null;
                }
                part.discard(); // going on with wrong bytes could never end well
                if (!resumed) {
                    return fault;
                }
                resumed = false; // the wrong bytes may be those of an earlier mirror: this one gets a fair chance
                progress.note(url + ": " + fault + "; beginning anew");
            } catch (MirrorException e) {
                if (!e.broken() || attempt >= settings.attempts()) {
                    return e.getMessage();
                }
                progress.note(url + ": " + e.getMessage() + "; asking again");
            }
        }
    }
}
