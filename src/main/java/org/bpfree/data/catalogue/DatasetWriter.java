package org.bpfree.data.catalogue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.bpfree.data.ImageSet;
import org.bpfree.data.ImageShape;
import org.bpfree.data.catalogue.DatasetFile.Split;
import org.bpfree.data.catalogue.DatasetManifest.Format;
import org.bpfree.data.catalogue.DatasetManifest.LabelPlace;
import org.bpfree.data.format.IdxReader;
import org.bpfree.failure.Failure;
import org.bpfree.files.AtomicFile;
import org.bpfree.files.LocalFiles;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.format.Mat5File;
import us.hebi.matlab.mat.types.MatlabType;
import us.hebi.matlab.mat.types.Matrix;
import us.hebi.matlab.mat.types.Sink;
import us.hebi.matlab.mat.types.Sinks;

/**
 * Writes images in the layout of a published dataset, so that everything from the reader on can be tried without a download. Equal
 * images give equal bytes.
 */
public final class DatasetWriter {
    private static final int MAT_TEXT = 116; // bytes of free text at the head of a MATLAB 5 file

    private DatasetWriter() {}

    /**
     * Writes generated images as if they were the given dataset.
     *
     * @param manifest whose layout and shape to use
     * @param folder the data folder; the files go into the folder of the dataset in it
     * @param train number of training images
     * @param test number of test images
     * @param seed of the images
     * @return the files written
     */
    public static List<Path> writeSynthetic(DatasetManifest manifest, Path folder, int train, int test, long seed) {
        ImageSet trainSet = SyntheticImages.of(manifest.shape(), train, seed, SyntheticImages.TRAIN);
        ImageSet testSet = SyntheticImages.of(manifest.shape(), test, seed, SyntheticImages.TEST);
        return write(manifest, folder, trainSet, testSet);
    }

    /** Writes both splits; refuses to replace files, since they might be the real ones. */
    public static List<Path> write(DatasetManifest manifest, Path folder, ImageSet train, ImageSet test) {
        Path target = folder.resolve(manifest.name());
        List<Path> paths = manifest.files().stream()
                .map(file -> target.resolve(file.path()))
                .toList();
        for (Path path : paths) {
            if (Files.exists(path)) {
                throw Failure.usage(
                        path + " exists; 'data synth' does not replace files", "Choose another --out folder.");
            }
        }
        try {
            write(manifest, target, Split.TRAIN, train);
            write(manifest, target, Split.TEST, test);
        } catch (IOException e) {
            throw LocalFiles.cannotWrite(e, target);
        }
        return paths;
    }

    private static void write(DatasetManifest manifest, Path target, Split split, ImageSet set) throws IOException {
        List<Path> paths = manifest.files(split).stream()
                .map(file -> target.resolve(file.path()))
                .toList();
        for (Path path : paths) {
            LocalFiles.createFolder(path.getParent());
        }
        if (manifest.format() == Format.IDX) {
            AtomicFile.write(paths.get(0), idxImages(set, manifest.labels().transposed()));
            AtomicFile.write(paths.get(1), idxLabels(set, manifest.labels().first()));
        } else if (manifest.format() == Format.SVHN) {
            AtomicFile.write(paths.get(0), svhn(set));
        } else {
            for (int i = 0; i < paths.size(); i++) {
                int from = (int) ((long) set.size() * i / paths.size());
                int to = (int) ((long) set.size() * (i + 1) / paths.size());
                AtomicFile.write(paths.get(i), cifar(set, from, to, manifest.labels()));
            }
        }
    }

    private static byte[] idxImages(ImageSet set, boolean transposed) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(16)
                .putInt(IdxReader.IMAGES)
                .putInt(set.size())
                .putInt(transposed ? set.shape().width() : set.shape().height())
                .putInt(transposed ? set.shape().height() : set.shape().width());
        byte[] pixels = set.pixels();
        return gzip(header.array(), transposed ? columns(pixels, set.shape()) : pixels, pixels.length);
    }

    /** Images column by column. */
    private static byte[] columns(byte[] pixels, ImageShape shape) {
        byte[] columns = new byte[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            int place = i % shape.size();
            columns[i - place + place % shape.width() * shape.height() + place / shape.width()] = pixels[i];
        }
        return columns;
    }

    private static byte[] idxLabels(ImageSet set, int first) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(8).putInt(IdxReader.LABELS).putInt(set.size());
        byte[] labels = new byte[set.size()];
        for (int image = 0; image < labels.length; image++) {
            labels[image] = (byte) (set.label(image) + first);
        }
        return gzip(header.array(), labels, labels.length);
    }

    private static byte[] gzip(byte[] header, byte[] content, int length) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(header);
            out.write(content, 0, length);
        }
        return bytes.toByteArray();
    }

    private static byte[] cifar(ImageSet set, int from, int to, LabelPlace labels) {
        int channels = set.shape().channels();
        int imageSize = set.shape().size();
        byte[] pixels = set.pixels();
        byte[] bytes = new byte[(to - from) * (labels.bytes() + imageSize)];
        int position = 0;
        for (int image = from; image < to; image++) {
            bytes[position + labels.which()] = (byte) set.label(image);
            position += labels.bytes();
            for (int channel = 0; channel < channels; channel++) {
                for (int i = channel; i < imageSize; i += channels) {
                    bytes[position++] = pixels[image * imageSize + i];
                }
            }
        }
        return bytes;
    }

    private static byte[] svhn(ImageSet set) throws IOException {
        ImageShape shape = set.shape();
        Matrix images = Mat5.newMatrix(
                new int[] {shape.height(), shape.width(), shape.channels(), set.size()}, MatlabType.UInt8);
        Matrix digits = Mat5.newMatrix(set.size(), 1, MatlabType.UInt8);
        byte[] pixels = set.pixels();
        int target = 0;
        for (int image = 0; image < set.size(); image++) {
            digits.setInt(image, set.label(image) == 0 ? 10 : set.label(image));
            for (int channel = 0; channel < shape.channels(); channel++) {
                for (int column = 0; column < shape.width(); column++) {
                    for (int row = 0; row < shape.height(); row++) {
                        int pixel = (row * shape.width() + column) * shape.channels() + channel;
                        images.setByte(target++, pixels[image * shape.size() + pixel]);
                    }
                }
            }
        }
        try (Mat5File mat = Mat5.newMatFile()) {
            mat.addArray("X", images).addArray("y", digits);
            return withoutDate(bytes(mat, Deflater.DEFAULT_COMPRESSION));
        }
    }

    /** The bytes of a MATLAB 5 file, its variables packed unless the level is {@link Deflater#NO_COMPRESSION}. */
    public static byte[] bytes(Mat5File mat, int deflateLevel) throws IOException {
        // The library seeks in what it writes. What cannot be packed grows by five bytes a block, far less than a
        // tenth.
        long most = mat.getUncompressedSerializedSize() * 11 / 10 + 1024;
        ByteBuffer buffer = ByteBuffer.allocate(Math.toIntExact(most)).order(ByteOrder.LITTLE_ENDIAN);
        try (Sink sink = Sinks.wrap(buffer)) {
            Mat5.newWriter(sink).setDeflateLevel(deflateLevel).writeMat(mat);
        }
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    /** The library writes the time of day into the header; equal images are to give equal bytes. */
    private static byte[] withoutDate(byte[] mat) {
        byte[] text = "MATLAB 5.0 MAT-file, synthetic images by bpfree".getBytes(StandardCharsets.US_ASCII);
        Arrays.fill(mat, 0, MAT_TEXT, (byte) ' ');
        System.arraycopy(text, 0, mat, 0, text.length);
        return mat;
    }
}
