package org.bpfree.data.catalogue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bpfree.data.ImageShape;
import org.bpfree.data.catalogue.DatasetFile.Split;

/**
 * What is known of a dataset without reading it: one file {@code datasets/<name>.yaml}.
 *
 * @param name as in {@code data.dataset}
 * @param title for people
 * @param format how its files are laid out
 * @param shape of one image
 * @param classNames one name a class, in the order of the labels
 * @param trainImages images of the official training split
 * @param testImages images of the official test split
 * @param licence under which terms it may be used
 * @param citation whom to cite
 * @param homePage where it is published, possibly empty
 * @param files the files that are read, images before labels
 * @param archive the archive that unpacks to the files, where they are not fetched one by one
 * @param mirrors URL prefixes, the most reliable one first; a file or archive is found at prefix + name
 */
public record DatasetManifest(
        String name,
        String title,
        Format format,
        ImageShape shape,
        List<String> classNames,
        int trainImages,
        int testImages,
        String licence,
        String citation,
        String homePage,
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
        SVHN,
        /** No files: drawn from the seed. */
        GENERATED
    }

    /** Takes copies of the lists. */
    public DatasetManifest {
        classNames = List.copyOf(classNames);
        files = List.copyOf(files);
        mirrors = List.copyOf(mirrors);
    }

    /** The number of classes. */
    public int classes() {
        return classNames.size();
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
