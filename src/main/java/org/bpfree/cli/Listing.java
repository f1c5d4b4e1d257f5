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
    private final List<List<String>> rows = new ArrayList<>();

    Listing(String... headings) {
        this.headings = List.of(headings);
    }

    /** Adds a row with one cell a heading. */
    void add(String... cells) {
        rows.add(List.of(cells));
    }

    void print(PrintWriter out, boolean json) {
        if (json) {
            out.println(json());
        } else {
            line(out, headings);
            rows.forEach(row -> line(out, row));
        }
    }

    private void line(PrintWriter out, List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            line.append(cells.get(i));
            if (i < cells.size() - 1) {
                line.append(" ".repeat(2 + width(i) - cells.get(i).length()));
            }
        }
        out.println(line.toString().stripTrailing());
    }

    private int width(int column) {
        int widest =
                rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
        return Math.max(widest, headings.get(column).length());
    }

    private String json() {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (List<String> row : rows) {
            ObjectNode node = list.addObject();
            for (int i = 0; i < headings.size(); i++) {
                node.put(headings.get(i), row.get(i));
            }
        }
        return list.toPrettyString();
    }
}
