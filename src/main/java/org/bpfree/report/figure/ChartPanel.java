package org.bpfree.report.figure;

import static org.bpfree.report.figure.FigureText.BODY;
import static org.bpfree.report.figure.FigureText.SMALL;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import java.util.List;
import org.bpfree.report.figure.FigureText.Anchor;
import org.bpfree.report.figure.Palette.Look;

/**
 * One pair of axes with lines.
 *
 * @param title what is shown; may be empty
 * @param x the horizontal axis
 * @param y the vertical axis
 * @param lines in the order in which they are drawn
 * @param marks horizontal lines across
 */
public record ChartPanel(String title, ChartAxis x, ChartAxis y, List<Line> lines, List<Mark> marks) {
    private static final double LEFT = 44;
    private static final double RIGHT = 14;
    private static final double TOP = 20;
    private static final double HEAD = 16;
    private static final double BOTTOM = 38;
    private static final double MARKER = 3.4;
    private static final double CAP = 3;
    private static final double APART = 1.6; // of lines that have error bars at the same places
    private static final double MOST_APART = 10; // the first and the last of them
    private static final double OUTSIDE = 10; // what markers at the ends of axes need
    private static final Color VEIL = new Color(255, 255, 255, 150);

    /**
     * A line through points.
     *
     * @param entry number of its name in the legend
     * @param x of the points
     * @param y of the points; there is no point where it is not finite
     * @param error how far error bars reach up and down; none where it is not finite or 0
     */
    public record Line(int entry, double[] x, double[] y, double[] error) {
        /** A line without error bars. */
        public static Line of(int entry, double[] x, double[] y) {
            return new Line(entry, x, y, new double[x.length]);
        }

        private boolean hasBars() {
            return Arrays.stream(error).anyMatch(each -> each > 0);
        }
    }

    /** A horizontal line with a name, such as chance. */
    public record Mark(String title, double at) {}

    /** Keeps the lists. */
    public ChartPanel {
        lines = List.copyOf(lines);
        marks = List.copyOf(marks);
    }

    /** Draws the panel in a rectangle. */
    void draw(Graphics2D page, Rectangle2D place, List<Look> looks) {
        double top = TOP + (title.isEmpty() ? 0 : HEAD);
        Rectangle2D plot = new Rectangle2D.Double(
                place.getX() + LEFT,
                place.getY() + top,
                place.getWidth() - LEFT - RIGHT,
                place.getHeight() - top - BOTTOM);
        String head = FigureText.shortened(title, BODY, place.getWidth() - RIGHT);
        FigureText.draw(page, head, place.getX(), place.getY() + 12, Anchor.LEFT, BODY, Palette.TEXT);
        drawAxes(page, place, plot);
        marks.forEach(mark -> draw(page, plot, mark));
        boolean bars = lines.stream().anyMatch(Line::hasBars);
        double apart = bars ? Math.min(APART, MOST_APART / lines.size()) : 0;
        Shape before = page.getClip();
        page.clip(new Rectangle2D.Double(
                plot.getX() - OUTSIDE,
                plot.getY() - OUTSIDE,
                plot.getWidth() + 2 * OUTSIDE,
                plot.getHeight() + 2 * OUTSIDE));
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            draw(page, plot, line, looks.get(line.entry()), apart * (i - (lines.size() - 1) / 2.0));
        }
        page.setClip(before);
        marks.forEach(mark -> drawName(page, plot, mark));
    }

    private void drawAxes(Graphics2D page, Rectangle2D place, Rectangle2D plot) {
        FigureText.draw(
                page,
                FigureText.shortened(y.title(), SMALL, place.getWidth() - RIGHT),
                place.getX(),
                plot.getY() - 9,
                Anchor.LEFT,
                SMALL,
                Palette.FAINT);
        FigureText.draw(
                page,
                FigureText.shortened(x.title(), SMALL, place.getWidth()),
                plot.getCenterX(),
                plot.getMaxY() + 32,
                Anchor.MIDDLE,
                SMALL,
                Palette.FAINT);
        page.setStroke(Palette.stroked(1, ""));
        for (double tick : y.shown((int) Math.max(2, plot.getHeight() / 40))) {
            double at = across(plot, tick);
            page.setColor(Palette.LINE);
            page.draw(new Line2D.Double(plot.getX(), at, plot.getMaxX(), at));
            FigureText.draw(page, ChartAxis.text(tick), plot.getX() - 10, at + 3.5, Anchor.RIGHT, SMALL, Palette.FAINT);
        }
        for (double tick : x.shown((int) Math.max(2, plot.getWidth() / 60))) {
            double at = along(plot, tick);
            page.setColor(Palette.LINE);
            page.draw(new Line2D.Double(at, plot.getY(), at, plot.getMaxY()));
            FigureText.draw(page, ChartAxis.text(tick), at, plot.getMaxY() + 15, Anchor.MIDDLE, SMALL, Palette.FAINT);
        }
    }

    private double along(Rectangle2D plot, double value) {
        return plot.getX() + x.share(value) * plot.getWidth();
    }

    private double across(Rectangle2D plot, double value) {
        return plot.getMaxY() - y.share(value) * plot.getHeight();
    }

    private void draw(Graphics2D page, Rectangle2D plot, Mark mark) {
        double at = across(plot, mark.at());
        page.setColor(Palette.FAINT);
        page.setStroke(Palette.stroked(1.6, Palette.CHANCE_DASH));
        page.draw(new Line2D.Double(plot.getX(), at, plot.getMaxX(), at));
    }

    /** Over the lines, which stay visible below. */
    private void drawName(Graphics2D page, Rectangle2D plot, Mark mark) {
        String text = mark.title() + " " + ChartAxis.text(mark.at());
        double width = FigureText.width(text, SMALL) + 4;
        double base = across(plot, mark.at()) - 4;
        page.setColor(VEIL);
        page.fill(new Rectangle2D.Double(plot.getMaxX() - width, base - SMALL + 1, width, SMALL + 1));
        FigureText.draw(page, text, plot.getMaxX() - 2, base, Anchor.RIGHT, SMALL, Palette.FAINT);
    }

    private void draw(Graphics2D page, Rectangle2D plot, Line line, Look look, double shift) {
        Path2D path = new Path2D.Double();
        boolean begun = false;
        for (int i = 0; i < line.x().length; i++) {
            boolean there = Double.isFinite(line.y()[i]);
            double at = along(plot, line.x()[i]) + shift;
            if (there && begun) {
                path.lineTo(at, across(plot, line.y()[i]));
            } else if (there) {
                path.moveTo(at, across(plot, line.y()[i]));
            }
            begun = there;
        }
        page.setColor(look.colour());
        page.setStroke(look.stroke());
        page.draw(path);
        page.setStroke(Palette.stroked(1.2, ""));
        for (int i = 0; i < line.x().length; i++) {
            double value = line.y()[i];
            if (!Double.isFinite(value)) {
                continue;
            }
            double at = along(plot, line.x()[i]) + shift;
            page.fill(look.marker().at(at, across(plot, value), MARKER));
            if (line.error()[i] > 0) {
                double top = across(plot, value + line.error()[i]);
                double bottom = across(plot, value - line.error()[i]);
                page.draw(new Line2D.Double(at, top, at, bottom));
                page.draw(new Line2D.Double(at - CAP, top, at + CAP, top));
                page.draw(new Line2D.Double(at - CAP, bottom, at + CAP, bottom));
            }
        }
    }
}
