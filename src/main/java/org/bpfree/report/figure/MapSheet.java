package org.bpfree.report.figure;

import static org.bpfree.report.figure.FigureText.BODY;
import static org.bpfree.report.figure.FigureText.SMALL;
import static org.bpfree.report.figure.FigureText.TINY;
import static org.bpfree.report.figure.FigureText.TITLE;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bpfree.report.figure.FigureText.Anchor;

/**
 * What the layers of one or more networks make of an image, or their filters: a row a layer, a column a network, and a scale of colours a
 * row, which all networks that have such a layer share.
 *
 * @param title of the sheet
 * @param note a sentence below it; may be empty
 * @param image what the networks saw, in rows of pixels; nothing for filters
 * @param columns one a network, at least one
 */
public record MapSheet(String title, String note, Optional<BufferedImage> image, List<Column> columns)
        implements Figure {
    private static final double MARGIN = 16;
    private static final double LABELS = 132;
    private static final double SCALE = 74;
    private static final double BETWEEN = 22;
    private static final double ROW_GAP = 14;
    private static final double IMAGE = 96;
    private static final double BAR = 11;
    private static final double LOWEST_BAR = 48;
    private static final double HIGHEST_BAR = 96;
    private static final int BAR_STEPS = 129; // odd, so that zero has one

    /**
     * One network.
     *
     * @param title its name
     * @param note what it takes the image for; may be empty
     * @param layers from the first to the last
     */
    public record Column(String title, String note, List<Cells> layers) {}

    /** A row: the like layers of the columns, null where a network has none. */
    private record Row(List<Cells> cells) {
        Cells first() {
            return cells.stream().filter(Objects::nonNull).findFirst().orElseThrow();
        }

        double height(double room) {
            Cells first = first();
            return Math.max(LOWEST_BAR, first.rows(room) * first.pitchY());
        }

        ColourScale scale() {
            return ColourScale.of(
                    cells.stream()
                            .filter(Objects::nonNull)
                            .flatMap(each -> each.pictures().stream())
                            .toList(),
                    first().channels());
        }
    }

    /** Keeps the columns. */
    public MapSheet {
        columns = List.copyOf(columns);
    }

    /** Room for the pictures of a network: more for one than for each of several. */
    private double room() {
        return columns.size() == 1 ? 620 : columns.size() == 2 ? 420 : columns.size() <= 4 ? 320 : 220;
    }

    /** Layers in the order of the networks; one that a network has by itself stands behind that which comes before it there. */
    private List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (int column = 0; column < columns.size(); column++) {
            int next = 0;
            for (Cells cells : columns.get(column).layers()) {
                int place = IntStream.range(0, rows.size())
                        .filter(each -> rows.get(each).first().isLike(cells))
                        .findFirst()
                        .orElse(-1);
                if (place < 0) {
                    place = next;
                    rows.add(place, new Row(new ArrayList<>(Collections.nCopies(columns.size(), null))));
                }
                rows.get(place).cells().set(column, cells);
                next = place + 1;
            }
        }
        return rows;
    }

    @Override
    public double width() {
        return 2 * MARGIN + LABELS + columns.size() * (room() + BETWEEN) + SCALE;
    }

    private double top() {
        return MARGIN
                + TITLE
                + (note.isEmpty() ? 0 : 18 * noteLines().size())
                + (image.isPresent() ? IMAGE + ROW_GAP : 0)
                + 8;
    }

    private List<String> noteLines() {
        return FigureText.wrapped(note, BODY, width() - 2 * MARGIN);
    }

    private double heads() {
        return columns.stream()
                        .anyMatch(
                                each -> !each.title().isEmpty() || !each.note().isEmpty())
                ? 38
                : 4;
    }

    @Override
    public double height() {
        return top()
                + heads()
                + rows().stream()
                        .mapToDouble(row -> row.height(room()) + ROW_GAP)
                        .sum()
                + MARGIN;
    }

    @Override
    public void draw(Graphics2D page) {
        double y = MARGIN + TITLE - 3;
        FigureText.draw(
                page,
                FigureText.shortened(title, TITLE, width() - 2 * MARGIN),
                MARGIN,
                y,
                Anchor.LEFT,
                TITLE,
                Palette.TEXT);
        if (!note.isEmpty()) {
            for (String line : noteLines()) {
                y += 18;
                FigureText.draw(page, line, MARGIN, y, Anchor.LEFT, BODY, Palette.FAINT);
            }
        }
        y += 12;
        if (image.isPresent()) {
            drawImage(page, image.get(), y);
        }
        y = top();
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            String head = FigureText.shortened(column.title(), BODY, room());
            FigureText.draw(page, head, left(i), y + 14, Anchor.LEFT, BODY, Palette.TEXT);
            String below = FigureText.shortened(column.note(), SMALL, room());
            FigureText.draw(page, below, left(i), y + 28, Anchor.LEFT, SMALL, Palette.FAINT);
        }
        y += heads();
        for (Row row : rows()) {
            draw(page, row, y);
            y += row.height(room()) + ROW_GAP;
        }
    }

    private double left(int column) {
        return MARGIN + LABELS + column * (room() + BETWEEN);
    }

    private void drawImage(Graphics2D page, BufferedImage picture, double y) {
        FigureText.draw(page, "image", MARGIN, y + 12, Anchor.LEFT, BODY, Palette.TEXT);
        String size = picture.getHeight() + "×" + picture.getWidth() + " pixels";
        FigureText.draw(page, size, MARGIN, y + 26, Anchor.LEFT, SMALL, Palette.FAINT);
        double share = Math.min(1, IMAGE / Math.max(picture.getWidth(), picture.getHeight()));
        int zoom = (int) Math.max(1, IMAGE / Math.max(picture.getWidth(), picture.getHeight()));
        page.drawImage(
                picture,
                (int) left(0),
                (int) y,
                (int) (share * zoom * picture.getWidth()),
                (int) (share * zoom * picture.getHeight()),
                null);
    }

    private void draw(Graphics2D page, Row row, double y) {
        Cells first = row.first();
        FigureText.draw(
                page,
                FigureText.shortened(first.layer(), BODY, LABELS - 8),
                MARGIN,
                y + 12,
                Anchor.LEFT,
                BODY,
                Palette.TEXT);
        double line = y + 26;
        for (String part : FigureText.wrapped(first.size(room()), SMALL, LABELS - 8)) {
            FigureText.draw(page, part, MARGIN, line, Anchor.LEFT, SMALL, Palette.FAINT);
            line += 13;
        }
        ColourScale scale = row.scale();
        for (int i = 0; i < columns.size(); i++) {
            Cells cells = row.cells().get(i);
            if (cells != null) {
                page.drawImage(cells.draw(scale, room()), (int) left(i), (int) y, null);
                drawNumbers(page, cells, left(i), (int) y);
            }
        }
        drawScale(page, scale, left(columns.size()), (int) y, Math.min(HIGHEST_BAR, row.height(room())));
    }

    private void drawNumbers(Graphics2D page, Cells cells, double left, double top) {
        if (!cells.numbered()) {
            return;
        }
        int columns = cells.columns(room());
        for (int i = 0; i < cells.pictures().size(); i++) {
            double x = (int) left + i % columns * cells.pitchX() + 1 + cells.width() * cells.zoom() / 2.0;
            double y = top + i / columns * cells.pitchY() + cells.height() * cells.zoom() + 10;
            FigureText.draw(page, String.valueOf(i), x, y, Anchor.MIDDLE, TINY, Palette.FAINT);
        }
    }

    private static void drawScale(Graphics2D page, ColourScale scale, double left, double top, double height) {
        double bottom = top + height - 4;
        double y = top + 4;
        BufferedImage bar = new BufferedImage(1, BAR_STEPS, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < BAR_STEPS; i++) {
            double share = 1 - i / (BAR_STEPS - 1.0);
            bar.setRGB(0, i, scale.colour(scale.low() + share * (scale.most() - scale.low())));
        }
        page.drawImage(bar, (int) left, (int) y, (int) BAR, (int) (bottom - y), null);
        page.setColor(Palette.LINE);
        page.setStroke(Palette.stroked(1, ""));
        page.draw(new Rectangle2D.Double((int) left - 0.5, (int) y - 0.5, BAR + 1, (int) (bottom - y) + 1));
        double text = left + BAR + 5;
        double[] values =
                scale.low() < 0 ? new double[] {scale.most(), 0, scale.low()} : new double[] {scale.most(), 0};
        for (int i = 0; i < values.length; i++) {
            double at = y + (bottom - y) * i / (values.length - 1);
            FigureText.draw(page, ColourScale.text(values[i]), text, at + 3.5, Anchor.LEFT, SMALL, Palette.TEXT);
        }
    }
}
