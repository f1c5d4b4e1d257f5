package org.bpfree.data.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.bpfree.data.ImageSet;
import org.bpfree.data.ImageShape;
import org.bpfree.failure.Failure;
import org.bpfree.files.InputFile;
import org.bpfree.files.NumpyHeader;
import org.bpfree.files.NumpyHeader.Unreadable;

/**
 * Images and labels in a file of {@code numpy.savez}: named as Keras does ({@code x_train}, {@code y_train}, …) or as MedMNIST does ({@code
 * train_images}, {@code train_labels}, …). Images are {@code [n, height, width]} or {@code [n, height, width, channels]}, unsigned bytes or
 * floating-point numbers of 0 to 1 or of 0 to 255; labels {@code [n]} or {@code [n, 1]}, from 0 on.
 */
public final class NumpyImagesReader {
    private static final long LARGEST_ARRAY = Integer.MAX_VALUE - 8;
    private static final int LEVELS = 255;

    /** Longer than those of arrays without fields, which have some hundred bytes. */
    private static final int LONGEST_HEADER = 1 << 16;

    private static final Parser<NumpyNumbers> ELEMENTS = in -> NumpyNumbers.read(in.readAllBytes());

    private final Path file;

    /** A reader of a file. */
    public NumpyImagesReader(Path file) {
        this.file = file;
    }

    /** What the arrays of a split are called, the first that is there. */
    public enum Split {
        TRAIN(List.of("x_train", "train_images"), List.of("y_train", "train_labels")),
        TEST(List.of("x_test", "test_images"), List.of("y_test", "test_labels"));

        private final List<String> images;
        private final List<String> labels;

        Split(List<String> images, List<String> labels) {
            this.images = images;
            this.labels = labels;
        }
    }

    /** Makes something of the bytes of an array. */
    private interface Parser<T> {
        T parse(InputStream in) throws IOException, Unreadable;
    }

    /** The shape of the images of a split, how many there are, and of how many classes. */
    public record Facts(ImageShape shape, int images, int classes) {}

    /** Reads what stands above the images, and the labels for the number of classes. */
    public Facts facts(Split split) {
        NumpyHeader images = array(split.images, in -> NumpyHeader.of(in.readNBytes(LONGEST_HEADER)));
        int[] labels = labels(split);
        int classes = 0;
        for (int label : labels) {
            classes = Math.max(classes, label + 1);
        }
        return new Facts(shape(images, split), images.extents()[0], classes);
    }

    /** Reads a split. */
    public ImageSet read(Split split, int classes) {
        NumpyNumbers images = array(split.images, ELEMENTS);
        int[] labels = labels(split);
        int count = images.extents()[0];
        ImageShape shape = shape(images.header(), split);
        if (labels.length != count) {
            throw wrong("has " + count + " images (" + split.images.get(0) + ") and " + labels.length + " labels");
        }
        for (int i = 0; i < count; i++) {
            if (labels[i] < 0 || labels[i] >= classes) {
                throw wrong("gives image " + i + " of " + split.images.get(0) + " the label " + labels[i]
                        + "; labels to learn are 0 to " + (classes - 1));
            }
        }
        return new ImageSet(shape, count, classes, pixels(images), labels);
    }

    private byte[] pixels(NumpyNumbers images) {
        int size = Math.toIntExact(images.size());
        byte[] pixels = new byte[size];
        double largest = 0;
        for (int i = 0; images.isFloat() && i < size; i++) {
            largest = Math.max(largest, images.at(i));
        }
        double scale = images.isFloat() && largest <= 1 ? LEVELS : 1;
        for (int i = 0; i < size; i++) {
            double value = Math.rint(images.at(i) * scale);
            if (!(value >= 0 && value <= LEVELS)) {
                throw wrong("has the pixel " + images.at(i) + "; expected 0 to 255, or fractions of 0 to 1");
            }
            pixels[i] = (byte) value;
        }
        return pixels;
    }

    private int[] labels(Split split) {
        NumpyNumbers array = array(split.labels, ELEMENTS);
        boolean flat = array.extents().length == 1 || array.extents().length == 2 && array.extents()[1] == 1;
        if (!flat) {
            throw wrong("has labels (" + split.labels.get(0) + ") with " + array.extents().length
                    + " axes; expected one label an image");
        }
        int[] labels = new int[Math.toIntExact(array.size())];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (int) array.at(i);
            if (labels[i] != array.at(i)) {
                throw wrong("has the label " + array.at(i) + " of image " + i + ", which is no whole number");
            }
        }
        return labels;
    }

    private ImageShape shape(NumpyHeader images, Split split) {
        int[] extents = images.extents();
        if (extents.length != 3 && extents.length != 4 || images.size() == 0) {
            throw wrong("has images (" + split.images.get(0) + ") with " + extents.length
                    + " axes; expected [n, height, width] or [n, height, width, channels]");
        }
        return new ImageShape(extents[1], extents[2], extents.length == 4 ? extents[3] : 1);
    }

    private <T> T array(List<String> names, Parser<T> parser) {
        InputFile.requireVisible(Failure.Kind.DATA, file);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            Optional<ZipEntry> entry = names.stream()
                    .map(name -> zip.getEntry(name + ".npy"))
                    .filter(each -> each != null)
                    .findFirst();
            if (entry.isEmpty()) {
                throw wrong("has no array " + String.join(" or ", names) + "; it has "
                        + String.join(
                                ", ",
                                zip.stream().map(ZipEntry::getName).sorted().toList()));
            }
            if (entry.get().getSize() > LARGEST_ARRAY) {
                throw wrong("has an array of " + (entry.get().getSize() >> 20) + " MiB ("
                        + entry.get().getName() + "), more than fits into memory at once");
            }
            return parser.parse(zip.getInputStream(entry.get()));
        } catch (Unreadable e) {
            throw Failure.causedBy(
                    e,
                    Failure.Kind.DATA,
                    "the array " + String.join(" or ", names) + " in " + file + " cannot be read: " + e.getMessage());
        } catch (IOException e) {
            throw InputFile.cannotRead(Failure.Kind.DATA, file, e, "Expected a file of numpy.savez (.npz).");
        }
    }

    private Failure wrong(String what) {
        return Failure.data(
                file + " " + what,
                "Write it with: numpy.savez('images.npz', x_train=..., y_train=..., x_test=..., y_test=...)");
    }
}
