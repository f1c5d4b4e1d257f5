package org.bpfree.data.catalogue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.bpfree.data.Checksums;
import org.bpfree.data.DataFile;
import org.bpfree.data.DatasetDescription;
import org.bpfree.data.ImageSet;
import org.bpfree.data.format.IdxReader;
import org.bpfree.files.UserPath;
import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.Range;
import org.bpfree.settings.Remembered;
import org.bpfree.settings.TypeName;

/**
 * Grey images in files of the IDX format, named as those of MNIST or EMNIST.
 *
 * @param idx the folder of the four files
 * @param prefix with which their names begin
 * @param classNames one name a class; empty for numbers
 * @param firstLabel the label of the first class
 * @param transposed whether images lie column by column
 * @param description what is in the files
 */
@TypeName("idx")
@Doc("Grey images of your own in IDX files, named as those of MNIST.")
public record IdxImages(
        @Doc(
                "The folder with train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-… and t10k-labels-… (or test-…), plain or .gz;"
                        + " relative to the working folder.")
        String idx,

        @Doc("What stands before these names, such as emnist-digits-.") @Default("''")
        String prefix,

        @Doc("One name a class, in the order of the labels; empty for their numbers.") @Default("[]")
        List<String> classNames,

        @Doc("The label of the first class.") @Default("0") @Range(min = 0, max = 255)
        int firstLabel,

        @Doc("Whether images lie column by column, as those of EMNIST do.") @Default("false")
        boolean transposed,

        Remembered<DatasetDescription> description)
        implements OwnImages {
    private static final List<String> TRAIN = List.of("train");
    private static final List<String> TEST = List.of("t10k", "test");

    @Override
    public DatasetDescription describe() {
        return description.get(this::read);
    }

    private DatasetDescription read() {
        int[] labels = reader().labels(DataFile.read(labels(TRAIN)));
        int classes = 1 + Arrays.stream(labels).max().orElse(0);
        return OwnImages.describe(
                idx,
                reader().shape(DataFile.read(images(TRAIN))),
                OwnImages.names(idx, classNames, classes),
                labels.length,
                reader().labels(DataFile.read(labels(TEST))).length);
    }

    @Override
    public Opened open(Opening opening) {
        return new Opened(() -> images(TRAIN, opening.checksums()), () -> images(TEST, opening.checksums()));
    }

    private ImageSet images(List<String> split, Checksums checksums) {
        DataFile labels = DataFile.read(labels(split));
        DataFile images = DataFile.read(images(split));
        checksums.add(labels);
        checksums.add(images);
        return reader().read(images, labels, describe().shape(), describe().classes());
    }

    @Override
    public List<Path> files(Path dataFolder) {
        return List.of(images(TRAIN), labels(TRAIN), images(TEST), labels(TEST));
    }

    private Path images(List<String> split) {
        return file(split, "-images-idx3-ubyte");
    }

    private Path labels(List<String> split) {
        return file(split, "-labels-idx1-ubyte");
    }

    /** The first of the names that is there, or the usual one. */
    private Path file(List<String> splits, String kind) {
        Path folder = UserPath.of(idx);
        return splits.stream()
                .flatMap(split -> Stream.of(prefix + split + kind, prefix + split + kind + ".gz"))
                .map(folder::resolve)
                .filter(Files::exists)
                .findFirst()
                .orElse(folder.resolve(prefix + splits.get(0) + kind));
    }

    private IdxReader reader() {
        return new IdxReader(firstLabel, transposed);
    }
}
