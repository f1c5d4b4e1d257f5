package org.bpfree.report.figure;

import static org.bpfree.report.figure.FigureText.BODY;
import static org.bpfree.report.figure.FigureText.SMALL;
import static org.bpfree.report.figure.FigureText.TITLE;

import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.bpfree.measure.ShallowFloor;
import org.bpfree.report.figure.FigureText.Anchor;
import org.bpfree.report.figure.Palette.Look;
import org.bpfree.report.figure.Palette.Role;

/**
 * Charts of lines in panels with one legend.
 *
 * @param title of all
 * @param note a sentence below it, such as what error bars are; may be empty
 * @param legend what the lines are
 * @param panels at least one
 */
public record ChartFigure(String title, String note, List<Entry> legend, List<ChartPanel> panels) implements Figure {
    private static final String REFERENCE = "backprop";
    private static final double MARGIN = 16;
    private static final double ALONE_WIDTH = 640;
    private static final double ALONE_HEIGHT = 400;
    private static final double PANEL_WIDTH = 300;
    private static final double PANEL_HEIGHT = 236;
    private static final double GAP = 16;
    private static final double NOTE_LINE = 17;
    private static final double LEGEND_LINE = 19;
    private static final double SWATCH = 30;
    private static final double ENTRY_GAP = 18;
    private static final int MOST_COLUMNS = 3;

    /**
     * What a line is.
     *
     * @param name as the legend has it
     * @param learner the type of the learner whose line it is, since backpropagation and the control have looks of their own; empty where
     *     lines are something else
     */
    public record Entry(String name, String learner) {}

    /** An entry of the legend and where it stands, from the left and the top of the legend on. */
    private record Placed(int entry, String text, double x, int line) {}

    /** Keeps the lists. */
    public ChartFigure {
        legend = List.copyOf(legend);
        panels = List.copyOf(panels);
    }

    private int columns() {
        return panels.size() == 4 ? 2 : Math.min(MOST_COLUMNS, panels.size());
    }

    private double panelWidth() {
        return panels.size() == 1 ? ALONE_WIDTH : PANEL_WIDTH;
    }

    private double panelHeight() {
        return panels.size() == 1 ? ALONE_HEIGHT : PANEL_HEIGHT;
    }

    @Override
    public double width() {
        return 2 * MARGIN + columns() * panelWidth() + (columns() - 1) * GAP;
    }

    private List<String> notes() {
        return note.isEmpty() ? List.of() : FigureText.wrapped(note, SMALL, width() - 2 * MARGIN);
    }

    private double top() {
        return MARGIN + TITLE + NOTE_LINE * notes().size() + GAP;
    }

    private double bottomOfPanels() {
        int rows = (panels.size() + columns() - 1) / columns();
        return top() + rows * (panelHeight() + GAP);
    }

    private List<Placed> placed() {
        double room = width() - 2 * MARGIN;
        List<Placed> placed = new ArrayList<>();
        double x = 0;
        int line = 0;
        for (int i = 0; i < legend.size(); i++) {
            String text = FigureText.shortened(legend.get(i).name(), BODY, room - SWATCH - 6);
            double width = SWATCH + 6 + FigureText.width(text, BODY);
            if (x > 0 && x + width > room) {
                x = 0;
                line++;
            }
            placed.add(new Placed(i, text, x, line));
            x += width + ENTRY_GAP;
        }
        return placed;
    }

    @Override
    public double height() {
        int lines = placed().stream().mapToInt(each -> each.line() + 1).max().orElse(0);
        return bottomOfPanels() + lines * LEGEND_LINE + MARGIN;
    }

    @Override
    public void draw(Graphics2D page) {
        double y = MARGIN + TITLE - 3;
        String head = FigureText.shortened(title, TITLE, width() - 2 * MARGIN);
        FigureText.draw(page, head, MARGIN, y, Anchor.LEFT, TITLE, Palette.TEXT);
        for (String line : notes()) {
            y += NOTE_LINE;
            FigureText.draw(page, line, MARGIN, y, Anchor.LEFT, SMALL, Palette.FAINT);
        }
        List<Look> looks = looks();
        for (int i = 0; i < panels.size(); i++) {
            double left = MARGIN + i % columns() * (panelWidth() + GAP);
            double top = top() + i / columns() * (panelHeight() + GAP);
            panels.get(i).draw(page, new Rectangle2D.Double(left, top, panelWidth(), panelHeight()), looks);
        }
        for (Placed each : placed()) {
            double middle = bottomOfPanels() + each.line() * LEGEND_LINE + 6;
            drawSwatch(page, looks.get(each.entry()), MARGIN + each.x(), middle);
            FigureText.draw(
                    page, each.text(), MARGIN + each.x() + SWATCH + 6, middle + 4, Anchor.LEFT, BODY, Palette.TEXT);
        }
    }

    private List<Look> looks() {
        return Palette.looks(legend.stream().map(this::role).toList());
    }

    /** Two lines of one learner cannot both be the reference or the control. */
    private Role role(Entry entry) {
        boolean only = legend.stream()
                        .filter(each -> each.learner().equals(entry.learner()))
                        .count()
                == 1;
        return only && entry.learner().equals(REFERENCE)
                ? Role.REFERENCE
                : only && entry.learner().equals(ShallowFloor.CONTROL) ? Role.CONTROL : Role.NONE;
    }

    private static void drawSwatch(Graphics2D page, Look look, double x, double y) {
        page.setColor(look.colour());
        page.setStroke(look.stroke());
        page.draw(new Line2D.Double(x, y, x + SWATCH, y));
        page.fill(look.marker().at(x + SWATCH / 2, y, 4));
    }
}
