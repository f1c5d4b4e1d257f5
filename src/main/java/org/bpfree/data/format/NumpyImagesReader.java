package org.bpfree.data.format;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
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
    private static final long LARGEST_ARRAY = 512L << 20;
    private static final int CHUNK_BYTES = 16 << 20;
    private static final int LEVELS = 255;

    private static final Parser<NumpyNumbers> ELEMENTS = NumpyNumbers::read;

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
        NumpyHeader images = array(split.images, NumpyNumbers::readHeader);
        int[] labels = labels(split);
        int classes = 0;
        for (int label : labels) {
            classes = Math.max(classes, label + 1);
        }
        return new Facts(shape(images, split), images.extents()[0], classes);
    }

    /** Whether the images of a split are more than are read into memory at once, so that {@link #writeTo} has to be used. */
    public boolean isLarge(Split split) {
        return with(split.images, (zip, entry) -> entry.getSize() > LARGEST_ARRAY);
    }

    /** Reads a split. */
    public ImageSet read(Split split, int classes) {
        NumpyNumbers images = array(split.images, ELEMENTS);
        ImageShape shape = shape(images.header(), split);
        int count = images.extents()[0];
        int[] labels = labels(split, count, classes);
        double scale = scale(images, largest(images, Math.toIntExact(images.size())));
        byte[] pixels = new byte[Math.toIntExact(images.size())];
        toPixels(images, scale, pixels, pixels.length);
        return new ImageSet(shape, count, classes, pixels, labels);
    }

    /**
     * Copies a split of any size into a file of images.
     *
     * @param listener told of progress
     */
    public void writeTo(Split split, int classes, ImageFileWriter writer, LongConsumer listener) throws IOException {
        NumpyHeader header = array(split.images, NumpyNumbers::readHeader);
        ImageShape shape = shape(header, split);
        int[] labels = labels(split, header.extents()[0], classes);
        double[] largest = {0};
        if (NumpyNumbers.part(header, new byte[0]).isFloat()) {
            chunks(split, shape, (some, images) -> {
                largest[0] = Math.max(largest[0], largest(some, images * shape.size()));
            });
        }
        byte[] pixels = new byte[chunk(shape) * shape.size()];
        chunks(split, shape, (some, images) -> {
            toPixels(some, scale(some, largest[0]), pixels, images * shape.size());
            for (int i = 0; i < images; i++) {
                writer.add(pixels, i * shape.size(), labels[writer.images()]);
            }
            listener.accept(writer.images());
        });
        writer.finish(List.of());
    }

    /** Takes some images that follow those before. */
    private interface Chunks {
        void take(NumpyNumbers some, int images) throws IOException;
    }

    private static int chunk(ImageShape shape) {
        return Math.max(1, CHUNK_BYTES / shape.size());
    }

    private void chunks(Split split, ImageShape shape, Chunks chunks) {
        array(split.images, in -> {
            NumpyHeader header = NumpyNumbers.readHeader(in);
            NumpyNumbers all = NumpyNumbers.part(header, new byte[0]);
            all.requireOrder();
            int bytes = all.width() * shape.size();
            for (int first = 0; first < header.extents()[0]; first += chunk(shape)) {
                int images = Math.min(chunk(shape), header.extents()[0] - first);
                byte[] elements = in.readNBytes(images * bytes);
                if (elements.length < images * bytes) {
                    throw new Unreadable("it is damaged: it ends within image " + (first + elements.length / bytes));
                }
                chunks.take(NumpyNumbers.part(header, elements), images);
            }
            return null;
        });
    }

    private static double largest(NumpyNumbers images, int count) {
        double largest = 0;
        for (int i = 0; images.isFloat() && i < count; i++) {
            largest = Math.max(largest, images.at(i));
        }
        return largest;
    }

    /** What pixels are multiplied by: fractions become levels. */
    private static double scale(NumpyNumbers images, double largest) {
        return images.isFloat() && largest <= 1 ? LEVELS : 1;
    }

    private void toPixels(NumpyNumbers images, double scale, byte[] pixels, int count) {
        for (int i = 0; i < count; i++) {
            double value = Math.rint(images.at(i) * scale);
            if (!(value >= 0 && value <= LEVELS)) {
                throw wrong("has the pixel " + images.at(i) + "; expected 0 to 255, or fractions of 0 to 1");
            }
            pixels[i] = (byte) value;
        }
    }

    private int[] labels(Split split, int count, int classes) {
        int[] labels = labels(split);
        if (labels.length != count) {
            throw wrong("has " + count + " images (" + split.images.get(0) + ") and " + labels.length + " labels");
        }
        for (int i = 0; i < count; i++) {
            if (labels[i] < 0 || labels[i] >= classes) {
                throw wrong("gives image " + i + " of " + split.images.get(0) + " the label " + labels[i]
                        + "; labels to learn are 0 to " + (classes - 1));
            }
        }
        return labels;
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
        return with(names, (zip, entry) -> parser.parse(new BufferedInputStream(zip.getInputStream(entry))));
    }

    /** Does something with the entry of an array. */
    private interface Opened<T> {
        T use(ZipFile zip, ZipEntry entry) throws IOException, Unreadable;
    }

    private <T> T with(List<String> names, Opened<T> use) {
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
            return use.use(zip, entry.get());
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
