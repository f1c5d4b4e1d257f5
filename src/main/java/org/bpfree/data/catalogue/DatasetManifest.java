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
 * @param labels where the labels are
 * @param files the files that are read, images before labels
 * @param archive the archive that unpacks to the files, where they are not fetched one by one
 * @param mirrors URL prefixes, the most reliable one first; a file or archive is found at prefix + name. None where the files have to be
 *     taken out of something by hand, as {@code byHand} tells
 * @param byHand how the files are come by where no program can fetch them; empty where one can
 */
public record DatasetManifest(
        String name,
        DatasetDescription description,
        Format format,
        LabelPlace labels,
        List<DatasetFile> files,
        Optional<DatasetFile> archive,
        List<String> mirrors,
        String byHand) {
    /**
     * Where labels are and what they are.
     *
     * @param bytes label bytes of a record of {@link Format#CIFAR}
     * @param which of them is the label, from 0
     * @param first the label of the first class in {@link Format#IDX}
     * @param transposed whether the images of {@link Format#IDX} lie column by column
     */
    public record LabelPlace(int bytes, int which, int first, boolean transposed) {}

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

    /**
     * The same files with another of the label bytes.
     *
     * @param which from 0
     * @param classes that it tells apart
     */
    DatasetManifest labelledBy(int which, List<String> classes) {
        return new DatasetManifest(
                name,
                new DatasetDescription(
                        description.title(),
                        description.shape(),
                        classes,
                        description.trainImages(),
                        description.testImages(),
                        description.licence(),
                        description.citation(),
                        description.homePage()),
                format,
                new LabelPlace(labels.bytes, which, labels.first, labels.transposed),
                files,
                archive,
                mirrors,
                byHand);
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
