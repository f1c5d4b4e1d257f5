package org.bpfree.data.catalogue;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.bpfree.data.Checksums;
import org.bpfree.data.DataSettings;
import org.bpfree.data.DatasetDescription;
import org.bpfree.data.format.NumpyImagesReader;
import org.bpfree.data.format.NumpyImagesReader.Facts;
import org.bpfree.data.format.NumpyImagesReader.Split;
import org.bpfree.failure.Failure;
import org.bpfree.files.UserPath;
import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.TypeName;

/**
 * Images in a file of NumPy, as {@code numpy.savez} writes it and Keras and MedMNIST name its arrays.
 *
 * @param npz the file
 * @param classNames one name a class; empty for numbers
 */
@TypeName("npz")
@Doc("Images of your own in a NumPy file: x_train, y_train, x_test, y_test, or as MedMNIST names them.")
public record NumpyImages(
        @Doc("The file; relative to the working folder.") String npz,

        @Doc("One name a class, in the order of the labels; empty for their numbers.") @Default("[]")
        List<String> classNames)
        implements OwnImages {

    @Override
    public DatasetDescription describe() {
        Facts train = reader().facts(Split.TRAIN);
        if (!classNames.isEmpty() && classNames.size() < train.classes()) {
            throw Failure.data(npz + " has the label " + (train.classes() - 1) + ", and data.dataset.classNames has "
                    + classNames.size() + " names");
        }
        List<String> names = classNames.isEmpty()
                ? IntStream.range(0, train.classes()).mapToObj(String::valueOf).toList()
                : classNames;
        return OwnImages.describe(
                npz,
                train.shape(),
                names,
                train.images(),
                reader().facts(Split.TEST).images());
    }

    @Override
    public Opened open(DataSettings settings, Path dataFolder, long seed, Checksums checksums) {
        int classes = describe().classes();
        return new Opened(
                () -> OwnImages.noted(checksums, npz, "training", () -> reader().read(Split.TRAIN, classes)),
                () -> OwnImages.noted(checksums, npz, "test", () -> reader().read(Split.TEST, classes)));
    }

    @Override
    public List<Path> files(Path dataFolder) {
        return List.of(UserPath.of(npz));
    }

    private NumpyImagesReader reader() {
        return new NumpyImagesReader(UserPath.of(npz));
    }
}
