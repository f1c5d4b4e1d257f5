package org.bpfree.report.figure;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.bpfree.learn.spiking.SpikeTrain;
import org.bpfree.report.figure.FigureText.Anchor;

/**
 * A raster plot of the spikes of a network for one image: one band a layer, the first on top, one line a unit, time from left to right,
 * a mark for each spike. Of layers with many units a number of lines is shown, evenly spaced over the units.
 *
 * @param title written on top
 * @param note below it; may be empty
 * @param layers the spikes of at least one layer, all of the same number of steps
 */
public record SpikeRaster(String title, String note, List<SpikeTrain> layers) implements Figure {
    /** Most units of a layer that are shown. */
    static final int MOST_UNITS = 200;

    static final double PLOT_WIDTH = 480;
    static final Color MARK = Palette.COLOURS.get(0);

    private static final double LEFT = 150;
    private static final double TOP = 58;
    private static final double MARGIN = 16;
    private static final double BETWEEN = 14;
    private static final double LINE = 14;
    private static final double AXIS = 30;
    private static final int BAND_HEIGHT = 200;
    private static final int HIGHEST_LINE = 10;
    private static final int MOST_TICKS = 12;

    /** Keeps the layers. */
    public SpikeRaster {
        layers = List.copyOf(layers);
    }

    @Override
    public double width() {
        return LEFT + PLOT_WIDTH + MARGIN;
    }

    @Override
    public double height() {
        return TOP
                + layers.stream()
                        .mapToDouble(layer -> bandHeight(layer) + BETWEEN)
                        .sum()
                + AXIS;
    }

    @Override
    public void draw(Graphics2D page) {
        String head = FigureText.shortened(title, FigureText.TITLE, width() - 2 * MARGIN);
        FigureText.draw(page, head, MARGIN, 28, Anchor.LEFT, FigureText.TITLE, Palette.TEXT);
        String below = FigureText.shortened(note, FigureText.BODY, width() - 2 * MARGIN);
        FigureText.draw(page, below, MARGIN, 46, Anchor.LEFT, FigureText.BODY, Palette.FAINT);
        double top = TOP;
        for (SpikeTrain layer : layers) {
            drawBand(page, layer, top);
            top += bandHeight(layer) + BETWEEN;
        }
        drawAxis(page, layers.get(0), top - BETWEEN);
    }

    private static void drawBand(Graphics2D page, SpikeTrain layer, double top) {
        int[] units = shown(layer.units());
        int line = lineHeight(layer);
        page.setColor(Palette.LINE);
        for (int t = 0; t <= layer.steps(); t++) {
            page.fill(new Rectangle2D.Double(column(layer, t), top, 1, bandHeight(layer)));
        }
        page.setColor(MARK);
        int spikes = 0;
        for (int t = 0; t < layer.steps(); t++) {
            for (int row = 0; row < units.length; row++) {
                if (layer.spikes()[t][units[row]]) {
                    page.fill(new Rectangle2D.Double(
                            column(layer, t) + 1, top + row * line, markWidth(layer), Math.max(1, line - 1)));
                }
            }
            for (boolean spike : layer.spikes()[t]) {
                spikes += spike ? 1 : 0;
            }
        }
        String name = FigureText.shortened(layer.layer(), FigureText.BODY, LEFT - MARGIN - 8);
        FigureText.draw(page, name, MARGIN, top + LINE, Anchor.LEFT, FigureText.BODY, Palette.TEXT);
        String counts = String.format(Locale.ROOT, "%d units, %d spikes", layer.units(), spikes);
        note(page, counts, top + 2 * LINE);
        if (units.length < layer.units()) {
            note(page, units.length + " units shown", top + 3 * LINE);
        }
    }

    private static void note(Graphics2D page, String text, double y) {
        FigureText.draw(page, text, MARGIN, y, Anchor.LEFT, FigureText.SMALL, Palette.FAINT);
    }

    private static void drawAxis(Graphics2D page, SpikeTrain layer, double top) {
        int every = (layer.steps() + MOST_TICKS - 1) / MOST_TICKS;
        for (int t = 0; t < layer.steps(); t += every) {
            double middle = (column(layer, t) + column(layer, t + 1)) / 2;
            FigureText.draw(
                    page, String.valueOf(t + 1), middle, top + LINE, Anchor.MIDDLE, FigureText.SMALL, Palette.FAINT);
        }
        FigureText.draw(
                page,
                "time step",
                LEFT + PLOT_WIDTH / 2,
                top + 2 * LINE,
                Anchor.MIDDLE,
                FigureText.SMALL,
                Palette.FAINT);
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

    private static double bandHeight(SpikeTrain layer) {
        return Math.max(3 * LINE, lineHeight(layer) * shown(layer.units()).length);
    }

    /** Where a step begins. */
    private static double column(SpikeTrain layer, int step) {
        return LEFT + step * PLOT_WIDTH / layer.steps();
    }

    /** A spike takes the beginning of its step. */
    private static double markWidth(SpikeTrain layer) {
        return Math.max(1, PLOT_WIDTH / layer.steps() / 3);
    }
}
