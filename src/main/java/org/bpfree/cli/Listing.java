package org.bpfree.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Rows of text under headings, printed as an aligned table or as JSON. */
final class Listing {
    private final List<String> headings;
    private final List<List<Object>> rows = new ArrayList<>();

    Listing(String... headings) {
        this.headings = List.of(headings);
    }

    /** Adds a row with one cell a heading; numbers and truth values stay what they are in JSON. */
    void add(Object... cells) {
        rows.add(List.of(cells));
    }

    void print(PrintWriter out, boolean json) {
        if (json) {
            out.println(json());
        } else {
            line(out, List.<Object>copyOf(headings));
            rows.forEach(row -> line(out, row));
        }
    }

    private void line(PrintWriter out, List<Object> cells) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i).toString();
            line.append(cell);
            if (i < cells.size() - 1) {
                line.append(" ".repeat(2 + width(i) - cell.length()));
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
