package org.bpfree.data.catalogue;

import java.nio.file.Path;
import java.util.List;
import org.bpfree.data.Checksums;
import org.bpfree.data.DatasetDescription;
import org.bpfree.data.ImageSet;
import org.bpfree.data.format.ImageFile;
import org.bpfree.data.format.NumpyImagesReader;
import org.bpfree.data.format.NumpyImagesReader.Facts;
import org.bpfree.data.format.NumpyImagesReader.Split;
import org.bpfree.files.UserPath;
import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.Remembered;
import org.bpfree.settings.TypeName;

/**
 * Images in a file of NumPy, as {@code numpy.savez} writes it and Keras and MedMNIST name its arrays.
 *
 * @param npz the file
 * @param classNames one name a class; empty for numbers
 * @param description what is in the file
 */
@TypeName("npz")
@Doc("Images of your own in a NumPy file: x_train, y_train, x_test, y_test, or as MedMNIST names them.")
public record NumpyImages(
        @Doc("The file; relative to the working folder.") String npz,

        @Doc("One name a class, in the order of the labels; empty for their numbers.") @Default("[]")
        List<String> classNames,

        Remembered<DatasetDescription> description)
        implements OwnImages {

    @Override
    public DatasetDescription describe() {
        return description.get(this::read);
    }

    private DatasetDescription read() {
        Facts train = reader().facts(Split.TRAIN);
        return OwnImages.describe(
                npz,
                train.shape(),
                OwnImages.names(npz, classNames, train.classes()),
                train.images(),
                reader().facts(Split.TEST).images());
    }

    @Override
    public Opened open(Opening opening) {
        int classes = describe().classes();
        return new Opened(
                () -> images(Split.TRAIN, "training", classes, opening),
                () -> images(Split.TEST, "test", classes, opening));
    }

    private ImageSet images(Split split, String name, int classes, Opening opening) {
        if (!reader().isLarge(split)) {
            ImageSet images = reader().read(split, classes);
            opening.checksums().add(OwnImages.noted(npz, name), Checksums.of(images));
            return images;
        }
        ImageFile unpacked = unpacked(split, name, classes, opening);
        opening.checksums().add(OwnImages.noted(npz, name), unpacked.sha256());
        return unpacked.images();
    }

    /** Images that are more than memory is asked for lie unpacked in a file. */
    private ImageFile unpacked(Split split, String name, int classes, Opening opening) {
        Facts facts = reader().facts(split);
        FileStates state = FileStates.of(files(null));
        String title = name + " images of " + npz;
        return new ImageCache(opening.dataFolder(), opening.listener())
                .get(
                        new ImageCache.Wanted(
                                title,
                                "npz " + name + " " + UserPath.of(npz).toAbsolutePath(),
                                state.checksum(new int[1]),
                                facts.shape(),
                                classes,
                                facts.images()),
                        writer -> reader().writeTo(split, classes, writer, done -> opening.listener()
                                .progress("unpacking the " + title, done, facts.images())));
    }

    @Override
    public List<Path> files(Path dataFolder) {
        return List.of(UserPath.of(npz));
    }

    private NumpyImagesReader reader() {
        return new NumpyImagesReader(UserPath.of(npz));
    }
}
