package org.bpfree.data;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.StreamSupport;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.format.Mat5File;
import us.hebi.matlab.mat.types.Array;
import us.hebi.matlab.mat.types.MatFile;
import us.hebi.matlab.mat.types.MatlabType;
import us.hebi.matlab.mat.types.Matrix;
import us.hebi.matlab.mat.types.Sources;

/**
 * Reads the cropped digits of SVHN: a MATLAB 5 file with {@code X}, uint8 [32, 32, 3, N] in column-major order, and {@code y},
 * [N, 1], where the label 10 stands for the digit 0.
 */
final class SvhnReader {
    private static final int FILE_HEADER = 128; // bytes: 116 of text, subsystem offset, version, byte order
    private static final long BEST_COMPRESSION = 1032; // deflate cannot pack better

    private SvhnReader() {}

    static ImageSet read(DataFile file, ImageShape shape, int classes) {
        try (Mat5File mat = parse(file)) {
            Matrix images = matrix(file, mat, "X");
            Matrix digits = matrix(file, mat, "y");
            int count = checkImages(file, images, shape);
            checkDigits(file, digits, count);
            byte[] labels = new byte[count];
            for (int i = 0; i < count; i++) {
                labels[i] = label(file, digits.getDouble(i), i, classes);
            }
            return new ImageSet(shape, count, classes, toRows(images, count, shape), labels);
        } catch (IOException e) {
            throw DataFile.damaged(e, file.path(), "cannot be read as a MATLAB 5 file (" + e.getMessage() + ")");
        }
    }

    private static Mat5File parse(DataFile file) {
        byte[] bytes = file.bytes();
        if (bytes.length < FILE_HEADER) {
            throw file.damaged(
                    "has " + bytes.length + " bytes; the header of a MATLAB 5 file alone has " + FILE_HEADER);
        }
        if (new String(bytes, 0, 10, java.nio.charset.StandardCharsets.ISO_8859_1).startsWith("MATLAB 7.3")) {
            throw file.damaged("is a MATLAB 7.3 (HDF5) file; SVHN is published as MATLAB 5");
        }
        MatChunks.check(file);
        long most = Math.min(Integer.MAX_VALUE - 8, bytes.length * BEST_COMPRESSION);
        try {
            return Mat5.newReader(Sources.wrap(bytes))
                    .disableSubsystemProcessing()
                    .setBufferAllocator(new BoundedAllocator(most))
                    .readMat();
        } catch (IOException | RuntimeException e) {
            // The library answers garbage with whatever its parser stumbles over first.
            String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw DataFile.damaged(
                    e,
                    file.path(),
                    "has " + bytes.length + " bytes that are not a sound MATLAB 5 file (" + reason + ")");
        }
    }

    private static Matrix matrix(DataFile file, Mat5File mat, String name) {
        for (MatFile.Entry entry : mat.getEntries()) {
            if (entry.getName().equals(name)) {
                Array value = entry.getValue();
                if (value instanceof Matrix matrix) {
                    return matrix;
                }
                throw file.damaged(
                        "has a variable '" + name + "' of type " + value.getType() + "; it is numeric in SVHN");
            }
        }
        String names = String.join(
                ", ",
                StreamSupport.stream(mat.getEntries().spliterator(), false)
                        .map(MatFile.Entry::getName)
                        .toList());
        throw file.damaged("has no variable '" + name + "'; it has " + (names.isEmpty() ? "none" : names));
    }

    private static int checkImages(DataFile file, Matrix images, ImageShape shape) {
        int[] found = images.getDimensions();
        // MATLAB drops a last dimension of 1, so a file of a single image has three dimensions.
        int count = found.length == 4 ? found[3] : 1;
        boolean fits = (found.length == 4 || found.length == 3)
                && found[0] == shape.height()
                && found[1] == shape.width()
                && found[2] == shape.channels()
                && count > 0;
        if (!fits) {
            throw file.damaged("has X of size " + Arrays.toString(found) + "; SVHN has [" + shape.height() + ", "
                    + shape.width() + ", " + shape.channels() + ", N]");
        }
        if (images.getType() != MatlabType.UInt8) {
            throw file.damaged("has X of type " + images.getType() + "; SVHN has UInt8");
        }
        return count;
    }

    private static void checkDigits(DataFile file, Matrix digits, int count) {
        if (digits.getNumElements() != count) {
            throw file.damaged("holds " + count + " images in X, but " + digits.getNumElements() + " labels in y");
        }
    }

    private static byte label(DataFile file, double digit, int image, int classes) {
        if (digit != Math.rint(digit) || digit < 1 || digit > classes) {
            throw file.damaged("gives image " + image + " the label " + digit + "; labels are 1 to " + classes
                    + ", where 10 is the digit 0");
        }
        return (byte) ((int) digit % classes);
    }

    /** From column-major [height, width, channels, N] to row-major [N, height, width, channels]. */
    private static byte[] toRows(Matrix images, int count, ImageShape shape) {
        byte[] pixels = new byte[Math.multiplyExact(count, shape.size())];
        int source = 0;
        for (int image = 0; image < count; image++) {
            int out = image * shape.size();
            for (int channel = 0; channel < shape.channels(); channel++) {
                for (int column = 0; column < shape.width(); column++) {
                    for (int row = 0; row < shape.height(); row++) {
                        pixels[out + (row * shape.width() + column) * shape.channels() + channel] =
                                images.getByte(source++);
                    }
                }
            }
        }
        return pixels;
    }
}
