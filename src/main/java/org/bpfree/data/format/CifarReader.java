package org.bpfree.data.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.bpfree.data.DataFile;
import org.bpfree.data.ImageSet;
import org.bpfree.data.ImageShape;
import org.bpfree.data.Labels;

/**
 * Reads the binary version of CIFAR-10 and CIFAR-100: records of one or more label bytes and the pixels of one image, all red ones first,
 * then green, then blue, each row by row.
 */
public final class CifarReader {
    private final ImageShape shape;
    private final int labelBytes;
    private final int labelByte;

    /**
     * A reader of records.
     *
     * @param shape of one image
     * @param labelBytes bytes before the pixels: 1 in CIFAR-10; 2 in CIFAR-100, the coarse label and the fine one
     * @param labelByte which of them is the label, from 0
     */
    public CifarReader(ImageShape shape, int labelBytes, int labelByte) {
        this.shape = shape;
        this.labelBytes = labelBytes;
        this.labelByte = labelByte;
    }

    /** The number of classes that the labels of files speak of. */
    public int classes(List<Path> files) {
        int classes = 0;
        for (Path path : files) {
            int images = records(path);
            byte[] bytes = DataFile.read(path).bytes();
            for (int image = 0; image < images; image++) {
                classes = Math.max(classes, 1 + (bytes[image * record() + labelByte] & 0xff));
            }
        }
        return classes;
    }

    /** The number of images in files, from their sizes. */
    public int images(List<Path> files) {
        return files.stream().mapToInt(this::records).reduce(0, Math::addExact);
    }

    private int record() {
        return labelBytes + shape.size();
    }

    /**
     * Reads several files into one set, in the order given.
     *
     * @param files the batches
     * @param classes number of classes
     * @param read told of each file that was read
     */
    public ImageSet read(List<Path> files, int classes, Consumer<DataFile> read) {
        int[] first = new int[files.size() + 1]; // image with which each file begins
        for (int i = 0; i < files.size(); i++) {
            first[i + 1] = Math.addExact(first[i], records(files.get(i)));
        }
        int count = first[files.size()];
        if ((long) count * shape.size() > Integer.MAX_VALUE - 8) {
            throw DataFile.damaged(
                    files.get(0), "and its fellows hold " + count + " images, more than fit into memory");
        }
        byte[] pixels = new byte[count * shape.size()];
        byte[] labels = new byte[count];
        // Decoding 180 MB and its checksums takes a second on one core; the files are independent.
        List<DataFile> all = IntStream.range(0, files.size())
                .parallel()
                .mapToObj(i -> {
                    DataFile file = DataFile.read(files.get(i));
                    decode(file, first[i], first[i + 1] - first[i], classes, pixels, labels);
                    return new DataFile(file.path(), new byte[0], file.sha256());
                })
                .toList();
        all.forEach(read);
        return new ImageSet(shape, count, classes, pixels, labels);
    }

    /** The number of records, from the size of the file, before any memory is asked for. */
    private int records(Path path) {
        int record = record();
        long size;
        try {
            size = Files.size(path);
        } catch (IOException e) {
            DataFile.read(path); // says what is wrong with the file
            throw new IllegalStateException("The size of " + path + " cannot be read, its content can", e);
        }
        if (size == 0) {
            throw DataFile.damaged(path, "is empty (0 bytes)");
        }
        if (size % record != 0) {
            DataFile.read(path); // says it if this is a web page
            throw DataFile.damaged(
                    path,
                    "has " + size + " bytes, which is " + size / record + " records of " + record + " bytes and "
                            + size % record + " bytes more: truncated, or with bytes at the end");
        }
        if (size > Integer.MAX_VALUE / 2) {
            throw DataFile.damaged(path, "has " + size + " bytes, more than any dataset file may have");
        }
        return (int) (size / record);
    }

    private void decode(DataFile file, int firstImage, int count, int classes, byte[] pixels, byte[] labels) {
        int plane = shape.height() * shape.width();
        int channels = shape.channels();
        byte[] bytes = file.bytes();
        if (bytes.length != (long) count * record()) {
            throw file.damaged("changed while it was read");
        }
        for (int image = 0; image < count; image++) {
            int record = image * record();
            labels[firstImage + image] = bytes[record + labelByte];
            int out = (firstImage + image) * shape.size();
            for (int channel = 0; channel < channels; channel++) {
                int from = record + labelBytes + channel * plane;
                for (int i = 0; i < plane; i++) {
                    pixels[out + i * channels + channel] = bytes[from + i];
                }
            }
        }
        Labels.check(file, labels, firstImage, count, classes);
    }
}
