package org.bpfree.data.format;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bpfree.data.DataFile;
import org.bpfree.data.ImageSet;
import org.bpfree.data.ImageShape;

/**
 * Reads the cropped digits of SVHN: a MATLAB 5 file with {@code X}, uint8 [32, 32, 3, N] in column-major order, and {@code y},
 * [N, 1], where the label 10 stands for the digit 0.
 */
public final class SvhnReader {
    private static final long BEST_COMPRESSION = 1032; // deflate cannot pack better

    private final DataFile file;
    private final ImageShape shape;
    private final List<String> names = new ArrayList<>();
    private byte[] pixels;
    private double[] digits;

    private SvhnReader(DataFile file, ImageShape shape) {
        this.file = file;
        this.shape = shape;
    }

    public static ImageSet read(DataFile file, ImageShape shape, int classes) {
        SvhnReader reader = new SvhnReader(file, shape);
        MatReader.read(file, reader::visit);
        return reader.result(classes);
    }

    private void visit(MatVariable variable) throws IOException {
        names.add(variable.name());
        if (variable.name().equals("X")) {
            readImages(variable);
        } else if (variable.name().equals("y")) {
            digits = variable.numbers();
        }
    }

    private void readImages(MatVariable images) throws IOException {
        int[] found = images.extents();
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
        if (images.classId() != MatVariable.UINT8) {
            throw file.unsupported("has X of class " + images.classId() + "; SVHN has class 9, uint8");
        }
        images.requireBytes();
        long size = (long) count * shape.size();
        if (size > Math.min(Integer.MAX_VALUE - 8, file.bytes().length * BEST_COMPRESSION)) {
            throw file.damaged(
                    "announces " + count + " images, which a file of " + file.bytes().length + " bytes cannot hold");
        }
        pixels = new byte[(int) size];
        byte[] image = new byte[shape.size()];
        for (int i = 0; i < count; i++) {
            images.read(image);
            toRows(image, i * shape.size());
        }
    }

    /** Copies one image from [channels, width, height], which is column-major read backwards, to [height, width, channels]. */
    private void toRows(byte[] image, int out) {
        int source = 0;
        for (int channel = 0; channel < shape.channels(); channel++) {
            for (int column = 0; column < shape.width(); column++) {
                for (int row = 0; row < shape.height(); row++) {
                    pixels[out + (row * shape.width() + column) * shape.channels() + channel] = image[source++];
                }
            }
        }
    }

    private ImageSet result(int classes) {
        if (pixels == null || digits == null) {
            throw file.damaged("has no variable '" + (pixels == null ? "X" : "y") + "'; it has "
                    + (names.isEmpty() ? "none" : String.join(", ", names)));
        }
        int count = pixels.length / shape.size();
        if (digits.length != count) {
            throw file.damaged("holds " + count + " images in X, but " + digits.length + " labels in y");
        }
        byte[] labels = new byte[count];
        for (int i = 0; i < count; i++) {
            labels[i] = label(digits[i], i, classes);
        }
        return new ImageSet(shape, count, classes, pixels, labels);
    }

    private byte label(double digit, int image, int classes) {
        if (digit != Math.rint(digit) || digit < 1 || digit > classes) {
            throw file.damaged("gives image " + image + " the label " + digit + "; labels are 1 to " + classes
                    + ", where 10 is the digit 0");
        }
        return (byte) ((int) digit % classes);
    }
}
