package org.bpfree.data.catalogue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bpfree.data.DatasetDescription;
import org.bpfree.data.ImageShape;
import org.bpfree.data.format.CifarReader;
import org.bpfree.files.UserPath;
import org.bpfree.settings.Default;
import org.bpfree.settings.Doc;
import org.bpfree.settings.InvalidSetting;
import org.bpfree.settings.Range;
import org.bpfree.settings.Remembered;
import org.bpfree.settings.TypeName;

/**
 * Images in files laid out as the binary version of CIFAR.
 *
 * @param cifar the folder of the files
 * @param train files to learn from
 * @param test files to be tested on
 * @param labelBytes bytes before the pixels of an image
 * @param label which of them is the label, from 0
 * @param size height and width of an image
 * @param channels planes of an image
 * @param classNames one name a class; empty for numbers
 * @param description what is in the files
 */
@TypeName("cifar")
@Doc("Images of your own in files laid out as the binary version of CIFAR-10 or CIFAR-100.")
public record CifarImages(
        @Doc("The folder of the files; relative to the working folder.")
        String cifar,

        @Doc("The files to learn from.") @Default("[train.bin]")
        List<String> train,

        @Doc("The files to be tested on.") @Default("[test.bin]")
        List<String> test,

        @Doc("Bytes before the pixels of an image: 1 in CIFAR-10, 2 in CIFAR-100.")
        @Default("1")
        @Range(min = 1, max = 8)
        int labelBytes,

        @Doc("Which of these bytes is the label, from 0: in CIFAR-100 0 is the coarse one, 1 the fine one.")
        @Default("0")
        @Range(min = 0, max = 7)
        int label,

        @Doc("Height and width of an image in pixels.") @Default("[32, 32]") @Range(min = 4, max = 512)
        List<Integer> size,

        @Doc("Planes of an image: 3 for red, green, blue.") @Default("3") @Range(min = 1, max = 4)
        int channels,

        @Doc("One name a class, in the order of the labels; empty for their numbers.") @Default("[]")
        List<String> classNames,

        Remembered<DatasetDescription> description)
        implements OwnImages {
    /** Checks that the label is one of the label bytes, and that there are files. */
    public CifarImages {
        if (label >= labelBytes) {
            throw new InvalidSetting("label", label + " is not one of the " + labelBytes + " label bytes, from 0.");
        }
        if (train.isEmpty() || test.isEmpty()) {
            throw new InvalidSetting(train.isEmpty() ? "train" : "test", "expected at least one file.");
        }
        OwnImages.requireSize(size);
    }

    @Override
    public DatasetDescription describe() {
        return description.get(() -> OwnImages.describe(
                cifar,
                shape(),
                OwnImages.names(cifar, classNames, reader().classes(paths(train))),
                reader().images(paths(train)),
                reader().images(paths(test))));
    }

    @Override
    public Opened open(Opening opening) {
        int classes = describe().classes();
        return new Opened(() -> reader().read(paths(train), classes, opening.checksums()::add), () -> reader().read(
                        paths(test), classes, opening.checksums()::add));
    }

    @Override
    public List<Path> files(Path dataFolder) {
        List<Path> files = new ArrayList<>(paths(train));
        files.addAll(paths(test));
        return files;
    }

    private List<Path> paths(List<String> names) {
        return names.stream().map(UserPath.of(cifar)::resolve).toList();
    }

    private ImageShape shape() {
        return new ImageShape(size.get(0), size.get(size.size() - 1), channels);
    }

    private CifarReader reader() {
        return new CifarReader(shape(), labelBytes, label);
    }
}
