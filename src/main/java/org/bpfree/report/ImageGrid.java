package org.bpfree.report;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;

/** Small pictures, enlarged without smoothing and put side by side. */
public final class ImageGrid {
    private static final Color GAP = new Color(0x80, 0x80, 0x80);

    private ImageGrid() {}

    /**
     * A picture of numbers, each range stretched to black..white; a constant picture is grey.
     *
     * @param values {@code [height, width, channels]}, 1 channel (grey) or 3 (red, green, blue)
     */
    public static BufferedImage stretched(double[] values, int height, int width, int channels) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        double scale = high > low ? 255 / (high - low) : 0;
        double shift = high > low ? 0 : 127;
        byte[] pixels = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            pixels[i] = (byte) Math.round((values[i] - low) * scale + shift);
        }
        return ofBytes(pixels, 0, height, width, channels);
    }

    /** A picture of unsigned bytes {@code [height, width, channels]} that begin at a position of an array. */
    public static BufferedImage ofBytes(byte[] pixels, int from, int height, int width, int channels) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int at = from + (y * width + x) * channels;
                int red = pixels[at] & 0xff;
                int green = channels == 1 ? red : pixels[at + 1] & 0xff;
                int blue = channels == 1 ? red : pixels[at + 2] & 0xff;
                image.setRGB(x, y, red << 16 | green << 8 | blue);
            }
        }
        return image;
    }

    /**
     * Pictures of one size in rows, nearly as many rows as columns.
     *
     * @param tiles at least one
     * @param zoom screen points a pixel
     */
    public static BufferedImage of(List<BufferedImage> tiles, int zoom) {
        return of(tiles, zoom, (int) Math.ceil(Math.sqrt(tiles.size())));
    }

    /** Pictures of one size in rows of so many. */
    public static BufferedImage of(List<BufferedImage> tiles, int zoom, int columns) {
        int width = tiles.get(0).getWidth() * zoom;
        int height = tiles.get(0).getHeight() * zoom;
        int rows = (tiles.size() + columns - 1) / columns;
        BufferedImage grid =
                new BufferedImage(columns * (width + 1) + 1, rows * (height + 1) + 1, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = grid.createGraphics();
        graphics.setColor(GAP);
        graphics.fillRect(0, 0, grid.getWidth(), grid.getHeight());
        for (int i = 0; i < tiles.size(); i++) {
            int x = i % columns * (width + 1) + 1;
            int y = i / columns * (height + 1) + 1;
            graphics.drawImage(tiles.get(i), x, y, width, height, null);
        }
        graphics.dispose();
        return grid;
    }

    /** A picture as an address that holds the whole PNG file. */
    static String dataAddress(BufferedImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("memory can always be written", e);
        }
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
