package org.bpfree.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bpfree.data.FileReport.Status;
import org.bpfree.failure.Failure;

/** Reads a dataset from end to end and says of each file whether it is missing, damaged, sound, or the official one. */
public final class DataVerifier {
    private final DatasetManifest manifest;
    private final DatasetFiles files;
    private final List<FileReport> reports = new ArrayList<>();
    private int images;

    private DataVerifier(DatasetManifest manifest, Path folder) {
        this.manifest = manifest;
        this.files = new DatasetFiles(manifest, folder);
    }

    /** Checks the files of one dataset in a data folder. */
    public static DatasetReport verify(DatasetManifest manifest, Path folder) {
        DataVerifier verifier = new DataVerifier(manifest, folder);
        verifier.files.units().forEach(verifier::check);
        return new DatasetReport(
                manifest.name(), verifier.reports, verifier.images, manifest.trainImages() + manifest.testImages());
    }

    /** Checks files that can only be read together. */
    private void check(List<DatasetFile> unit) {
        boolean complete = unit.stream().map(files::locate).allMatch(Files::exists);
        Checksums checksums = new Checksums();
        Failure failure = null;
        if (complete) {
            try {
                images += files.read(unit, checksums).size();
            } catch (Failure e) {
                failure = e;
            }
        }
        for (DatasetFile file : unit) {
            reports.add(report(file, complete, checksums, failure));
        }
    }

    private FileReport report(DatasetFile file, boolean complete, Checksums checksums, Failure failure) {
        Path path = files.locate(file);
        if (!Files.exists(path)) {
            return new FileReport(path, Status.MISSING, "", "");
        }
        String sha256 = checksums.asMap().getOrDefault(path.getFileName().toString(), "");
        if (!complete) {
            return new FileReport(path, Status.SOUND, "not checked, since the file that goes with it is missing", "");
        }
        // Of two files that are read together, the message names the one at fault first.
        if (failure != null && blames(failure, path)) {
            return new FileReport(path, Status.DAMAGED, failure.getMessage(), sha256);
        }
        boolean official = file.sha256().map(sha256::equals).orElse(false);
        return official
                ? new FileReport(path, Status.OFFICIAL, "", sha256)
                : new FileReport(path, Status.SOUND, difference(file, path), sha256);
    }

    private static boolean blames(Failure failure, Path path) {
        return failure.getMessage().startsWith("The dataset file " + path + " ");
    }

    private String difference(DatasetFile file, Path path) {
        if (file.sha256().isEmpty()) {
            return "no official checksum is known";
        }
        if (!path.endsWith(file.name())) {
            return "unpacked; the official checksum is that of " + file.name();
        }
        return "not the official file: its SHA-256 is not " + file.sha256().get();
    }
}
