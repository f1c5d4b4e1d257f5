package org.bpfree.report.figure;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Text of figures. One typeface on all machines, Liberation Sans, which has the widths of Arial and lies in PDFBox; characters that it
 * lacks are drawn as outlines of whatever the machine has, so that no name of a class or run makes a file that cannot be read.
 */
final class FigureText {
    /** Sizes in pixels of CSS. */
    static final float TITLE = 16;

    static final float BODY = 12;
    static final float SMALL = 10;
    static final float TINY = 8;

    private static final String FILE = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";
    private static final FontRenderContext MEASURE = new FontRenderContext(null, true, true);
    private static final Font TYPEFACE = load();
    private static final Font OTHERS = new Font(Font.SANS_SERIF, Font.PLAIN, 1);
    private static final char UNKNOWN = '\uFFFD';

    /** Where the point that text is given lies. */
    enum Anchor {
        LEFT,
        MIDDLE,
        RIGHT
    }

    private FigureText() {}

    /** The file of the typeface. */
    static InputStream file() {
        return FigureText.class.getResourceAsStream(FILE);
    }

    /** The name of the typeface. */
    static String family() {
        return TYPEFACE.getFamily();
    }

    private static Font load() {
        try (InputStream file = file()) {
            return Font.createFont(Font.TRUETYPE_FONT, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (FontFormatException e) {
            throw new IllegalStateException("the typeface in the JAR is damaged", e);
        }
    }

    /** The text in one line of characters that XML and PDF allow: spaces for controls, a question mark in a diamond for what is no character. */
    static String plain(String text) {
        StringBuilder plain = new StringBuilder();
        text.codePoints().forEach(c -> {
            boolean none = Character.getType(c) == Character.SURROGATE || (c & 0xFFFE) == 0xFFFE || c == 0xFEFF;
            plain.appendCodePoint(none ? UNKNOWN : Character.isISOControl(c) || isBreak(c) ? ' ' : c);
        });
        return plain.toString();
    }

    private static boolean isBreak(int c) {
        return Character.getType(c) == Character.LINE_SEPARATOR
                || Character.getType(c) == Character.PARAGRAPH_SEPARATOR;
    }

    private static Font font(String plain, float size) {
        return (TYPEFACE.canDisplayUpTo(plain) < 0 ? TYPEFACE : OTHERS).deriveFont(size);
    }

    /** How wide a line of text is. */
    static double width(String text, float size) {
        String plain = plain(text);
        return plain.isEmpty()
                ? 0
                : font(plain, size).getStringBounds(plain, MEASURE).getWidth();
    }

    /** Draws a line of text at a point of its base line. */
    static void draw(Graphics2D page, String text, double x, double y, Anchor anchor, float size, Color colour) {
        String plain = plain(text);
        if (plain.isBlank()) {
            return;
        }
        double width = width(plain, size);
        double left = anchor == Anchor.LEFT ? x : anchor == Anchor.MIDDLE ? x - width / 2 : x - width;
        Font font = font(plain, size);
        page.setColor(colour);
        if (TYPEFACE.getFamily().equals(font.getFamily())) {
            page.setFont(font);
            page.drawString(plain, (float) left, (float) y);
        } else {
            page.fill(new TextLayout(plain, font, MEASURE).getOutline(AffineTransform.getTranslateInstance(left, y)));
        }
    }

    /** The text, or its beginning and end with an ellipsis between, so that it is no wider than that. */
    static String shortened(String text, float size, double width) {
        int[] letters = plain(text).codePoints().toArray();
        String shown = plain(text);
        for (int kept = letters.length - 1; kept > 1 && width(shown, size) > width; kept--) {
            int head = (kept + 1) / 2;
            shown = new String(letters, 0, head) + "…"
                    + new String(letters, letters.length - (kept - head), kept - head);
        }
        return shown;
    }

    /** The text in lines no wider than that, broken at spaces. */
    static List<String> wrapped(String text, float size, double width) {
        List<String> lines = new ArrayList<>();
        String line = "";
        for (String word : plain(text).strip().split(" +")) {
            String longer = line.isEmpty() ? word : line + " " + word;
            if (!line.isEmpty() && width(longer, size) > width) {
                lines.add(line);
                longer = word;
            }
            line = shortened(longer, size, width);
        }
        if (!line.isEmpty()) {
            lines.add(line);
        }
        return lines;
    }
}
