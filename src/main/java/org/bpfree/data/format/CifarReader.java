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
 * Reads the binary version of CIFAR-10: records of one label byte and the pixels of one image, all red ones first, then green, then
 * blue, each row by row.
 */
public final class CifarReader {
    private CifarReader() {}

    /**
     * Reads several files into one set, in the order given.
     *
     * @param files the batches
     * @param shape of one image
     * @param classes number of classes
     * @param read told of each file that was read
     */
    public static ImageSet read(List<Path> files, ImageShape shape, int classes, Consumer<DataFile> read) {
        int record = 1 + shape.size();
        int[] first = new int[files.size() + 1]; // image with which each file begins
        for (int i = 0; i < files.size(); i++) {
            first[i + 1] = Math.addExact(first[i], records(files.get(i), record));
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
                    decode(file, first[i], first[i + 1] - first[i], shape, classes, pixels, labels);
                    return new DataFile(file.path(), new byte[0], file.sha256());
                })
                .toList();
        all.forEach(read);
        return new ImageSet(shape, count, classes, pixels, labels);
    }

    /** The number of records, from the size of the file, before any memory is asked for. */
    private static int records(Path path, int record) {
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

    private static void decode(
            DataFile file, int firstImage, int count, ImageShape shape, int classes, byte[] pixels, byte[] labels) {
        int plane = shape.height() * shape.width();
        int channels = shape.channels();
        byte[] bytes = file.bytes();
        if (bytes.length != (long) count * (1 + shape.size())) {
            throw file.damaged("changed while it was read");
        }
        for (int image = 0; image < count; image++) {
            int record = image * (1 + shape.size());
            labels[firstImage + image] = bytes[record];
            int out = (firstImage + image) * shape.size();
            for (int channel = 0; channel < channels; channel++) {
                int from = record + 1 + channel * plane;
                for (int i = 0; i < plane; i++) {
                    pixels[out + i * channels + channel] = bytes[from + i];
                }
            }
        }
        Labels.check(file, labels, firstImage, count, classes);
    }
}
