package org.bpfree.data.catalogue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpfree.data.Checksums;
import org.bpfree.data.DataFile;
import org.bpfree.data.ImageSet;
import org.bpfree.data.catalogue.DatasetFile.Split;
import org.bpfree.data.catalogue.DatasetManifest.Format;
import org.bpfree.data.format.CifarReader;
import org.bpfree.data.format.IdxReader;
import org.bpfree.data.format.SvhnReader;
import org.bpfree.failure.Failure;
import org.bpfree.files.InputFile;

/** The files of one dataset in a data folder: where they are, which are missing, and how they are read. */
final class DatasetFiles {
    private final DatasetManifest manifest;
    private final Path folder;

    /**
     * Names the files; none need exist.
     *
     * @param manifest of the dataset
     * @param dataFolder the folder with one folder a dataset
     */
    DatasetFiles(DatasetManifest manifest, Path dataFolder) {
        this.manifest = manifest;
        this.folder = dataFolder.resolve(manifest.name());
    }

    /** Where a file is; an IDX file may also lie unpacked, without its {@code .gz}. */
    Path locate(DatasetFile file) {
        Path official = folder.resolve(file.path());
        if (manifest.format() == Format.IDX && !InputFile.isThere(official)) {
            Path plain = folder.resolve(file.path().replaceFirst("\\.gz$", ""));
            if (InputFile.isThere(plain)) {
                return plain;
            }
        }
        return official;
    }

    /** The files that do not exist. */
    List<Path> missing() {
        List<Path> missing = new ArrayList<>();
        for (DatasetFile file : manifest.files()) {
            if (!InputFile.isThere(locate(file))) {
                missing.add(locate(file));
            }
        }
        return missing;
    }

    /** Fails if any file is missing, naming each and what to do about it. */
    void requireComplete() {
        List<Path> missing = missing();
        if (missing.isEmpty()) {
            return;
        }
        List<String> renames = manifest.files().stream()
                .flatMap(file -> misnamed(file).stream())
                .toList();
        if (!renames.isEmpty()) {
            throw Failure.data(
                    "The dataset '" + manifest.name() + "' is not complete: " + folder + " has files under other names",
                    renames.toArray(String[]::new));
        }
        String name = manifest.name();
        List<String> names =
                missing.stream().map(path -> folder.relativize(path).toString()).toList();
        throw Failure.data(
                "The dataset '" + name + "' is not complete: " + folder + " lacks " + String.join(", ", names),
                manifest.byHand().isEmpty()
                        ? "'bpfree data get " + name + "' fetches it; 'bpfree data get " + name
                                + " --offline' says what to fetch by hand and where to put it."
                        : manifest.byHand(),
                "If it lies elsewhere, name the folder that holds '" + name + "' with --data-dir or BPFREE_DATA.");
    }

    /** What to rename, where a missing IDX file lies there under the name that some programs unpack it to, such as 7-Zip. */
    Optional<String> misnamed(DatasetFile file) {
        if (manifest.format() != Format.IDX || InputFile.isThere(locate(file))) {
            return Optional.empty();
        }
        String plain = file.path().replaceFirst("\\.gz$", "");
        String dotted = plain.replace("-idx", ".idx");
        return InputFile.isThere(folder.resolve(dotted))
                ? Optional.of("Rename " + dotted + " to " + plain + ".")
                : Optional.empty();
    }

    /** Reads one split and notes the checksum of each file read. */
    ImageSet read(Split split, Checksums checksums) {
        return read(manifest.files(split), checksums);
    }

    /** The files in groups that can be read by themselves: IDX images with their labels, any other file alone. */
    List<List<DatasetFile>> units() {
        if (manifest.format() == Format.IDX) {
            return List.of(manifest.files(Split.TRAIN), manifest.files(Split.TEST));
        }
        return manifest.files().stream().map(List::of).toList();
    }

    /**
     * Checks one file by itself, and notes its checksum.
     *
     * @throws Failure if it cannot be read or is damaged
     */
    void check(DatasetFile file, Checksums checksums) {
        if (manifest.format() != Format.IDX) {
            read(List.of(file), checksums);
            return;
        }
        DataFile content = DataFile.read(locate(file));
        checksums.add(content);
        boolean labels = manifest.files(Split.TRAIN).indexOf(file) == 1
                || manifest.files(Split.TEST).indexOf(file) == 1;
        if (labels) {
            idx().checkLabels(content, manifest.classes());
        } else {
            idx().checkImages(content, manifest.shape());
        }
    }

    private IdxReader idx() {
        return new IdxReader(manifest.labels().first(), manifest.labels().transposed());
    }

    /** Reads some files into one set and notes the checksum of each. */
    ImageSet read(List<DatasetFile> files, Checksums checksums) {
        List<Path> paths = files.stream().map(this::locate).toList();
        return switch (manifest.format()) {
            case IDX -> {
                DataFile labels = DataFile.read(paths.get(1));
                checksums.add(labels);
                DataFile images = DataFile.read(paths.get(0));
                checksums.add(images);
                yield idx().read(images, labels, manifest.shape(), manifest.classes());
            }
            case CIFAR ->
                new CifarReader(
                                manifest.shape(),
                                manifest.labels().bytes(),
                                manifest.labels().which())
                        .read(paths, manifest.classes(), checksums::add);
            case SVHN -> {
                DataFile file = DataFile.read(paths.get(0));
                checksums.add(file);
                yield SvhnReader.read(file, manifest.shape(), manifest.classes());
            }
        };
    }
}
