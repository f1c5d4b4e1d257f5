package org.bpfree.cli.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Rows of text under headings, printed as an aligned table or as JSON. */
public final class Listing {
    private static final int NARROWEST = 20; // columns of the last one

    private final List<String> headings;
    private final List<List<Object>> rows = new ArrayList<>();

    private int width = Integer.MAX_VALUE;

    public Listing(String... headings) {
        this.headings = List.of(headings);
    }

    /** Adds a row with one cell a heading; numbers and truth values stay what they are in JSON. */
    public void add(Object... cells) {
        rows.add(List.of(cells));
    }

    /** How many rows there are. */
    public int size() {
        return rows.size();
    }

    /** Prints the table, or JSON. On a terminal the last column is broken at words. */
    public void print(PrintWriter out, boolean json) {
        print(out, json, Terminal.showsResults() ? Terminal.width() : Integer.MAX_VALUE);
    }

    /** As {@link #print(PrintWriter, boolean)}, in so many columns. */
    public void print(PrintWriter out, boolean json, int columns) {
        width = columns;
        if (json) {
            out.println(json());
        } else {
            int[] widths = IntStream.range(0, headings.size()).map(this::width).toArray();
            line(out, List.<Object>copyOf(headings), widths);
            rows.forEach(row -> line(out, row, widths));
        }
    }

    private void line(PrintWriter out, List<Object> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i).toString();
            boolean last = i == cells.size() - 1;
            int room = Math.max(NARROWEST, width - line.length());
            if (last && line.length() + cell.length() > width) {
                String indent = " ".repeat(line.length());
                line.append(String.join("\n" + indent, Paragraph.wrap(cell, room, "")));
                continue;
            }
            line.append(cell);
            if (i < cells.size() - 1) {
                line.append(" ".repeat(2 + widths[i] - cell.length()));
            }
        }
        out.println(line.toString().stripTrailing());
    }

    private int width(int column) {
        int widest = rows.stream()
                .mapToInt(row -> row.get(column).toString().length())
                .max()
                .orElse(0);
        return Math.max(widest, headings.get(column).length());
    }

    private String json() {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (List<Object> row : rows) {
            ObjectNode node = list.addObject();
            for (int i = 0; i < headings.size(); i++) {
                node.putPOJO(headings.get(i), row.get(i));
            }
        }
        return list.toPrettyString();
    }
}
