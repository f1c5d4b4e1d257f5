package org.bpfree.data.catalogue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bpfree.data.DatasetDescription;
import org.bpfree.data.ImageShape;
import org.bpfree.data.catalogue.DatasetFile.Split;

/**
 * What is known of a dataset and its files without reading them: one file {@code datasets/<name>.yaml}.
 *
 * @param name as in {@code data.dataset}
 * @param description of its images; their numbers are those of the official splits
 * @param format how its files are laid out
 * @param files the files that are read, images before labels
 * @param archive the archive that unpacks to the files, where they are not fetched one by one
 * @param mirrors URL prefixes, the most reliable one first; a file or archive is found at prefix + name
 */
public record DatasetManifest(
        String name,
        DatasetDescription description,
        Format format,
        List<DatasetFile> files,
        Optional<DatasetFile> archive,
        List<String> mirrors) {

    /** How the files of a dataset are laid out. */
    public enum Format {
        /** One file of images and one of labels a split, in IDX, plain or gzip. */
        IDX,
        /** Batches of label and planar pixels. */
        CIFAR,
        /** MATLAB 5 with X and y. */
        SVHN
    }

    /** Takes copies of the lists. */
    public DatasetManifest {
        files = List.copyOf(files);
        mirrors = List.copyOf(mirrors);
    }

    /** The shape of one image. */
    public ImageShape shape() {
        return description.shape();
    }

    /** The number of classes. */
    public int classes() {
        return description.classes();
    }

    /** The files of one split, in the order they are read. */
    public List<DatasetFile> files(Split split) {
        return files.stream().filter(file -> file.split() == split).toList();
    }

    /** The files that a data folder lacks, where they should be; a file counts as there whether or not it is sound. */
    public List<Path> missing(Path dataFolder) {
        return new DatasetFiles(this, dataFolder).missing();
    }

    /** What a download fetches: the archive, or else each file. */
    public List<DatasetFile> downloads() {
        return archive.map(List::of).orElse(files);
    }
}
