package org.bpfree.report.figure;

import java.awt.Graphics2D;

/** Something that can be drawn on a page of its own. Lengths are in pixels of CSS, of which 96 are an inch. */
public interface Figure {
    /** What it shows; the title of its file. */
    String title();

    /** Of the page, above 0. */
    double width();

    /** Of the page, above 0. */
    double height();

    /** Draws it on a white page, whose upper left corner is the origin. */
    void draw(Graphics2D page);
}
