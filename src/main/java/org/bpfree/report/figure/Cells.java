package org.bpfree.report.figure;

import java.awt.image.BufferedImage;
import java.util.List;

/**
 * What a sheet shows of one layer: pictures of one size, each a channel's map, a filter, or a unit.
 *
 * @param layer its name
 * @param noun what a picture is, in the plural: {@code channels}, {@code units}, {@code filters}
 * @param channels 1, or 3: red, green and blue
 * @param total how many pictures the layer has; more than are shown, perhaps
 * @param pictures {@code [height, width, channels]} each; a unit is a picture of one number
 */
public record Cells(
        String layer, String noun, int height, int width, int channels, int total, List<double[]> pictures) {
    private static final int MAP = 48; // pixels of CSS that a map should have at least
    private static final int LARGEST_ZOOM = 12;
    private static final int NUMBERED = 17; // the narrowest picture with a number below it
    private static final int NUMBER = 10; // what it takes below a picture

    /** Keeps the pictures. */
    public Cells {
        pictures = List.copyOf(pictures);
    }

    /** Whether each picture is one number. */
    boolean units() {
        return height == 1 && width == 1;
    }

    /** What may share a scale and a row with these. */
    boolean isLike(Cells other) {
        return layer.equals(other.layer)
                && noun.equals(other.noun)
                && height == other.height
                && width == other.width
                && channels == other.channels
                && total == other.total;
    }

    /** Pixels of the sheet, of those of CSS, that a number takes along each side. */
    int zoom() {
        if (units()) {
            return total <= 20 ? NUMBERED : total <= 300 ? 9 : total <= 1200 ? 5 : 2;
        }
        return Math.max(1, Math.min(LARGEST_ZOOM, (MAP + Math.max(height, width) - 1) / Math.max(height, width)));
    }

    /** Whether pictures have their numbers below them. */
    boolean numbered() {
        return width * zoom() >= NUMBERED;
    }

    /** Between pictures, with their edges. */
    private int gap() {
        return units() ? 2 : 5;
    }

    /** From the left end of a picture to that of the next. */
    int pitchX() {
        return width * zoom() + gap();
    }

    /** From the upper end of a picture to that of the one below. */
    int pitchY() {
        return height * zoom() + gap() + (numbered() ? NUMBER : 0);
    }

    /**
     * Pictures in a row of the sheet: as many as there is room for, and fewer where the rows stay as many. Small units stand in tens, so that
     * they can be counted.
     */
    int columns(double room) {
        int fit = Math.max(1, Math.min((int) (room / pitchX()), pictures.size()));
        if (units() && !numbered()) {
            return fit < 10 || fit == pictures.size() ? fit : fit / 10 * 10;
        }
        int rows = (pictures.size() + fit - 1) / fit;
        return (pictures.size() + rows - 1) / rows;
    }

    int rows(double room) {
        return (pictures.size() + columns(room) - 1) / columns(room);
    }

    /** A line of text on what is shown. */
    String size(double room) {
        String shown = (total > pictures.size() ? "first " + pictures.size() + " of " : "") + total;
        String rows = numbered() || rows(room) == 1 ? "" : ", " + columns(room) + " a row";
        return (units() ? "" : height + "×" + width + ", ") + shown + " " + noun + rows;
    }

    /** The pictures beside each other without words, on the scale that they have in common. */
    public BufferedImage picture(double room) {
        return draw(scale(), room);
    }

    /** What the colours of {@link #picture} mean. */
    public String scaleInWords() {
        ColourScale scale = scale();
        return "All on one scale: from " + ColourScale.text(scale.low()) + " to " + ColourScale.text(scale.most())
                + ", zero " + scale.zeroInWords() + ".";
    }

    private ColourScale scale() {
        return ColourScale.of(pictures, channels);
    }

    /** The pictures beside each other, each with an edge, on transparent ground; places without a picture are left out. */
    BufferedImage draw(ColourScale scale, double room) {
        int columns = columns(room);
        BufferedImage sheet = new BufferedImage(columns * pitchX(), rows(room) * pitchY(), BufferedImage.TYPE_INT_ARGB);
        for (int i = 0; i < pictures.size(); i++) {
            draw(pictures.get(i), scale, sheet, i % columns * pitchX() + 1, i / columns * pitchY() + 1);
        }
        return sheet;
    }

    private void draw(double[] picture, ColourScale scale, BufferedImage sheet, int left, int top) {
        int zoom = zoom();
        int edge = Palette.LINE.getRGB();
        for (int y = -1; y <= height * zoom; y++) {
            for (int x = -1; x <= width * zoom; x++) {
                boolean inside = y >= 0 && x >= 0 && y < height * zoom && x < width * zoom;
                sheet.setRGB(left + x, top + y, inside ? colour(picture, scale, y / zoom, x / zoom) : edge);
            }
        }
    }

    private int colour(double[] picture, ColourScale scale, int y, int x) {
        int at = (y * width + x) * channels;
        return channels == 3 ? scale.colour(picture[at], picture[at + 1], picture[at + 2]) : scale.colour(picture[at]);
    }
}
