package org.bpfree.report.figure;

import java.awt.Graphics2D;
import java.util.List;

/**
 * Figures beside each other, with their upper edges in line.
 *
 * @param title of the whole
 * @param figures from left to right, at least one
 */
public record SideBySide(String title, List<Figure> figures) implements Figure {
    /** Keeps the figures. */
    public SideBySide {
        figures = List.copyOf(figures);
    }

    @Override
    public double width() {
        return figures.stream().mapToDouble(Figure::width).sum();
    }

    @Override
    public double height() {
        return figures.stream().mapToDouble(Figure::height).max().orElseThrow();
    }

    @Override
    public void draw(Graphics2D page) {
        double left = 0;
        for (Figure figure : figures) {
            page.translate(left, 0);
            figure.draw(page);
            page.translate(-left, 0);
            left += figure.width();
        }
    }
}
