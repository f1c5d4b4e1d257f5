package org.bpfree.report.figure;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.bpfree.failure.Failure;
import org.bpfree.files.AtomicFile;

/** A kind of file that figures are written to; the name is the ending of the file's name. Equal figures have equal bytes. */
public enum FigureFormat {
    /** Pixels, two to a pixel of CSS: 192 an inch. */
    png {
        @Override
        byte[] bytes(Figure figure) {
            return encoded(picture(figure));
        }
    },
    /** Lines and text as such; maps are pixels in it. */
    svg {
        @Override
        byte[] bytes(Figure figure) {
            return SvgPage.of(figure);
        }
    },
    /** Lines and text as such, with the typeface inside; maps are pixels in it. */
    pdf {
        @Override
        byte[] bytes(Figure figure) throws IOException {
            return PdfPage.of(figure);
        }
    };

    static final int PIXELS = 2;

    abstract byte[] bytes(Figure figure) throws IOException;

    /**
     * The kind that the ending of a file's name says, in letters of either case.
     *
     * @throws Failure of kind usage if it is none of these
     */
    public static FigureFormat of(Path file) {
        String name = String.valueOf(file.getFileName());
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(each -> name.contains(".") && each.name().equals(ending))
                .findFirst()
                .orElseThrow(() -> Failure.usage(
                        file + " does not say which kind of figure it should be: its name ends in none of "
                                + Arrays.stream(values())
                                        .map(each -> "." + each)
                                        .collect(Collectors.joining(", ")),
                        "Name it such as figure.png, figure.svg or figure.pdf."));
    }

    /** Replaces a file; its folder is made where it is missing. */
    public void write(Path file, Figure figure) {
        byte[] bytes;
        try {
            bytes = bytes(figure);
        } catch (IOException e) {
            throw new UncheckedIOException("memory can always be written", e);
        }
        AtomicFile.createFolder(file.toAbsolutePath().getParent());
        AtomicFile.write(file, bytes);
    }

    /** The figure as pixels on white. */
    static BufferedImage picture(Figure figure) {
        BufferedImage picture = new BufferedImage(
                (int) Math.ceil(PIXELS * figure.width()),
                (int) Math.ceil(PIXELS * figure.height()),
                BufferedImage.TYPE_INT_RGB);
        Graphics2D page = picture.createGraphics();
        page.scale(PIXELS, PIXELS);
        page.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        page.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        page.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        page.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        page.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
        draw(figure, page);
        page.dispose();
        return picture;
    }

    /** Draws the figure on ground of its own. */
    static void draw(Figure figure, Graphics2D page) {
        page.setColor(Color.WHITE);
        page.fill(new Rectangle2D.Double(0, 0, figure.width(), figure.height()));
        AffineTransform before = page.getTransform();
        figure.draw(page);
        page.setTransform(before);
    }

    /** A picture as a PNG file, pixel by pixel. */
    public static byte[] encoded(BufferedImage picture) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(picture, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("memory can always be written", e);
        }
        return bytes.toByteArray();
    }
}
