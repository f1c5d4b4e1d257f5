package org.bpfree.report;

import java.util.List;
import java.util.Locale;

/**
 * A table of the page, which readers sort by its columns.
 *
 * @param head titles of the columns
 * @param rows all of one length, that of the head
 */
record Table(List<Column> head, List<Row> rows) {
    static final String NONE = "–";

    /**
     * A column.
     *
     * @param title with the unit
     * @param numbers whether it holds numbers, which stand to the right
     */
    record Column(String title, boolean numbers) {}

    /**
     * A row.
     *
     * @param text what a reader's filter is held against
     * @param arm number of the arm whose mark stands in the first cell; empty for none
     * @param first its first cell
     * @param cells the others
     */
    record Row(String text, String arm, String first, List<Cell> cells) {}

    /**
     * A cell.
     *
     * @param text what it says
     * @param value by which rows are sorted; empty where there is no number
     * @param kind a class of the page's style, such as {@code supported}; may be empty
     * @param numbers whether it stands to the right
     */
    record Cell(String text, String value, String kind, boolean numbers) {
        static Cell text(String text) {
            return new Cell(text, "", "", false);
        }

        static Cell kind(String text, String kind) {
            return new Cell(text, "", kind, false);
        }

        /** A number as {@link String#format} writes it; a dash for one that is none. */
        static Cell number(String format, double value) {
            return Double.isNaN(value)
                    ? new Cell(NONE, "", "", true)
                    : new Cell(String.format(Locale.ROOT, format, value), String.valueOf(value), "", true);
        }

        /** Words where a number would stand. */
        static Cell inPlaceOfNumber(String words) {
            return new Cell(words, "", "", true);
        }
    }
}
