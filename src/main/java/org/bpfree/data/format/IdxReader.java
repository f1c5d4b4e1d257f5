package org.bpfree.data.format;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.bpfree.data.DataFile;
import org.bpfree.data.ImageSet;
import org.bpfree.data.ImageShape;

/**
 * Reads the IDX format of MNIST and Fashion-MNIST, plain or gzip: a big-endian magic number (2051 images, 2049 labels), one
 * 32-bit extent a dimension, then one unsigned byte a pixel or label.
 */
public final class IdxReader {
    public static final int IMAGES = 0x803; // unsigned bytes, 3 dimensions
    public static final int LABELS = 0x801; // unsigned bytes, 1 dimension

    /** Deflate cannot pack better than this, so a header that announces more is a lie. */
    private static final long BEST_COMPRESSION = 1032;

    private final int firstLabel;
    private final boolean transposed;

    /**
     * A reader.
     *
     * @param firstLabel the label of the first class: 0, but 1 in the letters of EMNIST
     * @param transposed whether images lie column by column, as those of EMNIST do
     */
    public IdxReader(int firstLabel, boolean transposed) {
        this.firstLabel = firstLabel;
        this.transposed = transposed;
    }

    /** The shape of the images in a file, as they are read. */
    public ImageShape shape(DataFile images) {
        try (InputStream in = open(images.bytes(), isGzip(images.bytes()))) {
            checkMagic(images, header(images, in, 1).getInt(), IMAGES);
            ByteBuffer extents = header(images, in, 3);
            announced(images, extents.duplicate(), new int[] {-1, -1, -1});
            int rows = extents.getInt(Integer.BYTES);
            int columns = extents.getInt(2 * Integer.BYTES);
            return transposed ? new ImageShape(columns, rows, 1) : new ImageShape(rows, columns, 1);
        } catch (IOException e) {
            throw DataFile.damaged(e, images.path(), "has broken gzip data (" + e.getMessage() + ")");
        }
    }

    /** The classes of the images in a file of labels, by number from 0. */
    public int[] labels(DataFile labels) {
        byte[] content = read(labels, LABELS, new int[] {-1});
        int[] numbers = new int[content.length];
        for (int i = 0; i < content.length; i++) {
            numbers[i] = (content[i] & 0xff) - firstLabel;
            if (numbers[i] < 0) {
                throw labels.damaged(
                        "gives image " + i + " the label " + (content[i] & 0xff) + "; labels begin at " + firstLabel);
            }
        }
        return numbers;
    }

    /** Reads grey images of the given shape and their labels. */
    public ImageSet read(DataFile images, DataFile labels, ImageShape shape, int classes) {
        int[] labelBytes = labels(labels);
        byte[] pixels = upright(read(images, IMAGES, extents(shape)), shape);
        int count = pixels.length / shape.size();
        if (count != labelBytes.length) {
            throw images.damaged("holds " + count + " images, but "
                    + labels.path().getFileName() + " holds " + labelBytes.length + " labels");
        }
        check(labels, labelBytes, classes);
        return new ImageSet(shape, count, classes, pixels, labelBytes);
    }

    private int[] extents(ImageShape shape) {
        return transposed
                ? new int[] {-1, shape.width(), shape.height()}
                : new int[] {-1, shape.height(), shape.width()};
    }

    /** Brings images that lie column by column into rows. */
    private byte[] upright(byte[] pixels, ImageShape shape) {
        if (!transposed) {
            return pixels;
        }
        byte[] upright = new byte[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            int place = i % shape.size();
            int row = place / shape.width();
            int column = place % shape.width();
            upright[i] = pixels[i - place + column * shape.height() + row];
        }
        return upright;
    }

    private void check(DataFile file, int[] labels, int classes) {
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] >= classes) {
                throw file.damaged("gives image " + i + " the label " + (labels[i] + firstLabel) + "; labels are "
                        + firstLabel + " to " + (firstLabel + classes - 1));
            }
        }
    }

    /** Checks a file of images by itself. */
    public void checkImages(DataFile images, ImageShape shape) {
        read(images, IMAGES, extents(shape));
    }

    /** Checks a file of labels by itself. */
    public void checkLabels(DataFile labels, int classes) {
        check(labels, labels(labels), classes);
    }

    /**
     * Reads one IDX file.
     *
     * @param file its bytes, plain or gzip
     * @param magic the magic number it must begin with
     * @param extents what each dimension must be, -1 for any
     */
    private static byte[] read(DataFile file, int magic, int[] extents) {
        boolean packed = isGzip(file.bytes());
        try (InputStream in = open(file.bytes(), packed)) {
            checkMagic(file, header(file, in, 1).getInt(), magic);
            long announced = announced(file, header(file, in, extents.length), extents);
            long limit = packed ? file.bytes().length * BEST_COMPRESSION : file.bytes().length;
            if (announced > Math.min(limit, Integer.MAX_VALUE - 8)) {
                throw file.damaged("announces " + announced + " bytes of content, which a file of "
                        + file.bytes().length + " bytes cannot hold");
            }
            byte[] content = in.readNBytes((int) announced);
            if (content.length < announced) {
                throw file.damaged(
                        "ends after " + content.length + " of the " + announced + " bytes that its header announces");
            }
            if (in.read() >= 0) {
                throw file.damaged("goes on after the " + announced + " bytes that its header announces");
            }
            return content;
        } catch (EOFException e) {
            throw DataFile.damaged(
                    e,
                    file.path(),
                    "ends in the middle of its gzip data, after " + file.bytes().length + " bytes of file");
        } catch (IOException e) {
            throw DataFile.damaged(e, file.path(), "has broken gzip data (" + e.getMessage() + ")");
        }
    }

    private static boolean isGzip(byte[] bytes) {
        return bytes.length >= 2 && (bytes[0] & 0xff) == 0x1f && (bytes[1] & 0xff) == 0x8b;
    }

    private static InputStream open(byte[] bytes, boolean packed) throws IOException {
        InputStream in = new ByteArrayInputStream(bytes);
        return packed ? new GZIPInputStream(in, 1 << 16) : in;
    }

    private static ByteBuffer header(DataFile file, InputStream in, int numbers) throws IOException {
        byte[] header = in.readNBytes(numbers * Integer.BYTES);
        if (header.length < numbers * Integer.BYTES) {
            throw file.damaged("ends inside its header");
        }
        return ByteBuffer.wrap(header);
    }

    private static void checkMagic(DataFile file, int found, int magic) {
        if (found == magic) {
            return;
        }
        String swapped = found == IMAGES || found == LABELS
                ? "; it holds " + (found == IMAGES ? "images" : "labels") + ", so two files may have been swapped"
                : "";
        throw file.damaged(String.format(
                Locale.ROOT,
                "begins with the magic number 0x%08x; IDX %s begin with 0x%08x%s",
                found,
                magic == IMAGES ? "images" : "labels",
                magic,
                swapped));
    }

    /** Bytes of content by the header, each extent checked. */
    private static long announced(DataFile file, ByteBuffer header, int[] extents) {
        long bytes = 1;
        for (int dimension = 0; dimension < extents.length; dimension++) {
            int found = header.getInt();
            if (found < 1) {
                throw file.damaged("announces " + Integer.toUnsignedString(found) + " for dimension " + dimension
                        + (found == 0 ? ", so it is empty" : ", more than any dataset has"));
            }
            if (extents[dimension] >= 0 && found != extents[dimension]) {
                throw file.damaged("announces " + found + " for dimension " + dimension + ", where this dataset has "
                        + extents[dimension]);
            }
            bytes *= found; // at most 2^31 times twice an extent of an image: no overflow
        }
        return bytes;
    }
}
