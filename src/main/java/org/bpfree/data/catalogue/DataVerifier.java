package org.bpfree.data.catalogue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.bpfree.data.Checksums;
import org.bpfree.data.DataFile;
import org.bpfree.data.DatasetDescription;
import org.bpfree.data.catalogue.FileReport.Status;
import org.bpfree.failure.Failure;
import org.bpfree.files.InputFile;

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
        DatasetDescription official = manifest.description();
        return new DatasetReport(
                manifest.name(), verifier.reports, verifier.images, official.trainImages() + official.testImages());
    }

    /** Checks files that are read together; where that fails, each by itself. */
    private void check(List<DatasetFile> unit) {
        Checksums checksums = new Checksums();
        try {
            images += files.read(unit, checksums).size();
            unit.forEach(file -> reports.add(whole(file, checksums)));
        } catch (Failure together) {
            unit.forEach(file -> reports.add(alone(file, together)));
        }
    }

    private FileReport alone(DatasetFile file, Failure together) {
        Path path = files.locate(file);
        if (!InputFile.isThere(path)) {
            return new FileReport(path, Status.MISSING, files.misnamed(file).orElse(""), "");
        }
        Checksums checksums = new Checksums();
        try {
            files.check(file, checksums);
        } catch (Failure own) {
            return faulty(path, own, checksums);
        }
        // Sound by itself, it may still not belong to its fellow; the message names the one at fault first.
        return blames(together, path) ? faulty(path, together, checksums) : whole(file, checksums);
    }

    private static FileReport faulty(Path path, Failure failure, Checksums checksums) {
        Status status = InputFile.isDenied(path, failure.getCause()) ? Status.UNREADABLE : Status.DAMAGED;
        return new FileReport(path, status, failure.getMessage(), sha256(path, checksums));
    }

    private FileReport whole(DatasetFile file, Checksums checksums) {
        Path path = files.locate(file);
        String sha256 = sha256(path, checksums);
        boolean official = file.sha256()
                .map(sha256::equals)
                .orElseGet(() -> file.md5().map(md5(path)::equals).orElse(false));
        return official
                ? new FileReport(path, Status.OFFICIAL, "", sha256)
                : new FileReport(path, Status.SOUND, difference(file, path), sha256);
    }

    private static String md5(Path path) {
        return HexFormat.of()
                .formatHex(Checksums.digest("MD5").digest(DataFile.read(path).bytes()));
    }

    private static String sha256(Path path, Checksums checksums) {
        return checksums.asMap().getOrDefault(path.getFileName().toString(), "");
    }

    private static boolean blames(Failure failure, Path path) {
        return failure.getMessage().startsWith("The dataset file " + path + " ");
    }

    private String difference(DatasetFile file, Path path) {
        if (file.sha256().isEmpty() && file.md5().isEmpty()) {
            return "no official checksum is known";
        }
        if (!path.endsWith(file.name())) {
            return "unpacked; the official checksum is that of " + file.name();
        }
        return file.sha256()
                .map(sum -> "not the official file: its SHA-256 is not " + sum)
                .orElseGet(() ->
                        "not the official file: its MD5 is not " + file.md5().orElseThrow());
    }
}
