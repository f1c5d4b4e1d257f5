package org.bpfree.measure;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.bpfree.learn.spiking.SpikeTrain;

/**
 * A raster plot of the spikes of a network for one image: one band a layer, the first on top, one line a unit, time from left to right,
 * a mark for each spike. Of layers with many units a number of lines is shown, evenly spaced over the units.
 */
public final class SpikeRaster {
    /** Most units of a layer that are shown. */
    static final int MOST_UNITS = 200;

    private static final int PLOT_WIDTH = 480;
    private static final int LEFT = 150;
    private static final int TOP = 30;
    private static final int MARGIN = 14;
    private static final int BAND_HEIGHT = 200;
    private static final int HIGHEST_LINE = 10;
    private static final Color MARK = new Color(0x1f, 0x3b, 0x73);
    private static final Color GRID = new Color(0xdd, 0xdd, 0xdd);

    private final List<SpikeTrain> layers;

    private SpikeRaster(List<SpikeTrain> layers) {
        this.layers = layers;
    }

    /**
     * Draws the plot.
     *
     * @param layers the spikes of at least one layer, all of the same number of steps
     * @param title written on top
     */
    public static BufferedImage draw(List<SpikeTrain> layers, String title) {
        return new SpikeRaster(layers).draw(title);
    }

    private BufferedImage draw(String title) {
        int height = TOP + MARGIN;
        for (SpikeTrain layer : layers) {
            height += bandHeight(layer) + MARGIN;
        }
        BufferedImage image = new BufferedImage(LEFT + PLOT_WIDTH + MARGIN, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, image.getWidth(), height);
        graphics.setColor(Color.BLACK);
        graphics.drawString(title, MARGIN, TOP - MARGIN);
        int top = TOP;
        for (SpikeTrain layer : layers) {
            drawBand(graphics, layer, top);
            top += bandHeight(layer) + MARGIN;
        }
        graphics.dispose();
        return image;
    }

    private void drawBand(Graphics2D graphics, SpikeTrain layer, int top) {
        int[] units = shown(layer.units());
        int line = lineHeight(layer);
        graphics.setColor(GRID);
        for (int t = 0; t <= layer.steps(); t++) {
            graphics.fillRect(column(layer, t), top, 1, bandHeight(layer));
        }
        graphics.setColor(MARK);
        int spikes = 0;
        for (int t = 0; t < layer.steps(); t++) {
            for (int row = 0; row < units.length; row++) {
                if (layer.spikes()[t][units[row]]) {
                    graphics.fillRect(column(layer, t) + 1, top + row * line, markWidth(layer), Math.max(1, line - 1));
                }
            }
            for (boolean spike : layer.spikes()[t]) {
                spikes += spike ? 1 : 0;
            }
        }
        graphics.setColor(Color.BLACK);
        graphics.drawString(layer.layer(), MARGIN, top + MARGIN);
        String counts = String.format(Locale.ROOT, "%d units, %d spikes", layer.units(), spikes);
        graphics.drawString(counts, MARGIN, top + 2 * MARGIN);
        if (units.length < layer.units()) {
            graphics.drawString(units.length + " shown", MARGIN, top + 3 * MARGIN);
        }
    }

    /** The units that have a line. */
    static int[] shown(int units) {
        int count = Math.min(units, MOST_UNITS);
        return IntStream.range(0, count)
                .map(row -> (int) ((long) row * units / count))
                .toArray();
    }

    /** Height of the line of a unit. */
    static int lineHeight(SpikeTrain layer) {
        return Math.min(HIGHEST_LINE, Math.max(1, BAND_HEIGHT / shown(layer.units()).length));
    }

    private static int bandHeight(SpikeTrain layer) {
        return Math.max(3 * MARGIN, lineHeight(layer) * shown(layer.units()).length);
    }

    /** Where a step begins. */
    private static int column(SpikeTrain layer, int step) {
        return LEFT + step * PLOT_WIDTH / layer.steps();
    }

    /** A spike takes the beginning of its step. */
    private static int markWidth(SpikeTrain layer) {
        return Math.max(1, PLOT_WIDTH / layer.steps() / 3);
    }
}
